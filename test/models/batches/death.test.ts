import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ConsumerTally } from '../../../src/models/consumers/model.ts';
import type { Fleet } from '../../../src/models/services/fleet.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import { designOf } from '../harness.ts';

/** Runs a scenario and does something to the fleet of a service at an instant. */
function disturbed(
  yaml: string,
  service: string,
  atSeconds: number,
  disturb: (fleet: Fleet) => void,
): Assembly {
  const assembly = new Assembly(designOf(yaml), 1, 0);
  assembly.simulation.agenda().at(atSeconds * 1e9, {
    fire: () => disturb(assembly.component<ServiceModel>(`services.${service}`).fleetIn('region')),
  });
  assembly.run();
  return assembly;
}

const total = (assembly: Assembly, meter: string): number =>
  assembly.readings().get(`batches.b.${meter}`)?.num ?? Number.NaN;

/** Ten entries a second at 0.1 s, 0.2 s, … on two instances in turn; batches of ten, so full every 2 s on each. */
const entries = (options: string, flush = 'wait: 50ms') => `
name: deaths
run: { duration: 10s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, call: s.append } }
services:
  s: { instances: 2, balancing: round-robin, operations: { append: [ batch: { name: b, ${options}, do: [ ${flush} ] } ] } }
`;

describe('an instance that dies', () => {
  test('loses what it has in memory, and no more', () => {
    // By 1.15 s each instance has five or six entries.
    const assembly = disturbed(entries('size: 10, maxAge: 1h'), 's', 1.15, (fleet) => fleet.crash(0));
    expect(total(assembly, 'lost')).toBeGreaterThanOrEqual(5);
    expect(total(assembly, 'lost')).toBeLessThanOrEqual(6);
    expect(total(assembly, 'inDoubt')).toBe(0);
    const inMemory = assembly.readings().get('batches.b.inMemory');
    // The other one goes on alone: all that was added was stored, lost, or is in its memory.
    const rest = total(assembly, 'entries') - total(assembly, 'throughput') - total(assembly, 'lost');
    expect(rest).toBeGreaterThanOrEqual(0);
    expect(rest).toBeLessThanOrEqual(10);
    expect(inMemory?.max).toBeLessThanOrEqual(20);
  });

  test('leaves the entries of a flush that is under way in doubt: nobody is told whether they are stored', () => {
    const yaml = `${entries('size: 10, maxAge: 1h', 'call: t.x')}  t: { operations: { x: [ wait: 300ms ] } }\n`;
    // The tenth entry of the first instance comes at 1.9 s or 2 s.
    const assembly = disturbed(yaml, 's', 2.15, (fleet) => fleet.crash(0));
    expect(total(assembly, 'inDoubt')).toBe(10);
    expect(total(assembly, 'lost')).toBeGreaterThanOrEqual(0);
    expect(total(assembly, 'lost')).toBeLessThanOrEqual(1);
    expect(assembly.cursorsUnderWay).toBe(0);
  });

  test('wakes nobody who has died with it', () => {
    const yaml = entries('size: 10, maxAge: 1h, await: true');
    const assembly = disturbed(yaml, 's', 1.15, (fleet) => fleet.crash(0));
    const failed = assembly.readings().get('workloads.w.failed')?.num;
    expect(failed).toBe(total(assembly, 'lost'));
  });
});

describe('an instance that is let go', () => {
  const letGo = (options: string) =>
    disturbed(entries(`size: 100, maxAge: 1h${options}`), 's', 1.15, (fleet) => fleet.scale(1));

  test('flushes what it has in memory on its way out', () => {
    const assembly = letGo('');
    expect(total(assembly, 'lost')).toBe(0);
    expect(total(assembly, 'throughput')).toBeGreaterThanOrEqual(5);
    expect(total(assembly, 'flushes')).toBe(1);
    expect(total(assembly, 'fullFlushes')).toBe(0);
  });

  test('loses it where its code has nothing that it does at the end', () => {
    const assembly = letGo(', onStop: lose');
    expect(total(assembly, 'lost')).toBeGreaterThanOrEqual(5);
    expect(total(assembly, 'throughput')).toBe(0);
  });
});

/** Records of a topic, put into a ledger's batches by a consumer. */
const ledger = (options: string) => `
name: ledger
run: { duration: 40s, warmUp: 0s }
keys: { account: { count: 1000 } }
workloads: { trades: { arrivals: { rate: 300/s }, keys: [account], call: t.create } }
services:
  t: { operations: { create: [ publish: trades ] } }
  l: { instances: 3, operations: { append: [ batch: { name: b, ${options} do: [ write: ledger ] } ] } }
clusters: { c: { brokers: 3 } }
topics: { trades: { cluster: c, key: account, partitions: 12 } }
consumers: { ledger: { topic: trades, call: l.append } }
databases: { ledger: { shards: 1, primary: region } }
`;

describe('a consumer whose operation puts records into a batch', () => {
  test('knows of every record that died in memory', () => {
    const assembly = disturbed(ledger('size: 100, tick: 5s,'), 'l', 21, (fleet) => fleet.crash(0));
    const gone = total(assembly, 'lost') + total(assembly, 'inDoubt');
    expect(gone).toBeGreaterThan(0);
    const tally = assembly.records()['consumers.ledger'] as ConsumerTally & { lost: number };
    expect(tally.lost).toBe(gone);
  });

  test('loses none in a list that is swapped, and some in one that nothing guards', () => {
    const run = (options: string) => disturbed(ledger(options), 'l', 21, () => {});
    const guarded = run('size: 1000, tick: 1s,');
    expect(total(guarded, 'lost')).toBe(0);
    const bare = run('size: 1000, tick: 1s, locking: none,');
    // 300/s for the few milliseconds of each flush, one a second on each of three instances.
    const flushSeconds = assemblyTime(bare, 'flushTime');
    const expected = 100 * flushSeconds;
    expect(total(bare, 'lost')).toBeGreaterThan(0);
    expect(Math.abs(total(bare, 'lost') - expected)).toBeLessThan(3.3 * Math.sqrt(expected));
  });

  test('measures as consumed what it has processed and not lost afterwards', () => {
    const slow = ledger('size: 1000, tick: 1s, locking: none,').replace('write: ledger', 'wait: 300ms');
    const assembly = disturbed(slow, 'l', 21, () => {});
    const measured = (meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;
    const lost = measured('consumers.ledger.lostRecords');
    // Three tenths of the time a flush is under way: some 3,600 of 12,000.
    expect(lost).toBeGreaterThan(3000);
    const open = measured('topics.trades.records') - measured('consumers.ledger.consumed') - lost;
    // On their way at the end: 300/s for the fetch's some 10 ms.
    expect(Math.abs(open)).toBeLessThan(30);
  });

  test('tells what a death took along from what was cleared unwritten', () => {
    const assembly = disturbed(ledger('size: 1000, tick: 1s, locking: none,'), 'l', 21, (fleet) =>
      fleet.crash(0),
    );
    const [lost, cleared] = [total(assembly, 'lost'), total(assembly, 'cleared')];
    expect(cleared).toBeGreaterThan(0);
    // Of one instance that has a third of 300/s, and a second of it at most in memory.
    expect(lost - cleared).toBeGreaterThan(0);
    expect(lost - cleared).toBeLessThan(100 + 5 * Math.sqrt(100));
  });

  test('says the same twice', () => {
    const run = () =>
      disturbed(ledger('size: 100, tick: 5s, overlap: 2,'), 'l', 21, (fleet) => fleet.crash(0));
    const [first, second] = [run(), run()];
    expect(second.simulation.fingerprint).toBe(first.simulation.fingerprint);
    expect(total(second, 'lost')).toBe(total(first, 'lost'));
  });
});

/** Seconds that a meter has summed up. */
const assemblyTime = (assembly: Assembly, meter: string): number => total(assembly, meter);

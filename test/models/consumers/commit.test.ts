import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ConsumerTally } from '../../../src/models/consumers/model.ts';
import { SettledOffsets } from '../../../src/models/consumers/settled-offsets.ts';
import type { Fleet } from '../../../src/models/services/fleet.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import { designOf, readingOf } from '../harness.ts';

/** A ledger that is written in batches, from 8 partitions on 2 instances: some 200 entries in memory of each. */
const ledger = (commit: string, more = '') => `
name: ledger
run: { duration: 200s, warmUp: 0s }
keys: { id: { count: 5000 } }
workloads: { w: { arrivals: { rate: 100/s }, keys: [id], call: a.go } }
services:
  a: { operations: { go: [ publish: t ] } }
  b: { instances: 2, operations: { append: [ batch: { name: l, size: 1000, maxAge: 5s, do: [ wait: 20ms ] } ] } }
clusters: { c: { brokers: 3 } }
topics: { t: { cluster: c, key: id, partitions: 8 } }
consumers: { g: { topic: t, call: b.append, commit: ${commit}, ${more} } }
`;

/** Something happens to the ledger's instances at 50.3 s. */
function disturbed(yaml: string, disturb: (fleet: Fleet) => void) {
  const assembly = new Assembly(designOf(yaml), 1, 0);
  assembly.simulation.agenda().at(50.3e9, {
    fire: () => disturb(assembly.component<ServiceModel>('services.b').fleetIn('region')),
  });
  assembly.run();
  const tally = assembly.records()['consumers.g'] as ConsumerTally;
  const total = (meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;
  expect(tally.consumed + tally.lagging + tally.lost).toBe(tally.readable);
  expect(total('consumers.g.outOfOrder')).toBe(0);
  return { assembly, tally, total };
}

const crash = (fleet: Fleet) => fleet.crash(0);
const letGo = (fleet: Fleet) => fleet.scale(1);
const add = (fleet: Fleet) => fleet.scale(3);

describe('an instance dies with a batch in its memory', () => {
  test('commit: after: what it had processed and not flushed is lost, and counted against the topic', () => {
    const { assembly, tally, total } = disturbed(ledger('after'), crash);
    const inMemory = total('batches.l.lost');
    expect(inMemory).toBeGreaterThan(0);
    // A record in hand or two are done again; all others had been committed with their poll.
    expect(tally.lost).toBeGreaterThan(inMemory - 3);
    expect(tally.lost).toBeLessThanOrEqual(inMemory);
    expect(readingOf(assembly, 'topics.t.accuracy')).toBeLessThan(1);
    expect(total('topics.t.misappliedRecords')).toBe(tally.lost + tally.duplicates);
  });

  test.each(['range', 'cooperative-sticky'])(
    'commit: after-flush: nothing is lost, and nothing doubled (%s)',
    (assignor) => {
      const { assembly, tally, total } = disturbed(ledger('after-flush', `assignor: ${assignor}`), crash);
      expect(total('batches.l.lost')).toBeGreaterThan(0);
      expect(tally.lost).toBe(0);
      expect(tally.duplicates).toBe(0);
      // All that was in memory is delivered again, and done for the first time.
      expect(total('consumers.g.redelivered')).toBeGreaterThanOrEqual(total('batches.l.lost'));
      expect(readingOf(assembly, 'topics.t.accuracy')).toBe(1);
    },
  );
});

describe.each(['range', 'cooperative-sticky'])(
  'with after-flush members give partitions up when all is flushed (%s)',
  (assignor) => {
    test.each([
      ['one is let go', letGo],
      ['one is added', add],
    ])('%s: nothing is lost, doubled or delivered again', (_, disturb) => {
      const { tally, total } = disturbed(ledger('after-flush', `assignor: ${assignor}`), disturb);
      expect(total('consumers.g.rebalances')).toBeGreaterThan(0);
      expect(tally).toMatchObject({ lost: 0, duplicates: 0 });
      expect(total('consumers.g.redelivered')).toBe(0);
      expect(tally.lagging).toBeLessThan(50);
    });
  },
);

test('offsets settle in any order, and the first that has not settled is known', () => {
  const settled = new SettledOffsets(10);
  expect(settled.settle(12)).toBe(true);
  expect(settled.base).toBe(10);
  expect(settled.settle(10)).toBe(true);
  expect(settled.base).toBe(11);
  expect([settled.settle(10), settled.settle(12)]).toEqual([false, false]);
  for (let offset = 1000; offset > 12; offset -= 1) expect(settled.settle(offset)).toBe(true);
  expect(settled.base).toBe(11);
  settled.settle(11);
  expect(settled.base).toBe(1001);
});

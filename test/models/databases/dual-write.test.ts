import { describe, expect, it } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import { stretchOf } from '../../../src/models/databases/dual-write.ts';
import '../../../src/models/kinds.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { StepConfig } from '../../../src/models/step.ts';
import type { TopicTally } from '../../../src/models/topics/model.ts';
import { designOf } from '../harness.ts';
import { databaseOf } from './statements.ts';

const scenario = (steps: string, more: { network?: string; topic?: string } = {}) => `
name: dual write
run: { duration: 60s, warmUp: 0s }
regions: { here: {}, there: {} }
network: { jitter: 0%, links: [{ between: [here, there], roundTrip: ${more.network ?? '20ms'} }] }
workloads: { all: { arrivals: { rate: 2000/s }, call: app.go } }
services: { app: { regions: [here], instances: 60, operations: { go: [ ${steps} ] } } }
clusters: { c: { regions: [there], brokers: 1, append: 0us, bandwidth: 1000GB/s } }
topics: { t: { cluster: c, recordSize: 100 B, producer: { linger: ${more.topic ?? '0ms'}, batchSize: 1MiB } } }
databases: { main: { primary: there, cpu: 64, read: 0ms, write: 2ms, commit: 3ms } }
`;

/** Runs with one of sixty instances dying each second. */
function withDeaths(yaml: string): Assembly {
  const assembly = new Assembly(designOf(yaml), 1, 0);
  const agenda = assembly.simulation.agenda();
  const model = assembly.component<ServiceModel>('services.app');
  for (let second = 1; second < 55; second += 1)
    agenda.at(second * 1e9, { fire: () => model.fleetIn('here').crash(0) });
  assembly.run();
  return assembly;
}

/** Operations a second on the instances that die, summed: 2,000 over 60, over 59, … over 7. */
const dying = Array.from({ length: 54 }, (_, dead) => 2000 / (60 - dead)).reduce(
  (sum, rate) => sum + rate,
  0,
);

/** Claims that as many operations were in a phase of so many seconds when their instance died: Poisson, 4 deviations. */
function expectDeaths(count: number, seconds: number): void {
  const mean = dying * seconds;
  expect(Math.abs(count - mean)).toBeLessThan(4 * Math.sqrt(mean));
}

const total = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;
const tally = (assembly: Assembly) => assembly.records()['topics.t'] as TopicTally;
const rows = (assembly: Assembly) => databaseOf(assembly).rowsWritten;

describe('an operation that writes and then publishes', () => {
  it('leaves rows without an event where its instance dies between, and all of them are counted', () => {
    // 10 ms there, 2 and 3 of work and flush, 10 back, 5 of something else; a record leaves at once and is acknowledged after 20.
    const assembly = withDeaths(scenario('{ write: main }, { wait: 5ms }, { publish: t }'));
    const torn = total(assembly, 'databases.main.unpublishedWrites');
    // From the write’s leaving, as it is committed in any case, to the acknowledgement.
    expectDeaths(torn, 0.01 + 0.005 + 0.01 + 0.005 + 0.02);
    // What is written and was not sent when its instance died has no event; at the end of the run some are on their way.
    const missing = rows(assembly) - tally(assembly).sent;
    expectDeaths(missing - 2000 * 0.015, 0.03);
  });

  it('counts rows that are committed after the death, and none that are not written', () => {
    // The write takes long, the publish nothing: an instance dies with writes on their way only.
    const yaml = scenario('{ write: main }, { publish: t }', { network: '200ms' }).replace(
      'regions: [there], brokers',
      'regions: [here], brokers',
    );
    const assembly = withDeaths(yaml);
    const torn = total(assembly, 'databases.main.unpublishedWrites');
    // Flushes of 3 ms are shared: a commit waits for one more than half of the time.
    expectDeaths(torn, 0.206);
    // Writes under way when the run ends have no event yet: 100 ms of them.
    const missing = rows(assembly) - tally(assembly).published;
    expect(missing - torn).toBeGreaterThanOrEqual(0);
    expect(missing - torn).toBeLessThan(2000 * 0.1 * 1.4);
  });

  it('counts the publish in a parallel list after the write, until the list is done', () => {
    const assembly = withDeaths(
      scenario(
        '{ write: main }, { parallel: [ [ wait: 30ms, publish: t ], [ wait: 1ms ] ] }, { wait: 100ms }',
      ),
    );
    // Until the record that leaves after 30 ms is acknowledged; the 100 ms after that are nobody’s.
    expectDeaths(total(assembly, 'databases.main.unpublishedWrites'), 0.025 + 0.03 + 0.02);
  });

  it('counts nothing where nobody dies, and leaves no frame behind', () => {
    const assembly = new Assembly(designOf(scenario('{ write: main }, { publish: t }, { work: 1ms }')), 1, 0);
    assembly.run();
    expect(total(assembly, 'databases.main.unpublishedWrites')).toBe(0);
    expect(total(assembly, 'workloads.all.failed')).toBe(0);
    expect(total(assembly, 'workloads.all.succeeded')).toBeGreaterThan(110_000);
  });
});

describe('an operation that publishes and then writes', () => {
  it('leaves events of rows that are never written, all of them counted', () => {
    const assembly = withDeaths(scenario('{ publish: t }, { wait: 5ms }, { write: main }'));
    const torn = total(assembly, 'databases.main.unwrittenEvents');
    // Acknowledged and no write on its way; what left and was not heard of is known to nobody.
    expectDeaths(torn, 0.005);
    const missing = tally(assembly).sent - rows(assembly);
    expect(torn).toBeLessThanOrEqual(missing);
    // The unheard ones, and what is under way when the run ends.
    expect(missing - torn).toBeLessThan(1.5 * (dying * 0.02 + 2000 * 0.04));
  });

  it('does not count a row that is committed after the death', () => {
    // All time is spent on the way to the database: every write that has begun is committed.
    const yaml = scenario('{ publish: t }, { write: main }', { network: '200ms' }).replace(
      'regions: [there], brokers',
      'regions: [here], brokers',
    );
    const assembly = withDeaths(yaml);
    expect(rows(assembly)).toBeGreaterThan(100_000);
    expect(total(assembly, 'databases.main.unwrittenEvents')).toBe(0);
  });
});

describe('a stretch that is watched', () => {
  const step = (verb: string, options: unknown = {}): StepConfig => ({ verb, options });
  const write = step('write', { to: { name: 'main' } });
  const publish = step('publish', { to: { name: 't' } });
  const inside = step('parallel', { branches: [[step('work')], [publish]] });
  const work = step('work');

  it.each([
    [
      'ends with the first publish',
      [write, work, publish, publish],
      0,
      { from: 0, to: 2, torn: 'unpublished' },
    ],
    ['ends with the list that publishes', [work, write, inside], 1, { from: 1, to: 2, torn: 'unpublished' }],
    ['begins after the publish', [publish, work, write], 2, { from: 1, to: 2, torn: 'unwritten' }],
    [
      'is the one after the write where there are two',
      [publish, write, publish],
      1,
      { from: 1, to: 2, torn: 'unpublished' },
    ],
    ['is that of the first write after the publish', [publish, write, write], 2, undefined],
    [
      'is none beside a publish that nobody waits for',
      [write, step('async', { do: [publish] })],
      0,
      undefined,
    ],
    [
      'is none beside an outbox',
      [write, step('write', { to: { name: 'other' }, outbox: { name: 't' } })],
      0,
      undefined,
    ],
  ] as const)('%s', (_, list, at, stretch) => {
    expect(stretchOf(list, at)).toEqual(stretch);
  });
});

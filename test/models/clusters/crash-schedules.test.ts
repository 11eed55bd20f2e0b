import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareCluster, type Sent, type Watched } from './bare-cluster.ts';

const seconds = (most: number) => fc.integer({ min: 0, max: most * 1000 }).map((each) => each / 1000);

const topology = fc.integer({ min: 3, max: 5 }).chain((brokers) =>
  fc.record({
    brokers: fc.constant(brokers),
    seed: fc.integer({ min: 1, max: 1e6 }),
    jitter: fc.constantFrom('0%', '100%'),
    batchSize: fc.constantFrom(1061, 3061, 16384),
    linger: fc.constantFrom(0, 20e6),
    isRead: fc.boolean(),
    partitions: fc.array(
      fc.shuffledSubarray(
        Array.from({ length: brokers }, (_, broker) => broker),
        { minLength: 3, maxLength: 3 },
      ),
      { minLength: 1, maxLength: 3 },
    ),
  }),
);

const crash = fc.record({
  broker: fc.nat(4),
  at: seconds(120),
  length: fc.oneof(seconds(3), seconds(60)),
  isDestroyed: fc.boolean(),
});
const slowness = fc.record({
  broker: fc.nat(2),
  at: seconds(120),
  length: seconds(90),
  factor: fc.constantFrom(20, 1e3, 2e4),
});

/** Publishes in bursts, since what overlaps is what goes wrong. */
const publishes = fc.array(
  fc.record({
    at: seconds(150),
    producer: fc.nat(1),
    partition: fc.nat(2),
    records: fc.integer({ min: 1, max: 12 }),
    gap: fc.constantFrom(0, 0.0005, 0.01, 0.7),
  }),
  { minLength: 1, maxLength: 25 },
);

const schedule = fc.record({
  topology,
  acks: fc.constantFrom('all' as const, 'all' as const, 1 as const, 0 as const),
  minInSyncReplicas: fc.integer({ min: 1, max: 3 }),
  uncleanElection: fc.boolean(),
  crashes: fc.array(crash, { maxLength: 6 }),
  slow: fc.uniqueArray(slowness, { maxLength: 3, selector: ({ broker }) => broker }),
  deaths: fc.array(fc.record({ producer: fc.nat(1), at: seconds(150) }), { maxLength: 1 }),
  publishes,
});
type Schedule = typeof schedule extends fc.Arbitrary<infer Each> ? Each : never;

/** Plays a schedule until nothing is under way any more. */
function play({ topology, acks, crashes, slow, deaths, publishes, ...setting }: Schedule): Watched[] {
  const { brokers, jitter, seed, batchSize, linger, isRead } = topology;
  const bare = bareCluster({ brokers, jitter, seed });
  const watched = topology.partitions.map((replicas) => bare.partition(replicas, setting, isRead));
  const producers = [0, 1].map(() => bare.producer({ acks, batchSize, linger }));
  for (const { broker, at, length, isDestroyed } of crashes) {
    bare.at(at, () => bare.region.failures.crash(broker % brokers, isDestroyed));
    bare.at(at + length, () => bare.region.failures.restart(broker % brokers));
  }
  for (const { broker, at, length, factor } of slow) {
    bare.at(at, () => {
      const undo = bare.region.failures.slow(broker % brokers, factor);
      bare.at(at + length, undo);
    });
  }
  for (const { producer, at } of deaths) bare.at(at, () => producers[producer].die());
  for (const { at, producer, partition, records, gap } of publishes) {
    const to = watched[partition % watched.length];
    for (let record = 0; record < records; record += 1)
      bare.at(at + record * gap, () => void bare.publish(producers[producer], to));
  }
  bare.run(4000);
  expect(bare.assembly.simulation.events, 'events').toBeLessThan(100_000);
  bare.region.closeWindow();
  return watched;
}

/** Where a record has ended, all that is said of it. */
function fatesOf(record: Sent, { readable, dropped }: Watched): string[] {
  const isReadable = readable.includes(record);
  return [
    ...(isReadable ? ['readable'] : []),
    ...(dropped.includes(record) ? ['lost from the log'] : []),
    ...(record.isLost ? ['died with its producer'] : []),
    ...(!isReadable && !Number.isNaN(record.failedAt) && !dropped.includes(record) ? ['given up'] : []),
  ];
}

const check = (runs: number, holds: (schedule: Schedule) => void) =>
  fc.assert(fc.property(schedule, holds), { numRuns: runs, seed: 20261127 });

describe('whatever brokers and producers do', () => {
  test('each record is in the end readable or lost in one way, and in no two', () => {
    check(200, (schedule) => {
      for (const watched of play(schedule)) {
        for (const record of watched.published) expect(fatesOf(record, watched)).toHaveLength(1);
      }
    });
  });

  test('an idempotent producer’s records are readable once, in the order in which they were published', () => {
    check(150, (schedule) => {
      for (const { published, readable } of play({ ...schedule, acks: 'all' })) {
        expect(new Set(readable).size).toBe(readable.length);
        const clients = new Set(published.map(({ client }) => client));
        for (const client of clients) {
          const own = (record: Sent) => record.client === client;
          expect(readable.filter(own)).toEqual(
            published.filter(own).filter((each) => readable.includes(each)),
          );
        }
      }
    });
  });

  test('records become readable in the order of their instants', () => {
    check(100, (schedule) => {
      for (const { visibleAt } of play(schedule)) {
        expect(visibleAt.every((at, place) => place === 0 || at >= visibleAt[place - 1])).toBe(true);
      }
    });
  });
});

describe('with acks: all, clean elections and disks that are kept', () => {
  test('no acknowledged record is lost, whoever dies', () => {
    check(200, (schedule) => {
      const kept = schedule.crashes.map((each) => ({ ...each, isDestroyed: false }));
      for (const watched of play({ ...schedule, acks: 'all', uncleanElection: false, crashes: kept })) {
        for (const record of watched.published)
          if (record.isAcknowledged) expect(watched.readable).toContain(record);
        expect(watched.truncations).toBe(0);
      }
    });
  });
});

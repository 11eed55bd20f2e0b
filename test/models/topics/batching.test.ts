import { describe, expect, test } from 'vitest';
import { sizeOrLinger } from '../../../src/models/algorithms/queueing/batch-wait.ts';
import { expectExact, readingOf, runOf, simulate } from '../harness.ts';

interface Setting {
  readonly topic?: string;
  readonly producer?: string;
  readonly brokers?: number;
  readonly workload?: string;
}

/** Poisson publishes of 100 bytes, 200 a second from one instance, over a network without delay. */
const poisson = ({ topic = '', producer = '', brokers = 1, workload = '' }: Setting = {}) => `
name: batches
run: { duration: 40s, warmUp: 1s }
keys: { id: { each: operation } }
workloads: { w: { arrivals: { rate: 200/s }, keys: [id], ${workload} call: a.go } }
services: { a: { operations: { go: [ publish: t ] } } }
clusters: { c: { brokers: ${brokers}, append: 1us } }
topics: { t: { cluster: c, recordSize: 100 B, replicationFactor: 1, ${topic} producer: { acks: 1, ${producer} } } }
`;

const runs = 8;

describe('records that come at random wait for their batch as theory says', () => {
  test.each([
    ['5 ms, one follower on the mean', 5e-3],
    ['20 ms, four followers', 20e-3],
  ])('linger %s', (_, linger) => {
    const many = simulate(poisson({ producer: `linger: ${linger * 1000}ms` }), { runs });
    const exact = sizeOrLinger({ arrivalRate: 200, size: Number.POSITIVE_INFINITY, linger });
    expectExact(many.estimate('topics.t.batchWait.mean'), exact.meanWait);
    expectExact(many.estimate('topics.t.batchSize.mean'), exact.meanSize);
    expectExact(many.estimate('clusters.c.requests'), exact.flushRate);
  });

  test('a batch holds one more than a Poisson number of records', () => {
    const many = simulate(poisson(), { runs });
    const shareUpTo = (records: number) =>
      many.meanOf(
        (run) =>
          run
            .readings()
            .get('topics.t.batchSize')
            ?.hist?.shareUpTo(records + 0.5) as number,
      );
    const spare = 200 * 5e-3;
    expectExact(shareUpTo(1), Math.exp(-spare));
    expectExact(shareUpTo(2), Math.exp(-spare) * (1 + spare));
    expectExact(shareUpTo(3), Math.exp(-spare) * (1 + spare + spare ** 2 / 2));
  });

  test('a full batch leaves at once', () => {
    const producer = 'linger: 20ms, batchSize: 361 B';
    const many = simulate(poisson({ producer }), { runs });
    const exact = sizeOrLinger({ arrivalRate: 200, size: 3, linger: 20e-3 });
    expectExact(many.estimate('topics.t.batchWait.mean'), exact.meanWait);
    expectExact(many.estimate('topics.t.batchSize.mean'), exact.meanSize);
    expect(many.readings('topics.t.batchSize').map(({ max }) => max)).toEqual(new Array(runs).fill(3));
  });
});

describe('one broker’s partitions leave together', () => {
  const topic = 'key: id, partitions: 20,';
  const producer = 'linger: 20ms';

  test('records of twenty partitions wait on one broker as those of one would', () => {
    const many = simulate(poisson({ topic, producer }), { runs });
    const exact = sizeOrLinger({ arrivalRate: 200, size: Number.POSITIVE_INFINITY, linger: 20e-3 });
    expectExact(many.estimate('topics.t.batchWait.mean'), exact.meanWait);
    expectExact(many.estimate('clusters.c.requests'), exact.flushRate);
  });

  test('and on four brokers as those of a quarter would', () => {
    const many = simulate(poisson({ topic, producer, brokers: 4 }), { runs });
    const exact = sizeOrLinger({ arrivalRate: 50, size: Number.POSITIVE_INFINITY, linger: 20e-3 });
    expectExact(many.estimate('topics.t.batchWait.mean'), exact.meanWait);
    expectExact(many.estimate('clusters.c.requests'), 4 * exact.flushRate);
  });

  test('topics whose producers are set up alike share one; others do not', () => {
    const two = (linger: string) => `
name: two topics
run: { duration: 60s, warmUp: 2s }
workloads: { w: { arrivals: { rate: 200/s, process: deterministic }, call: a.go } }
services: { a: { operations: { go: [ parallel: [ [ publish: t ], [ wait: 1ms, publish: u ] ] ] } } }
clusters: { c: { brokers: 1, append: 1us } }
topics:
  t: { cluster: c, producer: { linger: 2ms } }
  u: { cluster: c, producer: { linger: ${linger} } }
`;
    // Records of u come a millisecond after those of t and leave with them, or wait on their own.
    const together = runOf(two('2ms'));
    expect(readingOf(together, 'topics.u.batchWait')).toBeCloseTo(1e-3, 12);
    expect(readingOf(together, 'clusters.c.requests')).toBeCloseTo(200, 0);
    const apart = runOf(two('4ms'));
    expect(readingOf(apart, 'topics.u.batchWait')).toBeCloseTo(4e-3, 12);
    expect(readingOf(apart, 'clusters.c.requests')).toBeCloseTo(400, 0);
  });
});

describe('records without a key', () => {
  test('share batches however many partitions there are, and those with one do not', () => {
    const producer = 'linger: 20ms, batchSize: 16KiB';
    // 100 bytes each: a partition is left after 16 KiB or 32 KiB, 328 records at most. At most one batch more each time.
    const shared = simulate(poisson({ topic: 'partitions: 50,', producer }), { runs });
    const whole = sizeOrLinger({ arrivalRate: 200, size: Number.POSITIVE_INFINITY, linger: 20e-3 }).meanSize;
    const most = 164;
    const { low, high } = shared.estimate('topics.t.batchSize.mean');
    expect(low).toBeLessThanOrEqual(whole);
    expect(high).toBeGreaterThanOrEqual(most / (most / whole + 1));
    const keyed = runOf(poisson({ topic: 'key: id, partitions: 50,', producer }));
    expect(readingOf(keyed, 'topics.t.batchSize')).toBeLessThan(1.2);
  });

  test('go round all partitions', () => {
    // Sixteen records of a kilobyte fill a batch, so the partition changes more than 300 times.
    const yaml = poisson({ topic: 'partitions: 4,', producer: 'linger: 1s' }).replace('100 B', '1023 B');
    const run = runOf(yaml);
    const { shares } = run.records()['topics.t'] as { shares: { region: number[] } };
    const turns = (run.readings().get('topics.t.records')?.num as number) / 32;
    const spread = 3.9 * Math.sqrt((0.25 * 0.75) / turns);
    for (const share of shares.region) expect(Math.abs(share - 0.25)).toBeLessThan(spread);
  });
});

test('records without a key keep away from a broker that is slow, as its queue grows', () => {
  const slow = (faults: string) => `
name: adaptive
run: { duration: 60s, warmUp: 10s }
workloads: { w: { arrivals: { rate: 2000/s }, call: a.go } }
services: { a: { operations: { go: [ publish: t ] } } }
clusters: { c: { brokers: 4, append: 50us } }
topics: { t: { cluster: c, partitions: 4, replicationFactor: 1, producer: { acks: 1, linger: 5ms } } }
faults: ${faults}
`;
  const leastShare = (yaml: string) => {
    const { shares } = runOf(yaml).records()['topics.t'] as { shares: { region: number[] } };
    return Math.min(...shares.region);
  };
  // Turns of 16 records or more, at most 6250 of them: a quarter each, within 3.9 standard deviations.
  expect(leastShare(slow('{}'))).toBeGreaterThan(0.25 - 3.9 * Math.sqrt((0.25 * 0.75) / 3125));
  expect(
    leastShare(slow('{ s: { fault: broker-slow, cluster: c, broker: 1, factor: 4000, at: 5s } }')),
  ).toBeLessThan(0.15);
});

test('with one request at a time a batch holds what came during a round trip', () => {
  const run = simulate(
    `
name: one in flight
run: { duration: 60s, warmUp: 2s }
regions: { here: {}, there: {} }
network: { preset: none, jitter: 0%, links: [ { between: [here, there], roundTrip: 100ms } ] }
workloads: { w: { arrivals: { rate: 400/s }, call: a.go } }
services: { a: { regions: [here], operations: { go: [ publish: t ] } } }
clusters: { c: { regions: [there], brokers: 1, append: 1us, bandwidth: 1000GB/s } }
topics: { t: { cluster: c, recordSize: 100 B, producer: { acks: 1, linger: 0s, batchSize: 1MiB, maxInFlight: 1 } } }
`,
    { runs: 4 },
  );
  expectExact(run.estimate('topics.t.batchSize.mean'), 400 * 0.100001);
});

import { describe, expect, test } from 'vitest';
import { mg1 } from '../../../src/models/algorithms/queueing/mg1.ts';
import type { ConsumerTally } from '../../../src/models/consumers/model.ts';
import type { MeterReading } from '../../../src/models/meters.ts';
import { expectExact, readingOf, runOf, simulate } from '../harness.ts';

interface Setting {
  readonly rate?: string;
  readonly process?: string;
  readonly work: string;
  readonly partitions?: number;
  readonly consumer?: string;
  readonly duration?: string;
}

/** Records that come at random, in a partition as they are published: no linger, no network, no copies. */
const queue = ({
  rate = '50/s',
  process = 'poisson',
  work,
  partitions = 1,
  consumer = '',
  duration = '200s',
}: Setting) => `
name: lag
run: { duration: ${duration}, warmUp: 10s }
keys: { id: { each: operation } }
workloads: { w: { arrivals: { rate: ${rate}, process: ${process} }, keys: [id], call: a.go } }
services:
  a: { operations: { go: [ publish: t ] } }
  b: { operations: { take: [ work: ${work} ] } }
clusters: { c: { brokers: 1, append: 1us } }
topics: { t: { cluster: c, key: id, partitions: ${partitions}, producer: { acks: 0, linger: 0s } } }
consumers: { g: { topic: t, call: b.take, ${consumer} } }
`;

const runs = 8;

describe('a member that works on one record at a time is one server', () => {
  test.each([
    ['constant work: M/D/1', '10ms', 0],
    ['exponential work: M/M/1', '{ exponential: 10ms }', 1],
  ])('%s', (_, work, serviceCv) => {
    const exact = mg1({ arrivalRate: 50, meanService: 0.01, serviceCv });
    const many = simulate(queue({ work }), { runs });
    expectExact(many.estimate('consumers.g.lagSeconds.mean'), exact.meanSojourn, 0.08);
    expectExact(many.estimate('consumers.g.lagRecords.mean'), exact.meanInSystem, 0.08);
    expectExact(many.estimate('consumers.g.utilization'), 0.5);
  });

  test('the lag of M/M/1 is exponential: its 95th percentile is three means', () => {
    const many = simulate(queue({ work: '{ exponential: 10ms }' }), { runs });
    expectExact(many.estimate('consumers.g.lagSeconds.p95'), -Math.log(0.05) / (100 - 50), 0.08);
  });

  test('four partitions wait for their one owner as one would', () => {
    const many = simulate(queue({ work: '{ exponential: 10ms }', partitions: 4 }), { runs });
    expectExact(many.estimate('consumers.g.lagSeconds.mean'), 1 / (100 - 50), 0.08);
  });

  test('four owners of a partition each are four servers with a queue each', () => {
    const setting = { rate: '200/s', work: '{ exponential: 10ms }', partitions: 4, consumer: 'members: 4' };
    const many = simulate(queue({ ...setting, duration: '60s' }), { runs });
    expectExact(many.estimate('consumers.g.lagSeconds.mean'), 1 / (100 - 50), 0.08);
    expectExact(many.estimate('consumers.g.lagRecords.mean'), 200 / (100 - 50), 0.08);
  });

  test('a fifth owner has nothing to do', () => {
    const setting = { rate: '280/s', work: '1ms', partitions: 4, consumer: 'members: 5' };
    const run = runOf(queue({ ...setting, duration: '30s' }));
    expect(readingOf(run, 'consumers.g.utilization')).toBeCloseTo(0.28 / 5, 2);
  });
});

describe('beyond what members can do', () => {
  const setting = { rate: '200/s', process: 'deterministic', work: '10ms', duration: '60s' };

  test('the lag grows by what is too much', () => {
    const run = runOf(queue(setting));
    const { max } = run.readings().get('consumers.g.lagRecords') as { max: number };
    // One more every 5 ms, one less every 10 ms, for 60 s.
    expect(max).toBeGreaterThanOrEqual(100 * 60 - 1);
    expect(max).toBeLessThanOrEqual(100 * 60 + 2);
    expect(readingOf(run, 'consumers.g.consumed')).toBeCloseTo(100, 1);
    expect(readingOf(run, 'consumers.g.utilization')).toBe(1);
    expect(readingOf(run, 'consumers.g.hottestMemberUtilization')).toBe(1);
  });

  test('the backlog is the lag, so that the run is told to be overloaded', () => {
    const backlogs = runOf(queue(setting)).backlogs['consumers.g'];
    expect(backlogs[99] - backlogs[0]).toBeGreaterThan(100 * 49);
  });

  test('a poll takes as many as it may', () => {
    const run = runOf(queue({ ...setting, consumer: 'maxPoll: 7' }));
    const { max, hist } = run.readings().get('consumers.g.pollSize') as MeterReading;
    expect(max).toBe(7);
    // A fetch brings 1024 records (1 MiB) at most: of its polls only the last has fewer.
    expect(hist?.shareUpTo(6.5)).toBeLessThan(1.5 / (1024 / 7));
  });
});

test('what is published comes to be processed once by each group, or lags', () => {
  const run = runOf(`
name: two groups
run: { duration: 40s, warmUp: 5s }
regions: { us: us-east-1, eu: eu-west-1 }
origins: { US: us-east-2, EU: eu-central-1 }
keys: { id: { count: 200, skew: { zipf: 1 } } }
workloads: { w: { arrivals: { rate: 300/s }, from: { US: 70%, EU: 30% }, keys: [id], call: a.go } }
services:
  a: { instances: 3, operations: { go: [ work: { exponential: 1ms }, publish: t ] } }
  fast: { instances: 2, operations: { take: [ work: { lognormal: { mean: 2ms, cv: 1 } } ] } }
  slow: { operations: { take: [ work: 6ms ] } }
clusters: { c: { brokers: 4 } }
topics: { t: { cluster: c, key: id, partitions: 12 } }
consumers:
  quick: { topic: t, call: fast.take, members: 2, assignor: cooperative-sticky }
  late: { topic: t, call: slow.take, maxPoll: 20 }
`);
  const records = run.records() as Record<string, ConsumerTally>;
  const topic = run.records()['topics.t'] as {
    published: number;
    sent: number;
    lost: number;
    readable: number;
  };
  expect(topic.lost).toBe(0);
  expect(topic.published - topic.sent).toBeGreaterThanOrEqual(0);
  expect(topic.sent - topic.readable).toBeGreaterThanOrEqual(0);
  // A batch lingers 5 ms and is copied in less: 300 a second leave no more than a few on the way.
  expect(topic.published - topic.readable).toBeLessThan(20);
  for (const group of ['consumers.quick', 'consumers.late']) {
    const { readable, consumed, lagging, failed } = records[group];
    expect(readable).toBe(topic.readable);
    expect(consumed + lagging).toBe(readable);
    expect(failed).toBe(0);
  }
  expect(records['consumers.late'].lagging).toBeGreaterThan(500);
  const counted = (meter: string) => run.readings().get(meter)?.num as number;
  for (const region of ['us', 'eu']) {
    const called = counted(`services.fast.in.${region}.arrivals`);
    expect(Math.abs(called - counted(`consumers.quick.in.${region}.consumed`))).toBeLessThanOrEqual(8);
  }
  expect(counted('consumers.quick.in.us.consumed')).toBeGreaterThan(
    2 * counted('consumers.quick.in.eu.consumed'),
  );
});

test('records that lag are those that came less those that went: Little’s law', () => {
  const run = runOf(queue({ work: '{ exponential: 10ms }', duration: '400s' }));
  const seconds = run.readings().get('consumers.g.lagSeconds') as { num: number; max: number };
  const records = run.readings().get('consumers.g.lagRecords') as { num: number; max: number };
  // ∫ lag dt and Σ seconds differ by what the ends of the window cut off: at most all that lag there, for as long.
  expect(Math.abs(records.num - seconds.num)).toBeLessThan(2 * records.max * seconds.max);
  expect(records.num).toBeGreaterThan(50 * records.max * seconds.max);
});

test('the records of a call that fails are passed over, and counted', () => {
  const yaml = queue({ rate: '280/s', work: '10ms', partitions: 4, consumer: 'members: 4', duration: '30s' });
  const run = runOf(yaml.replace('b: {', 'b: { threads: 2, queue: 0,'));
  const { failed, consumed, lagging } = run.records()['consumers.g'] as ConsumerTally;
  expect(failed).toBeGreaterThan(100);
  expect(lagging).toBeLessThan(20);
  expect(consumed).toBeGreaterThan(failed);
  const rejected = run.readings().get('services.b.rejected')?.num as number;
  expect(Math.abs(rejected - (run.readings().get('consumers.g.failed')?.num as number))).toBeLessThanOrEqual(
    2,
  );
});

test('what a record causes has the keys of its publisher', () => {
  const run = runOf(`
name: chain
run: { duration: 5s, warmUp: 0s }
keys: { other: { count: 10 }, id: { count: 1, format: abc } }
workloads: { w: { arrivals: { rate: 100/s }, keys: [id], call: a.go } }
services:
  a: { operations: { go: [ publish: t ] } }
  b: { operations: { take: [ publish: u ] } }
clusters: { c: { brokers: 3 } }
topics: { t: { cluster: c, partitions: 3 }, u: { cluster: c, key: id, partitions: 10 } }
consumers: { g: { topic: t, call: b.take } }
`);
  const { shares } = run.records()['topics.u'] as { shares: { region: number[] } };
  expect(shares.region[7]).toBe(1);
});

test('records that all groups have processed are forgotten', () => {
  const run = runOf(queue({ work: '1ms', duration: '30s' }));
  const [{ logs }] = run.component<{ regions: { logs: { end: number; at(offset: number): unknown }[] }[] }>(
    'topics.t',
  ).regions;
  expect(logs[0].end).toBeGreaterThan(1000);
  expect(() => logs[0].at(logs[0].end - 20)).toThrow('is not in');
});

test('a run repeats itself to the bit', () => {
  const yaml = queue({
    work: '{ exponential: 10ms }',
    partitions: 4,
    consumer: 'members: 2',
    duration: '20s',
  });
  expect(runOf(yaml).simulation.fingerprint).toBe(runOf(yaml).simulation.fingerprint);
});

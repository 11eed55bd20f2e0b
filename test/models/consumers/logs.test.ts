import { describe, expect, test } from 'vitest';
import type { ConsumerModel, ConsumerTally } from '../../../src/models/consumers/model.ts';
import type { LogReader, PartitionLog } from '../../../src/models/contracts/topic.ts';
import type { TopicModel } from '../../../src/models/topics/model.ts';
import { TopicRecord } from '../../../src/models/topics/record.ts';
import { readingOf, runOf } from '../harness.ts';
import { Bench } from './residents.ts';

const ms = 1e6;
const s = 1e9;

const at = (bench: Bench, seconds: number, then: () => void) =>
  bench.simulation.agenda().at(seconds * s, { fire: then });

/** The group, as a topic knows it. */
const readerOf = (bench: Bench): LogReader =>
  bench.component<{ groups: LogReader[] }>('consumers', 'g').groups[0];

/** Makes somebody else the leader of a partition, or nobody. */
function lead(bench: Bench, partition: number, leader: number): void {
  const [region] = bench.component<{ regions: { logs: PartitionLog[] }[] }>('topics', 't').regions;
  const log = region.logs[partition];
  Object.defineProperty(log, 'leader', { value: leader, configurable: true });
  readerOf(bench).leaderChanged?.(log, bench.simulation.now);
}

describe('a partition whose broker dies', () => {
  function withoutLeader(assignor = 'range') {
    const bench = new Bench({ workTicks: ms, hosts: ['a'], consumer: `assignor: ${assignor}` });
    for (let record = 0; record < 2000; record += 1)
      at(bench, record * 0.01, () => bench.publish(record % 4));
    at(bench, 5, () => lead(bench, 1, -1));
    at(bench, 8, () => lead(bench, 1, 0));
    return bench;
  }

  test('is not read while it has no leader, and again once its owner has asked who leads it: 100 ms later', () => {
    const bench = withoutLeader();
    bench.simulation.run(30 * s);
    const own = bench.instances.done.filter(({ record }) => record % 4 === 1).map(({ from }) => from);
    expect(own.filter((from) => from > 5.05 * s && from < 8.1 * s)).toEqual([]);
    // A record of another partition may be in its hands.
    expect(own.find((from) => from > 5.05 * s)).toBeLessThan(8.1 * s + 2 * ms);
    expect(bench.instances.done).toHaveLength(2000);
    const pause = bench.reading('consumers.g.in.us.rebalancePause');
    expect(pause.den).toBe(1);
    expect(pause.num).toBeCloseTo(3.1, 9);
  });

  test('does not keep the others from being read', () => {
    const bench = withoutLeader();
    bench.simulation.run(8 * s);
    const other = bench.instances.done.filter(({ record }) => record % 4 === 2);
    for (const [place, { from }] of other.slice(1).entries())
      expect(from - other[place].from).toBeLessThan(45 * ms);
  });

  test('may change hands meanwhile: the new owner reads it when it has a leader', () => {
    const bench = withoutLeader('cooperative-sticky');
    at(bench, 5.5, () => bench.join('b'));
    bench.simulation.run(40 * s);
    const records = bench.instances.done.map(({ record }) => record).sort((a, b) => a - b);
    expect(records).toEqual(Array.from({ length: 2000 }, (_, record) => record));
  });

  test('is read from the new leader at once where another one takes over without a gap, but for the same question', () => {
    const bench = new Bench({ workTicks: ms, hosts: ['a'] });
    for (let record = 0; record < 400; record += 1) at(bench, record * 0.01, () => bench.publish(record % 4));
    at(bench, 2, () => lead(bench, 1, 7));
    bench.simulation.run(30 * s);
    expect(bench.instances.done).toHaveLength(400);
    expect(bench.reading('consumers.g.in.us.rebalancePause').num).toBeCloseTo(0.1, 9);
  });
});

test('what was lost from the log before it was fetched is passed over, and counted; what had been fetched is processed', () => {
  // 200 ms a record: the first is fetched alone, then four; of the five that come after these the last two are lost.
  const bench = new Bench({ workTicks: 200 * ms, hosts: ['a'] });
  at(bench, 1, () => bench.publishAs(0, 0));
  for (let record = 1; record < 5; record += 1) at(bench, 1.1, () => bench.publishAs(0, 4 * record));
  for (let record = 5; record < 10; record += 1) at(bench, 1.5, () => bench.publishAs(0, 4 * record));
  const [region] = bench.component<TopicModel>('topics', 't').regions;
  at(bench, 1.51, () => region.logs[0].truncated(2));
  at(bench, 5, () => bench.publishAs(0, 40));
  bench.simulation.run(30 * s);
  expect(bench.instances.done.map(({ record }) => record / 4)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 10]);
  const tally = bench.component<ConsumerModel>('consumers', 'g').record();
  expect(tally).toMatchObject({ readable: 11, consumed: 9, gone: 2, lagging: 0, lost: 0 });
  expect(bench.reading('consumers.g.in.us.outOfOrder').num).toBe(0);
});

test('brokers that die stop the partitions that they lead, and no record is lost, doubled or out of order', () => {
  const run = runOf(`
name: brokers
run: { duration: 120s, warmUp: 5s }
keys: { id: { count: 500 } }
workloads: { w: { arrivals: { rate: 200/s }, keys: [id], call: a.go } }
services:
  a: { operations: { go: [ publish: t ] } }
  b: { instances: 3, operations: { take: [ work: 2ms ] } }
clusters: { c: { brokers: 3 } }
topics: { t: { cluster: c, key: id, partitions: 9, minInsyncReplicas: 2 } }
consumers: { g: { topic: t, call: b.take } }
faults: { dies: { fault: broker-crash, cluster: c, broker: 1, at: 30s, for: 40s } }
`);
  const tally = run.records()['consumers.g'] as ConsumerTally;
  expect(tally.consumed + tally.lagging + tally.gone).toBe(tally.readable);
  expect(tally).toMatchObject({ lost: 0, duplicates: 0, gone: 0 });
  expect(tally.lagging).toBeLessThan(20);
  const pause = run.readings().get('consumers.g.rebalancePause');
  // A third of nine partitions at least, until the controller has missed the broker and chosen others.
  expect(pause?.n).toBeGreaterThanOrEqual(3);
  expect(pause?.max).toBeGreaterThan(1);
  expect(pause?.max).toBeLessThan(15);
  expect(run.readings().get('consumers.g.drainTime')?.n).toBeGreaterThanOrEqual(1);
});

test('what three regions publish is processed once each by who reads mirrors in one of them', () => {
  const run = runOf(`
name: mirrored
run: { duration: 60s, warmUp: 5s }
regions: { us: us-east-1, eu: eu-west-1, ap: ap-southeast-1 }
origins: { US: us-east-2, EU: eu-central-1, AP: ap-northeast-1 }
keys: { id: { count: 500 } }
workloads: { w: { arrivals: { rate: 90/s }, from: { US: 40%, EU: 30%, AP: 30% }, keys: [id], call: a.go } }
services:
  a: { operations: { go: [ publish: t ] } }
  b: { instances: 2, operations: { take: [ work: 1ms ] } }
clusters: { c: { brokers: 3, mirror: all } }
topics: { t: { cluster: c, key: id, partitions: 6 } }
consumers: { one: { topic: t, call: b.take, mirrored: eu }, each: { topic: t, call: b.take } }
`);
  const { readable } = run.records()['topics.t'] as { readable: number };
  const one = run.records()['consumers.one'] as ConsumerTally;
  const each = run.records()['consumers.each'] as ConsumerTally;
  expect(readable).toBeGreaterThan(5000);
  // What is under way to Europe at the end: a round trip’s worth of two regions.
  expect(readable - one.readable).toBeGreaterThanOrEqual(0);
  expect(readable - one.readable).toBeLessThan(54 * 0.5);
  expect(one.consumed + one.lagging).toBe(one.readable);
  expect(each.consumed + each.lagging).toBe(readable);
  expect([one.duplicates, one.lost, one.lagging < 10]).toEqual([0, 0, true]);
  // A record takes the way to Europe first: it has not been readable there before.
  expect(readingOf(run, 'consumers.one.in.eu.lagSeconds')).toBeLessThan(0.05);
});

/** What another region published, copied here. */
class Copy implements PartitionLog {
  readonly records: TopicRecord[] = [];
  readonly leader = 0;
  released = 0;

  constructor(readonly index: number) {}

  get end(): number {
    return this.records.length;
  }

  at(offset: number): TopicRecord {
    return this.records[offset];
  }

  release(_reader: number, offset: number): void {
    this.released = offset;
  }

  subscribe(): void {}
}

describe('mirrored', () => {
  function mirrored(consumer: string) {
    const logs = [4, 5].map((index) => new Copy(index));
    const mirrors = [{ source: 'eu', logs }];
    const bench = new Bench({
      workTicks: ms,
      hosts: ['a', 'b'],
      consumer,
      prepare: ({ regions: [region] }) => Object.defineProperty(region, 'mirrors', { value: mirrors }),
    });
    return { bench, logs };
  }

  test('a record of another region is processed once, by who owns its partition of the topic that the mirror is', () => {
    const { bench, logs } = mirrored('mirrored: true');
    bench.publish(0);
    for (const [place, log] of logs.entries()) {
      at(bench, 1 + place, () => {
        log.records.push(new TopicRecord(100 + place, 0, [100 + place], bench.simulation.now));
        readerOf(bench).advanced(log, 1, bench.simulation.now);
      });
    }
    bench.simulation.run(10 * s);
    const { done } = bench.instances;
    expect(done.map(({ record }) => record)).toEqual([0, 100, 101]);
    // Two topics, eu.t and t, each shared out by ranges: a partition of the two for either member.
    expect(done.map(({ host }) => host)).toEqual(['a', 'a', 'b']);
    expect(logs.map(({ released }) => released)).toEqual([1, 1]);
  });

  test('who does not ask for them is not given them', () => {
    const { bench } = mirrored('');
    expect(
      bench.component<{ groups: { partitions: unknown[] }[] }>('consumers', 'g').groups[0].partitions,
    ).toHaveLength(4);
  });
});

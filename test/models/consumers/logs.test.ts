import { describe, expect, test } from 'vitest';
import type { LogReader, PartitionLog } from '../../../src/models/contracts/topic.ts';
import { TopicRecord } from '../../../src/models/topics/record.ts';
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

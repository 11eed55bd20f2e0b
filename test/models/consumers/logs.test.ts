import { describe, expect, test } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import type { LogReader, PartitionLog } from '../../../src/models/contracts/topic.ts';
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

describe('mirrored', () => {
  /** Publishers in two regions, whose clusters mirror each other; the called service stands in one of them. */
  const regions = (consumer: string) => `
run: { duration: 2m, warmUp: 10s }
regions: { us: us-east-1, eu: eu-west-1 }
origins: { US: us-east-2, EU: eu-central-1 }
keys: { id: { count: 1000 } }
workloads: { w: { arrivals: { rate: 100/s }, from: { US: 60%, EU: 40% }, keys: [id], call: a.go } }
services:
  a: { operations: { go: [publish: t] } }
  b: { regions: [us], instances: 2, operations: { take: [wait: 1ms] } }
clusters: { c: { mirror: all } }
topics: { t: { cluster: c, key: id, partitions: 4 } }
consumers: { g: { topic: t, call: b.take, members: 2, ${consumer} } }
`;
  const counts = (assembly: Assembly) => {
    const tally = assembly.records()['consumers.g'] as { consumed: number };
    const published = (region: string) => assembly.readings().get(`topics.t.in.${region}.records`)?.num ?? 0;
    return { consumed: tally.consumed, us: published('us'), eu: published('eu') };
  };
  /** Records of warm-up and drain, which meters leave out: 40 s of the 150 s at most. */
  const outside = 40 / 110;

  test('records of all regions are each processed once, in one of them', () => {
    const assembly = runOf(regions('mirrored: true'));
    const { consumed, us, eu } = counts(assembly);
    expect(consumed).toBeGreaterThanOrEqual(us + eu);
    expect(consumed).toBeLessThan((us + eu) * (1 + outside));
    expect(readingOf(assembly, 'topics.t.accuracy')).toBe(1);
    expect(assembly.readings().get('consumers.g.duplicates')?.num).toBe(0);
  });

  test('who does not ask for them is given what was published here', () => {
    const { consumed, us, eu } = counts(runOf(regions('')));
    expect(consumed).toBeGreaterThanOrEqual(us);
    expect(consumed).toBeLessThan(us * (1 + outside));
    expect(us * (1 + outside)).toBeLessThan(us + eu);
  });
});

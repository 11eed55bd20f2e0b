import { describe, expect, test } from 'vitest';
import { readingOf, runOf } from '../harness.ts';

/** Publishes every `gap` seconds, each in a request of its own, to one partition on `copies` brokers. */
const steady = (gap: number, copies: number, window: number) => `
name: copies
run: { duration: ${window}s, warmUp: 0s }
regions: { us: us-east-1 }
network: { jitter: 0%, sameRegion: 2ms }
workloads: { w: { arrivals: { rate: ${1 / gap}/s, process: deterministic }, call: a.go } }
services: { a: { operations: { go: [ publish: t ] } } }
clusters: { c: { brokers: ${copies}, append: 100us, bandwidth: 1GB/s } }
topics: { t: { cluster: c, recordSize: 1000 B, replicationFactor: ${copies}, producer: { linger: 0s, maxInFlight: 100 } } }
`;

/** The same, one append after another, in nanoseconds: what each record needs until the leader knows of its copy. */
function byHand(gap: number, window: number): number[] {
  const way = 1e6;
  const append = 100e3;
  const bytes = 1e3;
  const count = Math.floor(window / gap);
  const appended = Array.from(
    { length: count },
    (_, k) => Math.round((k + 1) * gap * 1e9) + 2 * way + append + bytes,
  );
  const times: number[] = [];
  let fetchAtLeader = 0;
  for (let next = 0; next < appended.length; ) {
    const answered = Math.max(fetchAtLeader, appended[next]);
    let end = next;
    while (end < appended.length && appended[end] <= answered) end += 1;
    fetchAtLeader = answered + way + append + (end - next) * bytes + way;
    for (; next < end; next += 1) times.push(fetchAtLeader - appended[next]);
  }
  return times.map((nanoseconds) => nanoseconds / 1e9);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a copy is made by the follower’s fetches, one at a time', () => {
  // Round trip and append take 2.101 ms: a batch every 3 ms finds the fetch waiting, one every 1.6 ms often misses it.
  test.each([3e-3, 1.6e-3, 0.5e-3])('a batch every %s s', (gap) => {
    const times = byHand(gap, 12);
    const run = runOf(steady(gap, 2, 12));
    const { n, num, max } = run.readings().get('clusters.c.replicationTime') as {
      n: number;
      num: number;
      max: number;
    };
    // The last ones are still under way when the window closes: two ways, an append, and a round or two.
    const underWay = 2e-3 + 101e-6 + 2 * (2e-3 + 101e-6);
    expect(times.length - n).toBeLessThanOrEqual(Math.ceil(underWay / gap));
    expect(num / n).toBeCloseTo(mean(times.slice(0, n)), 9);
    expect(max).toBeCloseTo(Math.max(...times), 9);
  });

  test('takes one round trip and an append, or up to twice that', () => {
    const round = 2e-3 + 101e-6;
    const times = byHand(1.6e-3, 12);
    expect(Math.min(...times)).toBeCloseTo(round, 9);
    expect(Math.max(...times)).toBeLessThanOrEqual(2 * round);
    expect(Math.max(...times)).toBeGreaterThan(1.4 * round);
  });

  test('the high watermark waits for the slower of two followers, which are alike', () => {
    const two = readingOf(runOf(steady(3e-3, 3, 12)), 'clusters.c.replicationTime');
    expect(two).toBeCloseTo(2e-3 + 101e-6, 9);
  });
});

describe('brokers', () => {
  // Every record is appended by all three: 400 a second, 100 µs each and 1 µs for its bytes.
  test('are as busy as what they append, copies included', () => {
    const run = runOf(steady(2.5e-3, 3, 20));
    expect(readingOf(run, 'clusters.c.utilization')).toBeCloseTo(400 * 101e-6, 4);
    expect(readingOf(run, 'clusters.c.hottestBrokerUtilization')).toBeCloseTo(400 * 101e-6, 4);
  });

  test('that copy for nobody are idle', () => {
    const yaml = steady(2.5e-3, 2, 20).replace('replicationFactor: 2', 'replicationFactor: 1');
    const run = runOf(yaml);
    expect(readingOf(run, 'clusters.c.utilization')).toBeCloseTo((400 * 101e-6) / 2, 4);
    expect(readingOf(run, 'clusters.c.hottestBrokerUtilization')).toBeCloseTo(400 * 101e-6, 4);
  });

  test('make publishers wait where they are asked for more than they can', () => {
    const slow = steady(2.5e-3, 1, 20).replace('append: 100us', 'append: 5ms');
    const run = runOf(slow.replace('maxInFlight: 100', 'maxInFlight: 1M'));
    // 400 a second come and 5.001 ms each are needed: one in two waits for ever longer.
    const answered = run.readings().get('topics.t.publishLatency')?.n as number;
    expect(answered).toBe(Math.floor((20 - 2.5e-3 - 3e-3) / 5.001e-3));
    expect(readingOf(run, 'clusters.c.utilization')).toBeGreaterThan(0.999);
  });
});

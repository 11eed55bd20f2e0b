import { describe, expect, test } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/model.ts';
import { readingOf, runOf } from '../harness.ts';

/** One publish at a time: 1 ms one way, 100 µs and 1 ns a byte for an append, 3 ms linger. */
const lonely = (topic: string, producer: string) => `
name: publish
run: { duration: 12s, warmUp: 2s }
regions: { us: us-east-1 }
network: { jitter: 0%, sameRegion: 2ms }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, call: a.go } }
services: { a: { operations: { go: [ publish: t ] } } }
clusters: { c: { brokers: 3, append: 100us, bandwidth: 1GB/s } }
topics: { t: { cluster: c, recordSize: 1000 B, ${topic} producer: { linger: 3ms, ${producer} } } }
`;
const linger = 3e-3;
const way = 1e-3;
const append = 101e-6;

const latency = (assembly: Assembly) => readingOf(assembly, 'topics.t.publishLatency');

describe('an acknowledgement comes back', () => {
  test('with acks all after linger, two round trips and two appends: the next fetch tells the leader', () => {
    const run = runOf(lonely('minInsyncReplicas: 2,', 'acks: all'));
    expect(latency(run)).toBeCloseTo(linger + 4 * way + 2 * append, 12);
    expect(readingOf(run, 'clusters.c.replicationTime')).toBeCloseTo(2 * way + append, 12);
  });

  test('with acks 1 after the leader’s append', () => {
    expect(latency(runOf(lonely('', 'acks: 1')))).toBeCloseTo(linger + 2 * way + append, 12);
  });

  test('with one copy no later for acks all than for acks 1', () => {
    expect(latency(runOf(lonely('replicationFactor: 1,', 'acks: all')))).toBeCloseTo(
      linger + 2 * way + append,
      12,
    );
  });

  test('with acks 0 at once, though the record arrives all the same', () => {
    const run = runOf(lonely('', 'acks: 0'));
    expect(latency(run)).toBe(0);
    expect(readingOf(run, 'workloads.w.answeredLatency')).toBeCloseTo(2 * way, 12);
    expect(readingOf(run, 'clusters.c.replicationTime')).toBeCloseTo(2 * way + append, 12);
  });
});

test('the time of a publish is credited to where it went, and the parts add up', () => {
  const run = runOf(lonely('', 'acks: all'));
  const { waterfall } = run.records()['workloads.w'] as WorkloadRecord;
  const answered = waterfall.reduce((sum, { count }) => sum + count, 0);
  const spent = (station: string, phase: string) => {
    const segment = run.segmentList.findIndex((each) => each.station === station && each.phase === phase);
    return waterfall.reduce((sum, { seconds }) => sum + seconds[segment], 0) / answered;
  };
  expect(spent('topics.t', 'waits for its batch')).toBeCloseTo(linger, 12);
  expect(spent('clusters.c', 'waits for a broker')).toBe(0);
  expect(spent('clusters.c', 'appends')).toBeCloseTo(append, 12);
  expect(spent('clusters.c', 'waits for in-sync replicas')).toBeCloseTo(2 * way + append, 12);
  // To the service and back, to the broker and back.
  expect(spent('network', 'within a region')).toBeCloseTo(4 * way, 12);
  const latency = linger + 6 * way + 2 * append;
  expect(readingOf(run, 'workloads.w.answeredLatency')).toBeCloseTo(latency, 12);
});

test('where there is no cluster the nearest region’s is used', () => {
  const run = runOf(`
name: remote
run: { duration: 12s, warmUp: 2s }
regions: { here: {}, near: {}, far: {} }
network:
  preset: none
  jitter: 0%
  links:
    - { between: [here, near], roundTrip: 20ms }
    - { between: [here, far], roundTrip: 30ms }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, call: a.go } }
services: { a: { regions: [here], operations: { go: [ publish: t ] } } }
clusters: { c: { regions: [far, near], brokers: 1, append: 100us, bandwidth: 1GB/s } }
topics: { t: { cluster: c, recordSize: 1000 B, producer: { linger: 0s } } }
`);
  expect(latency(run)).toBeCloseTo(20e-3 + append, 12);
  expect(readingOf(run, 'topics.t.in.near.records')).toBeCloseTo(10, 9);
  expect(readingOf(run, 'topics.t.in.far.records')).toBe(0);
  expect(readingOf(run, 'network.in.here.sentBytes')).toBeCloseTo(10 * 1000, 6);
});

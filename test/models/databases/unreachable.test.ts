import { describe, expect, test } from 'vitest';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { runOf } from '../harness.ts';

/** A service in `near` whose database is in `far`, 100 ms there and back. */
const remote = (service: string, fault: string, database = '') => `
run: { duration: 30m, warmUp: 0s }
regions: { near: {}, far: {} }
network: { jitter: 0%, sameRegion: 0s, links: [ { between: [near, far], roundTrip: 100ms } ] }
keys: { id: { count: 100 } }
workloads: { w: { arrivals: { rate: 1/s, process: deterministic }, keys: [id], client: { timeout: 1h }, call: s.x } }
services: { s: { regions: [near], ${service} operations: { x: [ read: d ] } } }
databases: { d: { shardBy: { key: id, function: java-hash }, primary: far, ${database} read: 1ms } }
faults: { f: { fault: link-down, from: near, to: far, direction: one-way, at: 10s, ${fault}, settle: 1s } }
`;

const failuresOf = (yaml: string) => (runOf(yaml).records()['workloads.w'] as WorkloadRecord).failures;
const latencyOf = (yaml: string) => runOf(yaml).readings().get('workloads.w.answeredLatency')?.max;

describe('a database that cannot be reached', () => {
  test('keeps who has one of a pool’s connections for as long as TCP repeats on it', () => {
    // Repetitions after 0.3 × (2^k − 1) s: the fourth, at 4.5 s, is the first after 4 s.
    const late = latencyOf(remote('connections: { d: 1000 },', 'for: 4s'));
    expect(late).toBeCloseTo(4.5 + 0.1, 1);
  });

  test('is given up at the first repetition due after 924.6 s', () => {
    const failures = failuresOf(remote('connections: { d: 10 },', 'for: 1000s'));
    // Ten have a connection, from 10 s on; each gives up 930 s later, and the next ones in line hang in their stead.
    expect(failures.unreachable).toBe(10);
  });

  test('is given up after 127 s where each request opens a connection of its own', () => {
    const failures = failuresOf(remote('', 'for: 200s'));
    // Those of 10 s on whose last repetition, 63 s later, comes before 210 s.
    expect(failures.unreachable).toBe(137);
  });

  test('is given up after connectTimeout where its driver has one', () => {
    const failures = failuresOf(remote('', 'for: 200s', 'client: { connectTimeout: 10s },'));
    // Repetitions come 1, 3 and 7 s after the first try: from 203 s on one of them is due when the link is whole, at 210 s.
    expect(failures.unreachable).toBe(203 - 10);
  });

  test('is given up after tcpUserTimeout on an open connection, on either way', () => {
    const failed = (client: string, way: string) =>
      failuresOf(remote('connections: { d: 10 },', 'for: 100s', client).replace('from: near, to: far', way))
        .unreachable;
    // Ten have a connection, and others hang in their stead when they give up: those of 10 to 19 s, 30 to 39 s, up to 90 to
    // 99 s. Of these the first two repeat 18.9 s later, before 110 s, and give up before they would do so again; of answers,
    // which leave 51 ms after each request, only the first.
    for (const [way, last] of [
      ['from: near, to: far', 2],
      ['from: far, to: near', 1],
    ] as const) {
      expect(failed('client: { tcpUserTimeout: 20s },', way)).toBe(4 * 10 + last);
      expect(failed('', way)).toBeUndefined();
    }
  });
});

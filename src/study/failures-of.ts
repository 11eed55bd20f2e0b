import type { FailureResult } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

/** What each reason for which an operation can fail means. */
export const meanings: Readonly<Record<string, string>> = {
  rejected: 'the queue of an instance was full',
  'timed-out': 'no answer within the client’s timeout',
  crashed: 'the instance that worked on it died',
  interrupted: 'the spot node under its instance was taken away',
  terminated: 'its instance was let go and did not finish within 30 s',
  'missing-key': 'the operation does not carry the key that the store is sharded by',
  'no-key': 'the operation does not carry the key that the cache is asked by',
  unavailable: 'whoever was called refused the connection: no instance was ready, or the copy was down',
  unreachable: 'nobody answered, and the connection was given up: not opened in time, or silent for too long',
  residency: 'only regions were left to which the callers’ data may not go',
  undelivered: 'no broker acknowledged what it published within the delivery timeout',
  expired: 'the deadline had passed before a thread was free for it',
  'not-permitted': 'a circuit breaker was open',
  error: 'an error of what was deployed',
  cancelled: 'whoever had asked for it had given up',
  'no region': 'the called service stands in no region',
  unreplicated:
    'too few replicas had answered a write within its deadline; it is on the primary all the same',
  'no-quorum':
    'no answer within the client’s timeout: a write waited for replicas of which too few were in reach',
  'read-only': 'the copy that had the write is primary no more, or may not be: its lease ran out',
  unfinished: 'still under way when the run ended',
  'unplaceable-key':
    'the sharding function gives no valid shard for the key (in Java, Math.abs of the smallest integer is negative)',
};

interface FailuresLike {
  readonly failures: Readonly<Record<string, number>>;
}

const hasFailures = (record: unknown): record is FailuresLike =>
  typeof record === 'object' && record !== null && 'failures' in record;

/** Failed operations by workload and reason, mean over runs, the most frequent first. */
export function failuresOf(records: readonly RunRecord[]): FailureResult[] {
  const counts = new Map<string, number>();
  for (const { records: parts } of records) {
    for (const [id, part] of Object.entries(parts)) {
      if (!hasFailures(part)) continue;
      for (const [reason, count] of Object.entries(part.failures)) {
        const key = `${id.slice(id.indexOf('.') + 1)}\n${reason}`;
        counts.set(key, (counts.get(key) ?? 0) + count);
      }
    }
  }
  return [...counts]
    .map(([key, count]) => {
      const [workload, reason] = key.split('\n');
      return { workload, reason, count: count / records.length, means: meanings[reason] ?? reason };
    })
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

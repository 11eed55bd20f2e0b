import type { MetricResult, Result } from '../../result/index.ts';
import { isWhole, pathsWith } from './find.ts';

/** One way in which something was lost, done twice or left half done, with how often a run. */
export interface Damage {
  /** What it happened to: `topics.trade-events`. */
  readonly path: string;
  readonly what: string;
  readonly metric: MetricResult;
}

/** Counters that ought to be 0, and what each counts, in the order in which they are told. */
const ways: readonly (readonly [section: string, metric: string, what: string])[] = [
  ['databases', 'lostWrites', 'acknowledged and lost'],
  ['databases', 'splitBrainWrites', 'accepted beside a new primary'],
  ['databases', 'splitBrainReads', 'answered beside a new primary'],
  ['databases', 'orphanedReads', 'answered with writes undone later'],
  ['databases', 'unpublishedWrites', 'written, but never published'],
  ['databases', 'unwrittenEvents', 'published, but never written'],
  ['databases', 'waitTimeouts', 'waited for replicas in vain'],
  ['databases', 'republishedEvents', 'relayed more than once'],
  ['topics', 'lostRecords', 'died with their producer'],
  ['topics', 'undeliveredRecords', 'given up by their producer'],
  ['topics', 'lostAcknowledged', 'acknowledged and lost by brokers'],
  ['topics', 'lostUnacknowledged', 'lost by brokers, not acknowledged'],
  ['topics', 'duplicatedRecords', 'published more than once'],
  ['consumers', 'lostRecords', 'committed, but never done'],
  ['consumers', 'failed', 'failed for good'],
  ['consumers', 'duplicates', 'processed more than once'],
  ['consumers', 'outOfOrder', 'processed after a later one'],
  ['batches', 'lost', 'in memory, never written'],
  ['batches', 'cleared', 'of these, cleared unwritten'],
  ['batches', 'inDoubt', 'in a flush that died: stored or not'],
  ['batches', 'failed', 'in a flush that failed'],
  ['services', 'lost', 'tasks that died with their instance'],
  ['workloads', 'duplicates', 'done more than once by retries'],
];

/** What was lost, doubled or left half done; empty where nothing was. */
export function damageOf(result: Result): Damage[] {
  return ways.flatMap(([section, metric, what]) =>
    pathsWith(result, `${metric}.total`)
      .filter((path) => (isWhole(path) || isExecutor(path)) && path.startsWith(`${section}.`))
      .map((path) => ({ path, what, metric: result.metrics[`${path}.${metric}.total`] }))
      .filter(({ metric: { value } }) => value === null || value > 0),
  );
}

const isExecutor = (path: string): boolean => /^services\.[^.]+\.executors\.[^.]+$/.test(path);

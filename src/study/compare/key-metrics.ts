import type { Result } from '../../result/index.ts';

/** What people look at first, of a thing as a whole. */
const patterns: readonly RegExp[] = [
  /^workloads\.[^.]+\.(latency\.(mean|p50|p95|p99)|throughput|goodputRatio|availability)$/,
  /^databases\.[^.]+\.(replicationLag\.p95|lostWrites(\.total)?|hottestShardShare)$/,
  /^consumers\.[^.]+\.(lagSeconds|lagRecords)\.max$/,
  /^(services|databases|caches|clusters)\.[^.]+\.(utilization|hitRatio)$/,
  /^faults\.[^.]+\.(rto|rpo)$/,
  /^cost\.(month|perMillion)$/,
];

/** Ids of what is shown of a comparison unless all is asked for: that, and what the targets name. */
export function keyMetrics(results: readonly Result[]): Set<string> {
  const named = results.flatMap(({ targets }) => targets.map(({ metric }) => metric));
  const ids = results.flatMap(({ metrics }) => Object.keys(metrics));
  return new Set([...named, ...ids.filter((id) => patterns.some((pattern) => pattern.test(id)))]);
}

/**
 * Beside a latency that is infinite in every design (a fault left more unanswered than the percentile leaves out, in each) that of
 * the answered operations: else a comparison would have nothing to say of how fast they are.
 */
export function besideInfinite(results: readonly Result[]): string[] {
  const ids = new Set(results.flatMap(({ metrics }) => Object.keys(metrics)));
  return [...ids].flatMap((id) => {
    const [, workload, view] = /^(workloads\.[^.]+)\.latency\.(mean|p50|p95|p99)$/.exec(id) ?? [];
    const known = results.flatMap(({ metrics }) => metrics[id] ?? []);
    const isInfinite = known.every(({ data, value }) => data === 'unbounded' && value === null);
    return workload !== undefined && isInfinite ? [`${workload}.answeredLatency.${view}`] : [];
  });
}

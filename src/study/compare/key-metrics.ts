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

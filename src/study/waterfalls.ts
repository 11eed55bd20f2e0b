import type { WaterfallPart, WaterfallResult } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

/** What a workload leaves of where its operations' time went (see models/workloads/waterfall.ts). */
interface WaterfallLike {
  readonly waterfall: readonly {
    readonly from: number;
    readonly count: number;
    readonly seconds: readonly number[];
  }[];
}

const hasWaterfall = (record: unknown): record is WaterfallLike =>
  typeof record === 'object' && record !== null && Array.isArray((record as WaterfallLike).waterfall);

/** Where requests' time goes, on the mean and near the 99th percentile, over all runs. The parts add up. */
export function waterfallsOf(records: readonly RunRecord[]): WaterfallResult[] {
  const ids = Object.keys(records[0].records).filter((id) => hasWaterfall(records[0].records[id]));
  return ids.map((id) => waterfallOf(id, records)).filter((waterfall) => waterfall !== undefined);
}

function waterfallOf(id: string, records: readonly RunRecord[]): WaterfallResult | undefined {
  const buckets = merged(records.map((record) => (record.records[id] as WaterfallLike).waterfall));
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  if (count === 0) return undefined;
  const mean = meanParts(buckets);
  const slow = meanParts(nearQuantile(buckets, 0.99 * count));
  const parts = records[0].segments.map(
    ({ station, phase, waits }, segment): WaterfallPart => ({
      station,
      phase,
      waits,
      mean: mean[segment],
      p99: slow[segment],
    }),
  );
  return {
    workload: id.slice(id.indexOf('.') + 1),
    count,
    mean: mean.reduce((sum, part) => sum + part, 0),
    p99: slow.reduce((sum, part) => sum + part, 0),
    parts: parts.filter((part) => part.mean > 0 || part.p99 > 0),
  };
}

interface Bucket {
  readonly from: number;
  count: number;
  readonly seconds: number[];
}

function merged(
  runs: readonly (readonly { from: number; count: number; seconds: readonly number[] }[])[],
): Bucket[] {
  const buckets = new Map<number, Bucket>();
  for (const { from, count, seconds } of runs.flat()) {
    const bucket = buckets.get(from) ?? { from, count: 0, seconds: seconds.map(() => 0) };
    bucket.count += count;
    seconds.forEach((value, segment) => {
      bucket.seconds[segment] += value;
    });
    buckets.set(from, bucket);
  }
  return [...buckets.values()].sort((a, b) => a.from - b.from);
}

/** The buckets around the operation of a rank: the one that holds it, with neighbours until there are thirty. */
function nearQuantile(buckets: readonly Bucket[], rank: number): Bucket[] {
  let seen = 0;
  const at = buckets.findIndex(({ count }) => {
    seen += count;
    return seen >= rank;
  });
  let low = at;
  let high = at;
  const count = () => buckets.slice(low, high + 1).reduce((sum, bucket) => sum + bucket.count, 0);
  while (count() < 30 && (low > 0 || high < buckets.length - 1)) {
    if (high < buckets.length - 1) high += 1;
    if (low > 0) low -= 1;
  }
  return buckets.slice(low, high + 1);
}

function meanParts(buckets: readonly Bucket[]): number[] {
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  return buckets[0].seconds.map(
    (_, segment) => buckets.reduce((sum, bucket) => sum + bucket.seconds[segment], 0) / count,
  );
}

import type { RunRecord } from './estimate.ts';
import { Histogram } from './histogram.ts';

/** All runs' values in one histogram, added in run order. */
export function mergedHistogram(runs: readonly RunRecord[]): Histogram {
  const merged = new Histogram();
  for (const { hist } of runs) if (hist) merged.merge(hist);
  return merged;
}

import type { Catalog } from '../metrics/index.ts';
import type { DistributionResult } from '../result/index.ts';
import { Histogram } from '../sim/statistics/histogram.ts';
import { histogramFromJson } from '../sim/statistics/histogramText.ts';
import { type CurvePoint, latencyCurve } from '../sim/statistics/latencyCurve.ts';
import type { RunRecord } from './simulate-run.ts';

/** Histograms of all runs by the id of their meter, read back once. */
export function histogramsOf(records: readonly RunRecord[]): Map<string, Histogram[]> {
  const histograms = new Map<string, Histogram[]>();
  for (const id of Object.keys(records[0].readings)) {
    if (records[0].readings[id].hist === undefined) continue;
    histograms.set(
      id,
      records.map(({ readings }) => histogramFromJson(readings[id].hist as never)),
    );
  }
  return histograms;
}

const mergedOf = (histograms: readonly Histogram[]): Histogram => {
  const merged = new Histogram();
  for (const histogram of histograms) merged.merge(histogram);
  return merged;
};

/** The values of every meter that counts values: curve of all runs, and each run's own histogram. */
export function distributionsOf(
  catalog: Catalog,
  records: readonly RunRecord[],
  histograms: ReadonlyMap<string, Histogram[]>,
): Record<string, DistributionResult> {
  const units = new Map(catalog.all().map(({ meter, unit }) => [meter, unit]));
  const entries = [...histograms].map(([id, runs]): [string, DistributionResult] => {
    const merged = mergedOf(runs);
    return [
      id,
      {
        unit: units.get(id) ?? 'count',
        count: merged.count,
        curve: merged.count === 0 ? [] : latencyCurve(merged).map(curvePoint),
        runs: records.map(({ readings }) => readings[id].hist),
      },
    ];
  });
  return Object.fromEntries(entries);
}

const curvePoint = ({ share, value }: CurvePoint): [number, number | null] => [
  rounded(share),
  Number.isFinite(value) ? rounded(value) : null,
];

/** Six digits are enough to draw. */
const rounded = (value: number): number => Number(value.toPrecision(6));

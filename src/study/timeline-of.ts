import type { TimelineResult } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

/** Series by bucket of simulated time, each the mean over the runs that saw something in it. */
export function timelineOf(records: readonly RunRecord[]): TimelineResult {
  const { bucketSeconds, series, occurrences } = records[0].timeline;
  const buckets = Object.values(series)[0]?.values.length ?? 0;
  const names = Object.keys(series);
  return {
    at: Array.from({ length: buckets }, (_, bucket) => bucket * bucketSeconds),
    warmUp: records[0].warmUp,
    series: Object.fromEntries(
      names.map((name) => [
        name,
        {
          unit: series[name].unit,
          of: series[name].of,
          values: meanSeries(
            records.map(({ timeline }) => timeline.series[name]?.values ?? []),
            series[name].of === 'level' ? carriedOn : asTheyAre,
          ),
        },
      ]),
    ),
    // Some are noted when they are known, and date from before.
    occurrences: [...occurrences].sort((one, other) => one.at - other.at),
  };
}

type Fill = (values: readonly number[]) => readonly number[];

/** What was seen in no operation of a bucket is a gap: an outage has no latency, not the one before it. */
const asTheyAre: Fill = (values) => values;

function meanSeries(runs: readonly (readonly number[])[], fill: Fill): (number | null)[] {
  const filled = runs.map(fill);
  return filled[0].map((_, bucket) => {
    const seen = filled.map((values) => values[bucket]).filter((value) => Number.isFinite(value));
    return seen.length === 0 ? null : rounded(seen.reduce((sum, value) => sum + value, 0) / seen.length);
  });
}

/** A level stays what it was where a bucket saw no change; before the first change there is nothing. */
function carriedOn(values: readonly number[]): number[] {
  let last = Number.NaN;
  return values.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
}

/** Six digits are enough to draw. */
const rounded = (value: number): number => Number(value.toPrecision(6));

/**
 * A histogram as JSON, sparse and stable: the same values recorded in any order give the same text, but for the rounding
 * of the sum.
 *
 * Rule: `buckets` are runs of neighbouring buckets, each `[index of the first, count, count, …]`; a run ends at a gap of
 * two empty buckets or more. 512 buckets an octave: bucket i starts at the double whose high word is i × 2048.
 */
import { Histogram } from './histogram.ts';

export interface HistogramJson {
  count: number;
  /** Sum of the finite values. */
  sum: number;
  /** Of the finite values; both absent if there are none. */
  min?: number;
  max?: number;
  zeros?: number;
  infinite?: number;
  buckets: number[][];
}

export function histogramToJson(histogram: Histogram): HistogramJson {
  const { count, sum, min, max, zeros, infinite } = histogram;
  const runs: number[][] = [];
  let run: number[] = [];
  let next = Number.NEGATIVE_INFINITY;
  for (const [index, counted] of histogram.buckets()) {
    const gap = index - next;
    if (gap > 1) {
      run = [index];
      runs.push(run);
    } else if (gap === 1) {
      run.push(0);
    }
    run.push(counted);
    next = index + 1;
  }
  return {
    count,
    sum,
    ...(count > infinite && { min, max }),
    ...(zeros > 0 && { zeros }),
    ...(infinite > 0 && { infinite }),
    buckets: runs,
  };
}

/** @throws RangeError where the counts do not add up: the text was damaged, or is of another format. */
export function histogramFromJson(json: HistogramJson): Histogram {
  const histogram = new Histogram();
  histogram.count = json.count;
  histogram.sum = json.sum;
  histogram.zeros = json.zeros ?? 0;
  histogram.infinite = json.infinite ?? 0;
  histogram.min = json.min ?? Number.POSITIVE_INFINITY;
  histogram.max = json.max ?? 0;
  let counted = histogram.zeros + histogram.infinite;
  for (const [first, ...counts] of json.buckets) {
    counts.forEach((count, at) => {
      if (count > 0) histogram.addToBucket(first + at, count);
      counted += count;
    });
  }
  if (counted !== json.count) throw new RangeError(`a histogram of ${json.count} values counts ${counted}`);
  return histogram;
}

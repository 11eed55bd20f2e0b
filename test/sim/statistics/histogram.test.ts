import fc from 'fast-check';
import { build } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/sim/random/index.ts';
import { bucketStart } from '../../../src/sim/statistics/histogram.ts';
import {
  Histogram,
  histogramFromJson,
  histogramToJson,
  latencyCurve,
} from '../../../src/sim/statistics/index.ts';

const histogramOf = (values: Iterable<number>): Histogram => {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
};

/** 200,000 latencies in seconds: lognormal-like, 1 µs to 10 s. */
const latencies = (() => {
  const next = stream(5, 0, 'latencies');
  return Float64Array.from(
    { length: 200_000 },
    () => 0.004 * Math.exp(Math.log(next() / (1 - next())) * 0.6),
  );
})();

const shares = [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999];

describe('Histogram', () => {
  it('finds every percentile within 0.2% of the sorted values', () => {
    const sorted = latencies.slice().sort();
    const histogram = histogramOf(latencies);
    for (const share of shares) {
      const exact = sorted[Math.ceil(share * sorted.length) - 1];
      expect(Math.abs(histogram.quantile(share) / exact - 1)).toBeLessThan(0.002);
    }
  });

  it('agrees with hdr-histogram-js within the width of both their buckets', () => {
    // Three significant digits of nanoseconds: 0.1%. Ours are at most 0.2% wide.
    const hdr = build({
      lowestDiscernibleValue: 1,
      highestTrackableValue: 1e12,
      numberOfSignificantValueDigits: 3,
    });
    for (const value of latencies) hdr.recordValue(Math.round(value * 1e9));
    const histogram = histogramOf(latencies);
    for (const share of shares) {
      expect(
        Math.abs(histogram.quantile(share) / (hdr.getValueAtPercentile(share * 100) / 1e9) - 1),
      ).toBeLessThan(0.003);
    }
    expect(histogram.count).toBe(hdr.totalCount);
    expect(Math.abs(histogram.mean / (hdr.mean / 1e9) - 1)).toBeLessThan(0.001);
  });

  it('keeps count, sum and ends as recorded, not as bucketed', () => {
    const histogram = histogramOf([0.3, 0.1, 0.7, 0]);
    expect([histogram.count, histogram.sum, histogram.min, histogram.max]).toEqual([
      4,
      0.3 + 0.1 + 0.7,
      0,
      0.7,
    ]);
    expect(histogram.mean).toBe((0.3 + 0.1 + 0.7) / 4);
  });

  it('has buckets that are never wider than 1/512 of their start, and holds each value in its own', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (value) => {
        const [[bucket]] = histogramOf([value]).buckets();
        expect(bucketStart(bucket)).toBeLessThanOrEqual(value);
        expect(bucketStart(bucket + 1)).toBeGreaterThan(value);
        expect(bucketStart(bucket + 1) / bucketStart(bucket) - 1).toBeLessThanOrEqual(1 / 512);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it('holds the smallest and the largest double, and everything between them, in any order', () => {
    const histogram = histogramOf([1, Number.MAX_VALUE, Number.MIN_VALUE, 0, Number.POSITIVE_INFINITY]);
    expect(histogram.count).toBe(5);
    expect(histogram.quantile(0.39)).toBeLessThan(1e-300);
    expect(histogram.quantile(0.5)).toBeCloseTo(1, 2);
    expect(histogram.quantile(0.8)).toBe(Number.MAX_VALUE);
    expect(histogram.quantile(0.81)).toBe(Number.POSITIVE_INFINITY);
  });

  it('answers +∞ for percentiles among what never came, and only for those', () => {
    const histogram = histogramOf([1, 2, 3, 4, 5, 6, 7, 8, 9, Number.POSITIVE_INFINITY]);
    expect(histogram.quantile(0.9)).toBe(9);
    expect(histogram.quantile(0.901)).toBe(Number.POSITIVE_INFINITY);
    expect(histogram.mean).toBe(Number.POSITIVE_INFINITY);
    expect(histogram.finiteMean).toBe(5);
    expect(histogram.max).toBe(9);
    const lost = histogramOf([Number.POSITIVE_INFINITY]);
    expect([lost.quantile(0), lost.quantile(0.5), lost.shareUpTo(1e9)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      0,
    ]);
  });

  it('answers 0 for percentiles among the zeros', () => {
    const histogram = histogramOf([0, 0, 0, 5]);
    expect([0, 0.5, 0.75].map((q) => histogram.quantile(q))).toEqual([0, 0, 0]);
    expect(histogram.quantile(0.76)).toBeGreaterThan(4.9);
  });

  it('is exact where all values are equal', () => {
    const histogram = histogramOf([0.01, 0.01, 0.01]);
    for (const q of [0, 0.3, 0.999, 1]) expect(histogram.quantile(q)).toBe(0.01);
  });

  it('never lets a percentile fall as the share grows', () => {
    const histogram = histogramOf([...latencies.slice(0, 5000), 0, 0, Number.POSITIVE_INFINITY]);
    let last = -1;
    for (let i = 0; i <= 2000; i++) {
      const value = histogram.quantile(i / 2000);
      expect(value).toBeGreaterThanOrEqual(last);
      last = value;
    }
  });

  it('inverts its percentiles by shareUpTo', () => {
    const histogram = histogramOf([
      ...latencies,
      ...new Array<number>(1000).fill(0),
      Number.POSITIVE_INFINITY,
    ]);
    for (const share of shares.slice(1)) {
      expect(Math.abs(histogram.shareUpTo(histogram.quantile(share)) - share)).toBeLessThan(1e-9);
    }
    expect(histogram.shareUpTo(0)).toBeCloseTo(1000 / histogram.count, 15);
    expect(histogram.shareUpTo(histogram.max)).toBe((histogram.count - 1) / histogram.count);
  });

  it('counts a value given with a count as often', () => {
    const once = new Histogram();
    once.record(3, 1000);
    once.record(0, 7);
    once.record(Number.POSITIVE_INFINITY, 2);
    expect([once.count, once.sum, once.zeros, once.infinite]).toEqual([1009, 3000, 7, 2]);
  });

  it('refuses what cannot be a value', () => {
    expect(() => new Histogram().record(-1e-9)).toThrow(RangeError);
    expect(() => new Histogram().record(Number.NaN)).toThrow(RangeError);
    expect(() => new Histogram().quantile(1.1)).toThrow(RangeError);
  });

  it('has no percentiles and no mean while it is empty, and after it was cleared', () => {
    const histogram = histogramOf([1, 2]);
    histogram.clear();
    for (const empty of [new Histogram(), histogram]) {
      expect([empty.quantile(0.5), empty.mean, empty.shareUpTo(1)]).toEqual([
        Number.NaN,
        Number.NaN,
        Number.NaN,
      ]);
      expect([...empty.buckets()]).toEqual([]);
    }
    histogram.record(7);
    expect([histogram.count, histogram.min, histogram.max, histogram.quantile(0.5)]).toEqual([1, 7, 7, 7]);
  });
});

const anyValue = fc.oneof(
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.constant(0),
  fc.constant(Number.POSITIVE_INFINITY),
);

describe('merging histograms', () => {
  it('gives the same as recording everything in one, whichever way round', () => {
    fc.assert(
      fc.property(fc.array(anyValue), fc.array(anyValue), (a, b) => {
        const whole = histogramOf([...a, ...b]);
        const merged = histogramOf(a).merge(histogramOf(b));
        const turned = histogramOf(b).merge(histogramOf(a));
        for (const other of [merged, turned]) {
          expect([...other.buckets()]).toEqual([...whole.buckets()]);
          expect([other.count, other.zeros, other.infinite, other.min, other.max]).toEqual([
            whole.count,
            whole.zeros,
            whole.infinite,
            whole.min,
            whole.max,
          ]);
          expect(Math.abs(other.sum - whole.sum)).toBeLessThanOrEqual(1e-12 * whole.sum);
        }
      }),
      { seed: 3 },
    );
  });
});

describe('a histogram as JSON', () => {
  it('comes back the same', () => {
    fc.assert(
      fc.property(fc.array(anyValue), (values) => {
        const histogram = histogramOf(values);
        const text = JSON.stringify(histogramToJson(histogram));
        const back = histogramFromJson(JSON.parse(text));
        expect(JSON.stringify(histogramToJson(back))).toBe(text);
        for (const q of [0, 0.3, 0.5, 0.99, 1]) expect(back.quantile(q)).toEqual(histogram.quantile(q));
        back.record(3);
        expect(back.count).toBe(histogram.count + 1);
      }),
      { seed: 4 },
    );
  });

  it('writes the same text for the same values in another order', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i + 1) / 8); // their sum is exact in any order
    const text = (order: number[]) => JSON.stringify(histogramToJson(histogramOf(order)));
    expect(text([...values].reverse())).toBe(text(values));
  });

  it('is sparse: runs of neighbours, bridging a single gap', () => {
    const histogram = new Histogram();
    for (const bucket of [0, 1, 3, 6]) histogram.record(1 + bucket / 512);
    const one = 1023 * 512;
    expect(histogramToJson(histogram).buckets).toEqual([
      [one, 1, 1, 0, 1],
      [one + 6, 1],
    ]);
    expect(JSON.stringify(histogramToJson(histogramOf(latencies))).length).toBeLessThan(25_000);
  });

  it('is refused when its counts do not add up', () => {
    const json = histogramToJson(histogramOf([1, 2, 3]));
    expect(() => histogramFromJson({ ...json, count: 4 })).toThrow(RangeError);
  });
});

describe('latencyCurve', () => {
  it('spaces its points evenly in the logarithm of what lies beyond, and ends at the largest value', () => {
    const curve = latencyCurve(histogramOf(latencies), 10);
    expect(curve[10].share).toBeCloseTo(0.9, 12);
    expect(curve[20].share).toBeCloseTo(0.99, 12);
    expect(curve[curve.length - 1]).toEqual({ share: 1, value: latencies.reduce((a, b) => Math.max(a, b)) });
    expect(curve.length).toBe(Math.floor(Math.log10(200_000) * 10) + 2);
    for (let i = 1; i < curve.length; i++) expect(curve[i].value).toBeGreaterThanOrEqual(curve[i - 1].value);
  });

  it('stops where the rest never came', () => {
    const histogram = histogramOf(latencies);
    histogram.record(Number.POSITIVE_INFINITY, 50_000);
    const curve = latencyCurve(histogram);
    expect(curve[curve.length - 1].share).toBe(0.8);
    expect(curve.every(({ value }) => value < Number.POSITIVE_INFINITY)).toBe(true);
    expect(latencyCurve(histogramOf([Number.POSITIVE_INFINITY]))).toEqual([]);
    expect(latencyCurve(new Histogram())).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/sim/random/index.ts';
import {
  changeOf,
  decideTarget,
  durationsWithin,
  type Estimate,
  estimateCount,
  estimateDuration,
  estimateExact,
  estimateMax,
  estimateMean,
  estimateQuantile,
  estimateRatio,
  estimateShare,
  Histogram,
  INTERVAL_95,
  initialPart,
  meanOfRuns,
  mser5,
  oneSided,
  pairedDifference,
  type RunRecord,
  studentQuantile,
} from '../../../src/sim/statistics/index.ts';

const runsOf = (...values: number[]): RunRecord[] => values.map((num) => ({ num, den: 1, n: 1 }));
const infinity = Number.POSITIVE_INFINITY;

const runOf = (values: readonly number[]): RunRecord => {
  const hist = new Histogram();
  for (const value of values) hist.record(value);
  return { num: hist.sum, den: hist.count, n: hist.count, hist };
};

describe('estimateMean', () => {
  it('has Student’s interval over the runs', () => {
    const estimate = estimateMean(runsOf(4, 6, 8));
    expect(estimate.value).toBe(6);
    expect(estimate.halfWidth).toBeCloseTo((4.3027 * 2) / Math.sqrt(3), 3);
    expect(estimate.low).toBeCloseTo(6 - estimate.halfWidth!, 12);
    expect(estimate.data).toBe('ok');
  });

  it('has no interval from one run, and no value from none', () => {
    expect(estimateMean(runsOf(4))).toEqual({ value: 4, data: 'thin' });
    expect(estimateMean([]).data).toBe('none');
    expect(estimateMean([{ num: 0, den: 0, n: 0 }])).toMatchObject({ value: Number.NaN, data: 'none' });
  });

  it('leaves out runs that saw nothing', () => {
    expect(estimateMean([...runsOf(4, 8), { num: 0, den: 0, n: 0 }]).value).toBe(6);
  });

  it('is unbounded as soon as one value is +∞', () => {
    const estimate = estimateMean([runOf([1, 2]), runOf([1, infinity])]);
    expect(estimate).toMatchObject({ value: infinity, high: infinity, data: 'unbounded' });
  });
});

describe('estimateRatio', () => {
  it('weighs runs by their denominators', () => {
    const runs = [
      { num: 1, den: 10, n: 10 },
      { num: 50, den: 90, n: 90 },
    ];
    expect(estimateRatio(runs).value).toBe(0.51);
    // Residuals 1 − 5.1 and 50 − 45.9 over the mean denominator 50.
    expect(estimateRatio(runs).halfWidth).toBeCloseTo((12.7062 * Math.sqrt((2 * 4.1 ** 2) / 2)) / 50, 3);
  });

  it('is the mean where all denominators are equal', () => {
    const mean = estimateMean(runsOf(0.4, 0.7, 0.5));
    const ratio = estimateRatio(runsOf(0.4, 0.7, 0.5));
    expect(ratio.value).toBeCloseTo(mean.value, 15);
    expect(ratio.halfWidth).toBeCloseTo(mean.halfWidth!, 12);
  });
});

describe('estimateQuantile', () => {
  const shifted = (shift: number) => Array.from({ length: 10_000 }, (_, i) => shift + i / 10_000);

  it('is the percentile of the merged runs, with the spread of the runs’ own around it', () => {
    const runs = [runOf(shifted(1)), runOf(shifted(2)), runOf(shifted(3))];
    const estimate = estimateQuantile(runs, 0.9);
    const own = [1.9, 2.9, 3.9];
    expect(estimate.value).toBeCloseTo(3.7, 2); // of 30,000 the 27,000th: 7,000 into the last run
    const squares = own.reduce((sum, q) => sum + (q - 3.7) ** 2, 0);
    expect(estimate.halfWidth).toBeCloseTo(studentQuantile(0.975, 2) * Math.sqrt(squares / 6), 1);
    expect(estimate.low).toBe(Math.max(0, estimate.value - estimate.halfWidth!));
  });

  it('is thin below 500 observations in the tail of a run', () => {
    const runs = [runOf(shifted(1)), runOf(shifted(1.1))];
    expect(estimateQuantile(runs, 0.95).data).toBe('ok');
    expect(estimateQuantile(runs, 0.951).data).toBe('thin');
    expect(estimateQuantile(runs, 0.049).data).toBe('thin');
  });

  it('is unbounded where too many operations never ended', () => {
    const lossy = [...shifted(1).slice(200), ...new Array<number>(200).fill(infinity)];
    const runs = [runOf(lossy), runOf(lossy)];
    expect(estimateQuantile(runs, 0.5).data).toBe('ok');
    expect(estimateQuantile(runs, 0.99)).toMatchObject({ value: infinity, low: infinity, data: 'unbounded' });
  });

  it('reaches to +∞ where only some runs lost so many, and knows a lower end only from enough runs', () => {
    const lossy = runOf([...shifted(1).slice(200), ...new Array<number>(200).fill(infinity)]);
    const sound = runOf(shifted(1));
    expect(estimateQuantile([lossy, sound, sound], 0.985)).toMatchObject({ low: 0, high: infinity });
    const many = estimateQuantile([lossy, sound, sound, sound, sound, sound], 0.985);
    expect(many.low).toBeCloseTo(1.985, 2);
    expect(many).toMatchObject({ high: infinity, data: 'unbounded' });
  });
});

describe('estimateCount and estimateShare', () => {
  it('never call nothing seen a certainty', () => {
    expect(estimateCount(runsOf(0, 0, 0, 0, 0)).high).toBeCloseTo(3 / 5, 2);
    expect(estimateCount(runsOf(0)).high).toBeCloseTo(3, 2);
    const sound = [1, 2].map(() => ({ num: 5000, den: 5000, n: 5000 }));
    expect(estimateShare(sound)).toMatchObject({ value: 1, high: 1, data: 'ok' });
    expect(estimateShare(sound).low).toBeCloseTo(1 - 3 / 10_000, 6);
  });

  it('widen where events come in clusters', () => {
    const spread = estimateCount(runsOf(10, 10, 10, 10));
    const clustered = estimateCount(runsOf(0, 40, 0, 0));
    expect(clustered.value).toBe(spread.value);
    expect(clustered.high! - clustered.low!).toBeGreaterThan(3 * (spread.high! - spread.low!));
    expect(clustered.low).toBe(0);
    const outage = estimateShare(
      [10, 10, 10].map((num, i) => ({ num: i === 0 ? 970 : 1000, den: 1000, n: num })),
    );
    expect(outage.low).toBeLessThan(0.96);
    expect(outage.high).toBe(1);
  });

  it('have no value where nothing was tried', () => {
    expect(estimateCount([]).data).toBe('none');
    expect(estimateShare([{ num: 0, den: 0, n: 0 }]).data).toBe('none');
  });
});

describe('estimateMax', () => {
  it('is the worst seen, which is certain, up to where another run stays', () => {
    const estimate = estimateMax(runsOf(10, 12, 14));
    expect(estimate).toMatchObject({ value: 14, low: 14, data: 'ok' });
    expect(estimate.high).toBeCloseTo(12 + 4.3027 * 2 * Math.sqrt(4 / 3), 2);
    expect(estimateMax(runsOf(5, 5)).high).toBe(5);
    expect(estimateMax([{ num: 1, den: 1, n: 1, max: 9 }])).toMatchObject({ value: 9, data: 'thin' });
    expect(estimateMax(runsOf(1, infinity))).toMatchObject({ value: infinity, data: 'unbounded' });
  });
});

describe('estimateDuration', () => {
  const recovered = (...seconds: number[]) => [
    ...runsOf(...seconds),
    { num: 0, den: 0, n: 0, censored: true },
  ];

  it('counts what never ended as longer than any number', () => {
    const estimate = estimateDuration(recovered(30, 10, 20));
    expect(estimate).toMatchObject({ value: 25, worst: infinity, runs: 4, censored: 1, data: 'thin' });
    expect(estimateDuration(recovered()).value).toBe(infinity);
    expect(durationsWithin(recovered(30, 10, 20), 20)).toEqual({ within: 2, of: 4 });
  });

  it('bounds the median from the shortest to the longest of six, and inside them of more', () => {
    expect(estimateDuration(runsOf(1, 2, 3, 4, 5)).low).toBeUndefined();
    expect(estimateDuration(runsOf(1, 2, 3, 4, 5), oneSided())).toMatchObject({ low: 1, high: 5 });
    expect(estimateDuration(runsOf(6, 5, 4, 3, 2, 1))).toMatchObject({ value: 3.5, low: 1, high: 6 });
    // The printed table of ranks for the sign test: n = 20, two-sided 5%: 6th and 15th.
    const twenty = Array.from({ length: 20 }, (_, i) => i + 1);
    expect(estimateDuration(runsOf(...twenty))).toMatchObject({ value: 10.5, low: 6, high: 15 });
    expect(estimateDuration(recovered(1, 2, 3, 4, 5))).toMatchObject({ high: infinity, data: 'unbounded' });
  });
});

describe('estimateExact', () => {
  it('needs one run only', () => {
    expect(estimateExact(runsOf(7))).toMatchObject({ value: 7, low: 7, high: 7, halfWidth: 0, data: 'ok' });
    expect(estimateExact([]).data).toBe('none');
  });
});

describe('decideTarget', () => {
  const between = (low: number, high: number): Estimate => ({
    value: 0,
    low,
    high,
    halfWidth: 0,
    data: 'ok',
  });

  it.each([
    ['<', 1, 2, 3, 'pass'],
    ['<', 1, 3, 3, 'inconclusive'],
    ['<=', 1, 3, 3, 'pass'],
    ['<', 3, 4, 3, 'fail'],
    ['<=', 3, 4, 3, 'inconclusive'],
    ['<=', 3.1, 4, 3, 'fail'],
    ['>', 4, 5, 3, 'pass'],
    ['>', 3, 5, 3, 'inconclusive'],
    ['>=', 3, 5, 3, 'pass'],
    ['>', 1, 3, 3, 'fail'],
    ['>=', 1, 3, 3, 'inconclusive'],
    ['>=', 1, 2.9, 3, 'fail'],
    ['<', infinity, infinity, 3, 'fail'],
    ['<', 2, infinity, 3, 'inconclusive'],
  ] as const)(
    'holds x %s … with x between %d and %d, limit %d: %s',
    (operator, low, high, limit, decision) => {
      expect(decideTarget(between(low, high), operator, limit)).toBe(decision);
    },
  );

  it('is not decided by one run, and has nothing to decide without data', () => {
    expect(decideTarget(estimateMean(runsOf(1)), '<', 100)).toBe('inconclusive');
    expect(decideTarget(estimateMean([]), '<', 100)).toBe('no-data');
  });

  it('needs wider bounds the more often one looks', () => {
    const runs = runsOf(9, 10, 11, 10);
    expect(decideTarget(estimateMean(runs, oneSided(0.05)), '<', 11)).toBe('pass');
    expect(decideTarget(estimateMean(runs, oneSided(0.05 / 20)), '<', 11)).toBe('inconclusive');
  });
});

describe('pairedDifference', () => {
  it('loses what both runs of a pair share', () => {
    const common = [10, 50, 30, 70];
    const first = meanOfRuns(runsOf(...common));
    const second = meanOfRuns(runsOf(...common.map((value, i) => value + 1 + (i % 2) / 10)));
    const difference = pairedDifference(first, second);
    expect(difference.value).toBeCloseTo(1.05, 12);
    expect(difference.halfWidth).toBeLessThan(0.1);
    expect(changeOf(difference, 0.5, 'lower')).toBe('worse');
    expect(changeOf(difference, 0.5, 'higher')).toBe('better');
    expect(changeOf(difference, 2, 'lower')).toBe('no change');
    expect(changeOf(difference, 1.05, 'lower')).toBe('unclear');
  });

  it('drops a pair of which one run saw nothing, and has no interval where one is infinite', () => {
    const gap: RunRecord = { num: 0, den: 0, n: 0 };
    const first = meanOfRuns([...runsOf(1, 2, 3), gap]);
    const second = meanOfRuns(runsOf(2, 3, 4, 5));
    expect(pairedDifference(first, second).halfWidth).toBeGreaterThan(0);
    expect(pairedDifference(first, meanOfRuns(runsOf(2, infinity, 4, 5)))).toMatchObject({
      low: undefined,
      data: 'unbounded',
    });
    expect(() => pairedDifference(first, meanOfRuns(runsOf(1)))).toThrow(RangeError);
  });
});

describe('mser5', () => {
  const noisy = (level: (i: number) => number, length = 1000, runs = 5): number[][] =>
    Array.from({ length: runs }, (_, run) => {
      const next = stream(8, run, 'mser');
      return Array.from({ length }, (_, i) => level(i) + next() - 0.5);
    });

  it('cuts a decaying start where it has drowned in the noise', () => {
    const { cut, isWarmedUp } = mser5(noisy((i) => 10 * Math.exp(-i / 40)));
    // exp(−i/40) × 10 falls below 0.1 at 184 and below 0.002 at 340.
    expect(cut).toBeGreaterThan(120);
    expect(cut).toBeLessThan(340);
    expect(isWarmedUp).toBe(true);
  });

  it('cuts little of a flat series', () => {
    const { cut, isWarmedUp } = mser5(noisy(() => 3));
    expect(cut).toBeLessThan(250);
    expect(isWarmedUp).toBe(true);
  });

  it('says that a series that keeps growing never settled', () => {
    expect(mser5(noisy((i) => i / 20)).isWarmedUp).toBe(false);
    expect(mser5([[1, 2, 3]]).isWarmedUp).toBe(false);
    expect(mser5([]).isWarmedUp).toBe(false);
  });

  it('equals the definition, computed the slow way', () => {
    const series = noisy((i) => 5 * Math.exp(-i / 100), 400);
    const batches = Array.from({ length: 80 }, (_, batch) => {
      let sum = 0;
      for (const run of series) for (let i = 0; i < 5; i++) sum += run[batch * 5 + i];
      return sum / 25;
    });
    const errors = batches.slice(0, 76).map((_, first) => {
      const kept = batches.slice(first);
      const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
      return kept.reduce((sum, value) => sum + (value - mean) ** 2, 0) / kept.length ** 2;
    });
    expect(mser5(series).cut).toBe(errors.indexOf(Math.min(...errors)) * 5);
  });
});

describe('a confidence', () => {
  it('leaves 5% outside, together on two sides or alone on one', () => {
    expect(INTERVAL_95.tail * INTERVAL_95.sides).toBe(0.05);
    expect(oneSided()).toEqual({ tail: 0.05, sides: 1 });
  });
});

describe('initialPart', () => {
  const flat = (runs: number, first: (run: number) => number): number[][] =>
    Array.from({ length: runs }, (_, run) => {
      const next = stream(9, run, 'initial');
      return Array.from({ length: 256 }, (_, at) => (at < 16 ? first(run) : 0) + next());
    });

  const early = (series: number[][]): number => initialPart(series, 0.001);

  it('is as long as the part that is unlike the rest in all runs, on whichever side', () => {
    expect(early(flat(5, () => 1))).toBe(16);
    expect(early(flat(5, () => -1))).toBe(16);
    expect(early(flat(40, () => 1))).toBe(16);
  });

  it('is nothing where one run alone has a burst, where all is equal, and where one run is all there is', () => {
    expect(early(flat(5, (run) => (run === 3 ? 100 : 0)))).toBe(0);
    expect(early([Array(64).fill(1), Array(64).fill(2)])).toBe(0);
    expect(early(flat(1, () => 100))).toBe(0);
    expect(early([])).toBe(0);
  });

  it('is wrong of one observation as often as its level says, with three runs as with thirty', () => {
    for (const runs of [3, 30]) {
      let wrong = 0;
      for (let trial = 0; trial < 4000; trial += 1) {
        const next = stream(10, trial, `initial ${runs}`);
        // Fewer than eight observations: blocks of one alone are tried.
        if (
          initialPart(
            Array.from({ length: runs }, () => Array.from({ length: 7 }, next)),
            0.05,
          ) > 0
        )
          wrong += 1;
      }
      // Binomial: 200 ± 3.3 · √190 = 45; the bound for many runs is on the safe side; ranks are multiples of 1/7.
      expect(wrong).toBeLessThan(245);
      if (runs === 3) expect(wrong).toBeGreaterThan(100);
    }
  });
});

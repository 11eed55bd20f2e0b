import { describe, expect, it } from 'vitest';
import { exponential, lognormal } from '../../../src/sim/distributions/index.ts';
import { type Random, stream } from '../../../src/sim/random/index.ts';
import {
  type Estimate,
  estimateCount,
  estimateDuration,
  estimateMean,
  estimateQuantile,
  estimateRatio,
  estimateShare,
  Histogram,
  oneSided,
  type RunRecord,
} from '../../../src/sim/statistics/index.ts';

const EXPERIMENTS = 600;

/**
 * In how many of many small experiments the interval held the truth. At 95% of 600 that is 570 ± 5.3; the limits are
 * 3 standard deviations away (99.7%): 554 to 586. Exact bounds for counts cover more, since counts are whole.
 */
const AT_LEAST = 554;
const AT_MOST = 586;

function held(
  name: string,
  truth: number,
  estimate: (random: Random) => Estimate,
  experiments = EXPERIMENTS,
): number {
  let count = 0;
  for (let i = 0; i < experiments; i++) {
    const { low, high } = estimate(stream(2026, i, name));
    if (low! <= truth && truth <= high!) count++;
  }
  return count;
}

function missedAbove(name: string, truth: number, estimate: (random: Random) => Estimate): number {
  let count = 0;
  for (let i = 0; i < EXPERIMENTS; i++) if (truth > estimate(stream(2026, i, name)).high!) count++;
  return count;
}

const runs = (count: number, run: () => RunRecord): RunRecord[] => Array.from({ length: count }, run);

/** A run's mean of 200 latencies that share a load, so that values inside a run hang together. */
function meanRun(random: Random): RunRecord {
  const load = 0.8 + 0.4 * random();
  const latency = exponential(1);
  let num = 0;
  for (let i = 0; i < 200; i++) num += load * latency.quantile(random());
  return { num, den: 200, n: 200 };
}

describe('95% intervals hold the truth in 95% of experiments', () => {
  it('for a mean over 5 runs', () => {
    const count = held('mean', 1, (random) => estimateMean(runs(5, () => meanRun(random))));
    expect(count).toBeGreaterThanOrEqual(AT_LEAST);
    expect(count).toBeLessThanOrEqual(AT_MOST);
  });

  it('for a ratio over 20 runs of random length', () => {
    const count = held('ratio', 0.8, (random) =>
      estimateRatio(
        runs(20, () => {
          const den = 50 + Math.floor(100 * random());
          const skill = 0.7 + 0.2 * random();
          let num = 0;
          for (let i = 0; i < den; i++) if (random() < skill) num++;
          return { num, den, n: den };
        }),
      ),
    );
    expect(count).toBeGreaterThanOrEqual(AT_LEAST);
    expect(count).toBeLessThanOrEqual(AT_MOST);
  });

  it('for a p95 over 5 runs with 500 values in the tail', () => {
    const latency = exponential(1);
    const truth = latency.quantile(0.95);
    const count = held(
      'quantile',
      truth,
      (random) =>
        estimateQuantile(
          runs(5, () => {
            const hist = new Histogram();
            for (let i = 0; i < 10_000; i++) hist.record(latency.quantile(random()));
            return { num: hist.sum, den: hist.count, n: hist.count, hist };
          }),
          0.95,
        ),
      200,
    );
    // 95% of 200 is 190 ± 3.1, three of them to either side.
    expect(count).toBeGreaterThanOrEqual(180);
    expect(count).toBeLessThanOrEqual(199);
  });

  it('for a count, also where hardly anything is ever seen', () => {
    for (const mean of [0.2, 3]) {
      const poisson = (random: Random) => {
        let events = -1;
        for (let time = 0; time < mean; events++) time -= Math.log(random());
        return Math.max(0, events);
      };
      const count = held(`count ${mean}`, mean, (random) =>
        estimateCount(runs(5, () => ({ num: poisson(random), den: 1, n: 1 }))),
      );
      expect(count).toBeGreaterThanOrEqual(AT_LEAST);
    }
  });

  it('for a share, also where nearly all succeed', () => {
    for (const truth of [0.999, 0.6]) {
      const count = held(`share ${truth}`, truth, (random) =>
        estimateShare(
          runs(5, () => {
            let num = 0;
            for (let i = 0; i < 300; i++) if (random() < truth) num++;
            return { num, den: 300, n: 300 };
          }),
        ),
      );
      expect(count).toBeGreaterThanOrEqual(AT_LEAST);
    }
  });

  it('for the median of a duration over 9 runs', () => {
    const recovery = lognormal(60, 2);
    const count = held('duration', recovery.quantile(0.5), (random) =>
      estimateDuration(runs(9, () => ({ num: recovery.quantile(random()), den: 1, n: 1 }))),
    );
    // The second shortest to the second longest of nine: exactly 96.1%, 577 ± 4.7.
    expect(count).toBeGreaterThanOrEqual(562);
    expect(count).toBeLessThanOrEqual(591);
  });
});

describe('a one-sided 95% bound', () => {
  it('lies beyond the truth in all but 5% of experiments', () => {
    const missed = missedAbove('one side', 1, (random) =>
      estimateMean(
        runs(5, () => meanRun(random)),
        oneSided(),
      ),
    );
    // 30 ± 5.3 of 600.
    expect(missed).toBeGreaterThanOrEqual(14);
    expect(missed).toBeLessThanOrEqual(46);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BatchFigures,
  sizeOrLinger,
  sizeOrTick,
} from '../../../../src/models/algorithms/queueing/batch-wait.ts';
import { invertTail } from '../../../../src/models/algorithms/queueing/invert-tail.ts';
import {
  type AnswerTime,
  exponentialOrderMean,
  orderStatistic,
} from '../../../../src/models/algorithms/queueing/order-statistic.ts';
import { poissonExpectation } from '../../../../src/models/algorithms/queueing/poisson.ts';
import { randomSource } from '../random-source.ts';

const infinite = Number.POSITIVE_INFINITY;

function close(actual: number, expected: number, digits = 9): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(10 ** -digits * Math.abs(expected));
}

/** Batches played through; `closesAt(opened)` is when a batch that opened then goes if it is not full before. */
function play(rate: number, size: number, closesAt: (opened: number) => number, records: number) {
  const random = randomSource(31);
  const batches: { size: number; wait: number; full: boolean }[] = [];
  let now = -Math.log1p(-random()) / rate;
  for (let seen = 0; seen < records; ) {
    const closes = closesAt(now);
    const arrivals: number[] = [];
    while (now < closes && arrivals.length < size) {
      arrivals.push(now);
      now += -Math.log1p(-random()) / rate;
    }
    const full = arrivals.length === size;
    const gone = full ? arrivals[size - 1] : closes;
    batches.push({ size: arrivals.length, full, wait: arrivals.reduce((sum, at) => sum + gone - at, 0) });
    seen += arrivals.length;
  }
  return batches;
}

/** Within 3.3 standard errors of what the batches played through give; the wait as a ratio over batches. */
function agrees(figures: BatchFigures, batches: ReturnType<typeof play>): void {
  const count = batches.length;
  const mean = (f: (batch: (typeof batches)[0]) => number) =>
    batches.reduce((sum, batch) => sum + f(batch), 0) / count;
  const vanishes = (f: (batch: (typeof batches)[0]) => number) =>
    expect(Math.abs(mean(f))).toBeLessThan(3.3 * Math.sqrt(mean((batch) => f(batch) ** 2) / count));
  vanishes((batch) => batch.wait - figures.meanWait * batch.size);
  vanishes((batch) => batch.size - figures.meanSize);
  const { fullRatio } = figures;
  const interval = 3.3 * Math.sqrt((fullRatio * (1 - fullRatio)) / count);
  expect(Math.abs(mean((batch) => (batch.full ? 1 : 0)) - fullRatio)).toBeLessThan(interval);
}

describe('a batch of size or linger', () => {
  it('of two: half the records wait, for the linger or the second record', () => {
    const { meanWait, meanSize, fullRatio } = sizeOrLinger({ arrivalRate: 50, size: 2, linger: 0.03 });
    const closed = 1 - Math.exp(-1.5);
    close(meanWait, closed / 50 / (1 + closed));
    close(meanSize, 1 + closed);
    close(fullRatio, closed);
  });

  it('without a size waits (L + λL²/2) / (1 + λL)', () => {
    const { meanWait, meanSize, fullRatio } = sizeOrLinger({
      arrivalRate: 200,
      size: infinite,
      linger: 0.005,
    });
    close(meanWait, (0.005 + 200 * 0.005 ** 2 * 0.5) / 2);
    close(meanSize, 2);
    expect(fullRatio).toBe(0);
  });

  it('waits the whole linger alone, half of the filling time in a crowd, not at all by itself', () => {
    close(sizeOrLinger({ arrivalRate: 1e-9, size: 100, linger: 2 }).meanWait, 2, 6);
    close(sizeOrLinger({ arrivalRate: 1e6, size: 100, linger: 2 }).meanWait, 99 / 2 / 1e6);
    close(sizeOrLinger({ arrivalRate: 10, size: 100, linger: infinite }).meanWait, 99 / 2 / 10);
    expect(sizeOrLinger({ arrivalRate: 10, size: 1, linger: 2 })).toEqual({
      meanWait: 0,
      meanSize: 1,
      flushRate: 10,
      fullRatio: 1,
    });
    expect(sizeOrLinger({ arrivalRate: 10, size: 5, linger: 0 }).meanWait).toBe(0);
  });

  it.each([
    { arrivalRate: 100, size: 8, linger: 0.05 },
    { arrivalRate: 100, size: 6, linger: 0.05 },
    { arrivalRate: 20, size: 50, linger: 1 },
  ])('agrees with batches played through: $size records or $linger s at $arrivalRate/s', (rule) => {
    agrees(
      sizeOrLinger(rule),
      play(rule.arrivalRate, rule.size, (opened) => opened + rule.linger, 200_000),
    );
  });

  it('never waits longer for a smaller size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.1, max: 400, noNaN: true }),
        (size, rate) => {
          const wait = (records: number) =>
            sizeOrLinger({ arrivalRate: rate, size: records, linger: 1 }).meanWait;
          expect(wait(size)).toBeLessThanOrEqual(wait(size + 1) * (1 + 1e-12));
        },
      ),
      { seed: 2 },
    );
  });
});

describe('a batch of size or tick', () => {
  it('without a size waits half a tick, at any rate', () => {
    for (const arrivalRate of [0.01, 3, 5000]) {
      close(sizeOrTick({ arrivalRate, size: infinite, tick: 5 }).meanWait, 2.5);
    }
  });

  it('in a crowd waits half of the filling time', () => {
    close(sizeOrTick({ arrivalRate: 1e5, size: 1000, tick: 50 }).meanWait, 999 / 2 / 1e5, 3);
  });

  it.each([
    { arrivalRate: 300, size: 1000, tick: 5 },
    { arrivalRate: 40, size: 7, tick: 0.3 },
  ])('agrees with batches played through: $size records or every $tick s at $arrivalRate/s', (rule) => {
    const { arrivalRate, size, tick } = rule;
    const nextTick = (opened: number) => (Math.floor(opened / tick) + 1) * tick;
    agrees(sizeOrTick(rule), play(arrivalRate, size, nextTick, 200_000));
  });

  it('sends every record: batches a second times their size is the rate', () => {
    for (const rule of [
      { arrivalRate: 7, size: 3, tick: 1 },
      { arrivalRate: 0.2, size: 100, tick: 1 },
    ]) {
      const { flushRate, meanSize } = sizeOrTick(rule);
      close(flushRate * meanSize, rule.arrivalRate);
    }
    close(sizeOrTick({ arrivalRate: 0.2, size: 100, tick: 1 }).flushRate, 1 - Math.exp(-0.2));
  });
});

describe('the k-th of n answers', () => {
  const like = (count: number, answer: AnswerTime): AnswerTime[] =>
    Array.from({ length: count }, () => answer);

  it('alike: the fastest of three takes a third, the slowest 1 + 1/2 + 1/3, the second 5/6', () => {
    const of = (rank: number) => orderStatistic(like(3, { exponentialMean: 6 }), rank).mean;
    expect([of(1), of(2), of(3)].map((mean) => Math.round(mean * 1e9) / 1e9)).toEqual([2, 5, 11]);
    close(exponentialOrderMean(100, 100, 1), 5.187377517639621); // the hundredth harmonic number
  });

  it('of constants is their order statistic', () => {
    const answers = [{ constant: 0.07 }, { constant: 0.002 }, { constant: 0.212 }];
    [0.002, 0.07, 0.212].forEach((expected, index) => {
      const statistic = orderStatistic(answers, index + 1);
      close(statistic.mean, expected);
      close(statistic.quantile(0.5), expected);
      close(statistic.quantile(0.999), expected);
      expect([statistic.tail(expected * 0.999), statistic.tail(expected)]).toEqual([1, 0]);
    });
    expect(orderStatistic([{}, {}], 2)).toMatchObject({ mean: 0 });
  });

  it('unlike: the slower of two takes a + b − ab/(a + b), the faster ab/(a + b)', () => {
    const answers = [{ exponentialMean: 0.003 }, { exponentialMean: 0.05 }];
    const faster = (0.003 * 0.05) / 0.053;
    close(orderStatistic(answers, 1).mean, faster);
    close(orderStatistic(answers, 2).mean, 0.053 - faster);
  });

  it('with a constant each: one that starts later can only win what is left', () => {
    // Second starts d later: mean of the faster = ∫₀^d e^(−t/m) + e^(−d/m) · m/2.
    const [m, d] = [0.01, 0.007];
    const answers = [{ exponentialMean: m }, { constant: d, exponentialMean: m }];
    close(orderStatistic(answers, 1).mean, -m * Math.expm1(-d / m) + (Math.exp(-d / m) * m) / 2);
    close(
      orderStatistic(like(5, { constant: 3, exponentialMean: 2 }), 3).mean,
      3 + exponentialOrderMean(5, 3, 2),
    );
  });

  it('adds up over the ranks to the sum of the means', () => {
    const answers = [
      { constant: 0.069, exponentialMean: 0.004 },
      { constant: 0.001, exponentialMean: 0.02 },
      { constant: 0.212 },
      { exponentialMean: 0.1 },
    ];
    const ranks = [1, 2, 3, 4].reduce((sum, rank) => sum + orderStatistic(answers, rank).mean, 0);
    close(ranks, 0.073 + 0.021 + 0.212 + 0.1);
  });

  it('has quantiles that its tail confirms', () => {
    const statistic = orderStatistic(like(3, { constant: 0.01, exponentialMean: 0.005 }), 2);
    // Two of three: P(T > t) = q²(3 − 2q), q = e^(−(t − 0.01)/0.005).
    const q = Math.exp(-2);
    close(statistic.tail(0.02), q * q * (3 - 2 * q));
    close(statistic.tail(statistic.quantile(0.99)), 0.01);
  });

  it('asks for a rank that exists', () => {
    expect(() => orderStatistic([{ constant: 1 }], 2)).toThrow(RangeError);
  });
});

describe('Poisson sums', () => {
  it('give the moments, from tiny to huge means', () => {
    for (const mean of [0, 1e-8, 0.3, 12, 700, 1e6]) {
      close(
        poissonExpectation(mean, (n) => (n === 0 ? 1 : 0)),
        mean > 100 ? 0 : Math.exp(-mean),
        8,
      );
      close(
        poissonExpectation(mean, (n) => n),
        mean,
        8,
      );
      close(
        poissonExpectation(mean, (n) => n * (n - 1)),
        mean * mean,
        8,
      );
    }
  });

  it('lump everything beyond the cap', () => {
    close(
      poissonExpectation(2, (n) => n, 1),
      1 - Math.exp(-2),
    );
    expect(poissonExpectation(1e6, (n) => n, 10)).toBe(10);
    expect(poissonExpectation(infinite, (n) => n, 10)).toBe(10);
  });
});

describe('a tail turned around', () => {
  it('finds the last instant at which it is still too high, steps included', () => {
    close(
      invertTail((t) => Math.exp(-3 * t), 0.99, 1),
      Math.log(100) / 3,
      13,
    );
    close(
      invertTail((t) => (t < 0.25 ? 1 : 0), 0.5, 1e-6),
      0.25,
      13,
    );
    expect(invertTail((t) => 0.3 * Math.exp(-t), 0.7, 1)).toBe(0);
    expect(invertTail((t) => Math.exp(-t), 1, 1)).toBe(infinite);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Counter, Level, Ratio, Tally } from '../../../src/sim/statistics/index.ts';

const SECOND = 1_000_000_000;

describe('Level', () => {
  it('weighs each value by the time that it held', () => {
    const level = new Level(0, 2);
    level.set(1 * SECOND, 10);
    level.add(3 * SECOND, -6);
    expect(level.mean(4 * SECOND)).toBe((2 + 20 + 4) / 4);
    expect(level.integral(4 * SECOND)).toBe(26);
    expect(level.max).toBe(10);
    expect(level.value).toBe(4);
  });

  it('forgets the warm-up on reset, but not the value that holds', () => {
    const level = new Level();
    level.set(0, 100);
    level.set(5, 3);
    level.reset(10);
    level.set(20, 5);
    expect(level.mean(30)).toBe(4);
    expect(level.max).toBe(5);
  });

  it('is its value while no time has passed', () => {
    const level = new Level(7, 3);
    level.set(7, 9);
    expect(level.mean(7)).toBe(9);
    expect(level.max).toBe(9);
  });

  it('is exact for whole numbers beyond 2⁵³, however often an unchanged value is set again', () => {
    const plain = new Level();
    const observed = new Level();
    let area = 0n;
    let value = 0;
    let now = 0;
    for (let i = 0; i < 20_000; i++) {
      const until = now + 3_333_333_331 + ((i * 7_919) % 1_000_003);
      area += BigInt(value) * BigInt(until - now);
      observed.set(now + 1, value);
      observed.set(until - 1, value);
      now = until;
      value = (i * 104_729) % 400_000;
      plain.set(now, value);
      observed.set(now, value);
    }
    expect(area).toBeGreaterThan(2n ** 63n);
    expect(plain.integral(now)).toBe(Number(area) / SECOND);
    expect(observed.integral(now)).toBe(plain.integral(now));
  });

  it('holds negative values too', () => {
    const level = new Level(0, -5);
    level.set(2, 1);
    expect(level.mean(4)).toBe(-2);
  });

  it('refuses to go back in time', () => {
    const level = new Level(10);
    expect(() => level.set(9, 1)).toThrow(RangeError);
  });
});

describe('Tally', () => {
  it('has the mean and variance of the values, and merging two has those of all', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    const tallyOf = (list: number[]) => {
      const tally = new Tally();
      for (const value of list) tally.record(value);
      return tally;
    };
    fc.assert(
      fc.property(values, values, (a, b) => {
        const all = [...a, ...b];
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
        const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - 1);
        for (const tally of [tallyOf(all), tallyOf(a).merge(tallyOf(b))]) {
          expect(Math.abs(tally.mean - mean)).toBeLessThan(1e-9);
          expect(Math.abs(tally.variance - variance)).toBeLessThan(1e-9 * (1 + variance));
          expect([tally.count, tally.min, tally.max]).toEqual([
            all.length,
            Math.min(...all),
            Math.max(...all),
          ]);
        }
      }),
      { seed: 5 },
    );
  });

  it('keeps a small spread around a large mean', () => {
    const tally = new Tally();
    for (const value of [1e9 + 1, 1e9 + 2, 1e9 + 3]) tally.record(value);
    expect(tally.variance).toBe(1);
    expect(tally.standardDeviation).toBe(1);
  });

  it('has no mean without values, no variance with one, and is empty after a reset', () => {
    const tally = new Tally();
    expect([tally.mean, tally.variance]).toEqual([Number.NaN, Number.NaN]);
    tally.record(3);
    expect([tally.mean, tally.variance, tally.sum]).toEqual([3, Number.NaN, 3]);
    tally.reset();
    expect([tally.count, tally.sum, tally.mean]).toEqual([0, 0, Number.NaN]);
    expect(new Tally().merge(new Tally()).count).toBe(0);
  });
});

describe('Counter and Ratio', () => {
  it('count per second of the time since the reset', () => {
    const counter = new Counter(0);
    counter.add(50);
    counter.reset(2 * SECOND);
    counter.add();
    counter.add(5);
    expect(counter.total).toBe(6);
    expect(counter.rate(5 * SECOND)).toBe(2);
  });

  it('divide sums, not ratios', () => {
    const ratio = new Ratio();
    ratio.add(1, 10);
    ratio.add(90, 90);
    expect(ratio.value).toBe(0.91);
    ratio.reset();
    expect(ratio.value).toBeNaN();
    ratio.observe(true);
    ratio.observe(false);
    expect(ratio.value).toBe(0.5);
  });
});

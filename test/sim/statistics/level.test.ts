import { describe, expect, it } from 'vitest';
import { Level } from '../../../src/sim/statistics/index.ts';

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

import { describe, expect, test } from 'vitest';
import {
  burstStates,
  dispersionOf,
  mostDispersion,
} from '../../../../src/models/algorithms/arrivals/dispersion.ts';
import { Modulation, ofMeanOne } from '../../../../src/models/algorithms/arrivals/modulation.ts';
import { stream } from '../../../../src/sim/random/streams.ts';

const bursts = { dispersion: 15, within: 1, share: 0.05, last: 1 };

/** I(t) as Heffes and Lucantoni write it, of rates λ₁, λ₂ and rates of change σ₁ (out of state 1), σ₂. */
function heffesLucantoni([l1, l2]: number[], [s1, s2]: number[], t: number): number {
  const s = s1 + s2;
  const limit = (2 * s1 * s2 * (l1 - l2) ** 2) / (s ** 2 * (l1 * s2 + l2 * s1));
  return 1 + limit * (1 - (1 - Math.exp(-s * t)) / (s * t));
}

describe('two-state bursts', () => {
  test.each([3, 20, 430])(
    'at %d/s disperse the counts of a second as asked, over another time as the formula says',
    (rate) => {
      const states = burstStates(bursts, rate);
      const rates = states.map(({ factor }) => factor * rate);
      const changes = states.map(({ last }) => 1 / last);
      expect(heffesLucantoni(rates, changes, 1)).toBeCloseTo(15, 9);
      for (const time of [0.01, 1, 60]) {
        expect(dispersionOf(states, rate, time)).toBeCloseTo(heffesLucantoni(rates, changes, time), 9);
      }
    },
  );

  test('have a mean of one, and the share and length of bursts that was asked for', () => {
    const [burst, calm] = burstStates({ ...bursts, last: 4 }, 30);
    expect(burst.last).toBe(4);
    expect(burst.last / (burst.last + calm.last)).toBeCloseTo(0.05, 12);
    expect(burst.factor * 0.05 + calm.factor * 0.95).toBeCloseTo(1, 12);
  });

  test('that are all there is are dispersed as far as they can be, and no further', () => {
    const most = mostDispersion(bursts, 2);
    const states = burstStates({ ...bursts, dispersion: most * 2 }, 2);
    expect(states[1].factor).toBe(0);
    expect(dispersionOf(states, 2, 1)).toBeCloseTo(most, 9);
  });

  test('of dispersion 1 are Poisson', () => {
    for (const { factor } of burstStates({ ...bursts, dispersion: 1 }, 7)) expect(factor).toBe(1);
  });
});

describe('states of callers', () => {
  const states = [
    { factor: 1, last: 5 },
    { factor: 4, last: 2 },
    { factor: 0, last: 3 },
  ];

  test('share the time as long as they last, with a mean factor of 1', () => {
    const random = stream(1, 0, 'states');
    const modulation = new Modulation(states, 0, random);
    const times = new Map<number, number>();
    for (let at = 0; at < 90_000; at += 1) {
      const from = modulation.until;
      modulation.change();
      times.set(modulation.factor, (times.get(modulation.factor) ?? 0) + modulation.until - from);
    }
    const total = [...times.values()].reduce((sum, time) => sum + time, 0);
    // 30,000 exponential stays in each: a share is off by less than 4 · √2 / √30,000 of itself in 9,999 of 10,000 cases.
    for (const { factor, last } of ofMeanOne(states)) {
      expect(Math.abs((times.get(factor) as number) / total / (last / 10) - 1)).toBeLessThan(0.033);
    }
    expect(ofMeanOne(states).reduce((sum, { factor, last }) => sum + factor * last, 0) / 10).toBeCloseTo(
      1,
      12,
    );
  });

  test('begin in each as often as it has a share of the time', () => {
    const random = stream(2, 0, 'states');
    const factors = Array.from({ length: 10_000 }, () => new Modulation(states, 0, random).factor);
    // Half of the time in the first: 3.9 standard deviations of 50 on either side.
    const first = factors.filter((factor) => factor === ofMeanOne(states)[0].factor).length;
    expect(Math.abs(first - 5000)).toBeLessThan(3.9 * 50);
  });
});

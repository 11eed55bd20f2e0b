import { describe, expect, it } from 'vitest';
import type { Balancer } from '../../../../src/models/algorithms/balancing/balancer.ts';
import { leastRequest } from '../../../../src/models/algorithms/balancing/least-request.ts';
import { random } from '../../../../src/models/algorithms/balancing/random.ts';
import { roundRobin } from '../../../../src/models/algorithms/balancing/round-robin.ts';
import { twoChoices } from '../../../../src/models/algorithms/balancing/two-choices.ts';
import { weighted } from '../../../../src/models/algorithms/balancing/weighted.ts';
import { weightedLeastRequest } from '../../../../src/models/algorithms/balancing/weighted-least-request.ts';
import { randomSource } from '../random-source.ts';

const picks = (pick: Balancer, inFlight: number[], healthy: number[], count: number): number[] =>
  Array.from({ length: count }, () => pick({ inFlight, healthy }));

const tally = (indices: number[], instances: number): number[] =>
  Array.from({ length: instances }, (_, index) => indices.filter((picked) => picked === index).length);

describe('round robin', () => {
  it('goes around, past the unhealthy', () => {
    expect(picks(roundRobin(), [0, 0, 0, 0], [1, 0, 1, 1], 7)).toEqual([0, 2, 3, 0, 2, 3, 0]);
  });
});

describe('random', () => {
  it('is fair among the healthy, however few they are', () => {
    const counts = tally(picks(random({}, randomSource(1)), [0, 0, 0, 0, 0], [1, 0, 0, 1, 1], 30_000), 5);
    // Binomial, 10,000 ± 82 each: 3.3 standard deviations.
    for (const index of [0, 3, 4]) expect(Math.abs(counts[index] - 10_000)).toBeLessThan(270);
  });
});

describe('least request', () => {
  it('picks the least busy, and takes turns among equals', () => {
    const pick = leastRequest();
    expect(picks(pick, [4, 1, 2, 1], [1, 1, 1, 1], 3)).toEqual([1, 3, 1]);
    expect(picks(pick, [4, 1, 0, 1], [1, 1, 0, 1], 2)).toEqual([3, 1]);
    expect(picks(leastRequest(), [0, 0, 0], [1, 1, 1], 5)).toEqual([0, 1, 2, 0, 1]);
  });

  it('goes on where the instance after the last pick has gone', () => {
    const pick = leastRequest();
    picks(pick, [0, 0, 0], [1, 1, 1], 3);
    expect(picks(pick, [0, 0], [1, 1], 2)).toEqual([0, 1]);
  });
});

describe('two choices', () => {
  it('draws with replacement, keeps the first on a tie, and else takes the less busy', () => {
    const drawn = (...uniforms: number[]) => twoChoices({}, () => uniforms.shift()!);
    const pool = { inFlight: [5, 3, 3, 9], healthy: [1, 1, 1, 1] };
    expect(drawn(0.3, 0.6)(pool)).toBe(1);
    expect(drawn(0.6, 0.3)(pool)).toBe(2);
    expect(drawn(0.8, 0.1)(pool)).toBe(0);
    expect(drawn(0.8, 0.9)(pool)).toBe(3);
  });

  it('keeps the longest queue far below blind choice: log log against log', () => {
    const fullest = (pick: Balancer): number => {
      const inFlight = Array<number>(10_000).fill(0);
      const healthy = Array<number>(10_000).fill(1);
      for (let ball = 0; ball < 10_000; ball++) inFlight[pick({ inFlight, healthy })]++;
      return Math.max(...inFlight);
    };
    // Azar, Broder, Karlin, Upfal 1994: ln ln n / ln 2 + O(1) = 3.2 + O(1) against ln n / ln ln n (1 + o(1)) = 4.1 and up.
    expect(fullest(twoChoices({}, randomSource(1)))).toBeLessThanOrEqual(4);
    expect(fullest(random({}, randomSource(1)))).toBeGreaterThanOrEqual(6);
  });

  it('spends no draw and takes weighted turns where weights differ', () => {
    const pick = twoChoices({ weights: [2, 1] }, () => {
      throw new Error('drew');
    });
    expect(tally(picks(pick, [0, 0], [1, 1], 300), 2)).toEqual([200, 100]);
  });
});

describe('weighted least request', () => {
  it('shares idle instances by weight, and busy ones by weight over load', () => {
    const share = (inFlight: number[], bias?: number) =>
      tally(picks(weightedLeastRequest({ weights: [1, 2, 1], bias }), inFlight, [1, 1, 1], 4000), 3);
    expect(share([0, 0, 0])).toEqual([1000, 2000, 1000]);
    // Weights over load + 1: 1, 2/4, 1/2.
    expect(share([0, 3, 1])).toEqual([2000, 1000, 1000]);
    expect(share([0, 3, 1], 0)).toEqual([1000, 2000, 1000]);
  });

  it('owes nothing to an instance that was away', () => {
    const pick = weightedLeastRequest({ weights: [1, 1] });
    picks(pick, [0, 0], [1, 0], 100);
    expect(tally(picks(pick, [0, 0], [1, 1], 10), 2)).toEqual([5, 5]);
  });
});

describe('weighted', () => {
  it("spreads turns as nginx's own example does: a a b a c a a", () => {
    expect(picks(weighted({ weights: [5, 1, 1] }), [0, 0, 0], [1, 1, 1], 7)).toEqual([0, 0, 1, 0, 2, 0, 0]);
  });

  it('keeps the proportions of those that are left', () => {
    expect(tally(picks(weighted({ weights: [5, 3, 1] }), [0, 0, 0], [0, 1, 1], 400), 3)).toEqual([
      0, 300, 100,
    ]);
  });

  it('never picks weight 0', () => {
    expect(tally(picks(weighted({ weights: [0, 1] }), [0, 0], [1, 1], 10), 2)).toEqual([0, 10]);
    expect(picks(weighted({ weights: [0, 1] }), [0, 0], [1, 0], 1)).toEqual([-1]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Balancer, UniformSource } from '../../../../src/models/algorithms/balancing/balancer.ts';
import { leastRequest } from '../../../../src/models/algorithms/balancing/least-request.ts';
import { random } from '../../../../src/models/algorithms/balancing/random.ts';
import { roundRobin } from '../../../../src/models/algorithms/balancing/round-robin.ts';
import { twoChoices } from '../../../../src/models/algorithms/balancing/two-choices.ts';
import { weighted } from '../../../../src/models/algorithms/balancing/weighted.ts';
import { weightedLeastRequest } from '../../../../src/models/algorithms/balancing/weighted-least-request.ts';
import { randomSource } from '../random-source.ts';

const unequal = [3, 1, 2, 1, 5, 1, 1];

const balancers: Record<string, (uniform: UniformSource) => Balancer> = {
  'round robin': () => roundRobin(),
  random: (uniform) => random({}, uniform),
  'least request': () => leastRequest(),
  'two choices': (uniform) => twoChoices({}, uniform),
  'two choices, weighted': (uniform) => twoChoices({ weights: unequal }, uniform),
  'weighted least request': () => weightedLeastRequest({ weights: unequal }),
  weighted: () => weighted({ weights: unequal }),
};

/** Health of up to nine instances over time, each state held for some picks. */
const episodes = fc.array(
  fc.record({
    healthy: fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 9 }),
    picks: fc.integer({ min: 1, max: 30 }),
  }),
  { minLength: 1, maxLength: 10 },
);

describe.each(Object.entries(balancers))('%s', (_name, make) => {
  it('never picks an unhealthy instance, nor one that is gone, and −1 only where none is healthy', () => {
    fc.assert(
      fc.property(episodes, fc.integer(), (states, seed) => {
        const pick = make(randomSource(seed));
        for (const { healthy, picks } of states) {
          const inFlight = healthy.map(() => 0);
          for (let count = 0; count < picks; count++) {
            const index = pick({ inFlight, healthy });
            if (healthy.includes(1)) expect(healthy[index]).toBe(1);
            else expect(index).toBe(-1);
            if (index >= 0) inFlight[index]++;
          }
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('picks every healthy instance in time, also those that were away', () => {
    const pick = make(randomSource(4));
    const inFlight = [0, 0, 0, 0, 0];
    const pickSome = (healthy: number[]): Set<number> => {
      const picked = new Set<number>();
      for (let count = 0; count < 200; count++) {
        const index = pick({ inFlight, healthy });
        picked.add(index);
        // Work in progress stays level: one starts, one elsewhere ends.
        inFlight[index]++;
        const other = inFlight.findIndex((busy) => busy > 3);
        if (other >= 0) inFlight[other]--;
      }
      return picked;
    };
    expect(pickSome([1, 0, 1, 0, 1])).toEqual(new Set([0, 2, 4]));
    expect(pickSome([1, 1, 1, 1, 1])).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('repeats itself, given the same draws', () => {
    const picks = (): number[] => {
      const pick = make(randomSource(5));
      const inFlight = [0, 0, 0, 0, 0, 0, 0];
      return Array.from({ length: 500 }, (_, count) => {
        const index = pick({ inFlight, healthy: [1, 1, count % 7, 1, 1, 0, 1] });
        inFlight[index]++;
        if (count > 20) inFlight[(count * 3) % 5] = count % 4;
        return index;
      });
    };
    expect(picks()).toEqual(picks());
  });
});

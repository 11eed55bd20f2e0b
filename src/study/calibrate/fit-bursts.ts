import { type Bursts, burstStates, dispersionOf } from '../../models/algorithms/arrivals/dispersion.ts';
import type { Dispersion } from './dispersion-of-counts.ts';
import { maximise } from './maximise.ts';

/** Two-state bursts whose counts are dispersed as measured. */
export interface BurstFit {
  readonly bursts: Bursts;
  /** Index of dispersion that they have within a time. */
  index(within: number): number;
}

/**
 * Rule: I(t) = 1 + K (1 − (1 − e^(−σt)) / (σt)) (src/models/algorithms/arrivals/dispersion.ts) has two unknowns, the
 * limit K and the rate of change σ. Both by least squares over all measured times, weighed by their standard errors; for a
 * given σ the best K is a quotient. The share of the time in bursts does not show in I(t): it is what the language takes
 * unless told, or as much as bursts of that dispersion can have.
 *
 * @param rate mean arrivals a second
 */
export function fitBursts(measured: readonly Dispersion[], rate: number): BurstFit {
  const limitFor = (changes: number) => {
    let above = 0;
    let below = 0;
    for (const { within, index, standardError } of measured) {
      const grown = grownBy(changes * within);
      above += (grown * (index - 1)) / standardError ** 2;
      below += (grown * grown) / standardError ** 2;
    }
    return Math.max(0, above / below);
  };
  const misfit = (changes: number) => {
    const limit = limitFor(changes);
    return measured.reduce(
      (sum, { within, index, standardError }) =>
        sum + ((index - 1 - limit * grownBy(changes * within)) / standardError) ** 2,
      0,
    );
  };
  const shortest = Math.min(...measured.map(({ within }) => within));
  const longest = Math.max(...measured.map(({ within }) => within));
  const [found] = maximise(([at]) => -misfit(Math.exp(at)), [-Math.log(shortest * longest) / 2], 0.5);
  // Times outside what was measured cannot be told apart from its ends.
  const changes = Math.min(Math.max(Math.exp(found), 0.1 / longest), 10 / shortest);
  const limit = limitFor(changes);
  const most = 1 / (1 + (limit * changes) / (2 * rate));
  const share = Math.min(usualShare, 0.95 * most);
  const within = measured.find((each) => each.within === 1)?.within ?? shortest;
  const bursts: Bursts = {
    dispersion: 1 + limit * grownBy(changes * within),
    within,
    share,
    last: 1 / (changes * (1 - share)),
  };
  const states = burstStates(bursts, rate);
  return { bursts, index: (time) => dispersionOf(states, rate, time) };
}

/** What `bursty` takes unless told. */
const usualShare = 0.05;

const grownBy = (x: number): number => (x < 1e-4 ? x / 2 : 1 + Math.expm1(-x) / x);

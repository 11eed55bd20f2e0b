import { type Bursts, burstStates, mostDispersion } from '../algorithms/arrivals/dispersion.ts';
import type { BurstState } from '../algorithms/arrivals/modulation.ts';
import type { Finding } from '../kind.ts';
import { type ArrivalsConfig, defaultBursts } from './arrivals-config.ts';
import { openRate } from './load-profile.ts';

/** Bursts by their dispersion; undefined where arrivals have none, or are given by their states. */
function burstsOf({ process }: ArrivalsConfig): Bursts | undefined {
  const config =
    process === 'bursty'
      ? defaultBursts()
      : typeof process === 'object' && process.verb === 'bursty'
        ? process.options
        : undefined;
  return config === undefined ? undefined : { ...config, last: config.last ?? config.within };
}

/** The states that the callers go through; undefined where their rate follows the profile alone. */
export function statesOf(arrivals: ArrivalsConfig): readonly BurstState[] | undefined {
  const { process, rate, profile } = arrivals;
  if (typeof process === 'object' && process.verb === 'mmpp') return process.options;
  const bursts = burstsOf(arrivals);
  return bursts === undefined ? undefined : burstStates(bursts, openRate(rate, profile));
}

/** A dispersion that no such bursts have at this rate. */
export function checkBursts(arrivals: ArrivalsConfig): Finding[] {
  const bursts = burstsOf(arrivals);
  if (bursts === undefined) return [];
  const most = mostDispersion(bursts, openRate(arrivals.rate, arrivals.profile));
  if (bursts.dispersion <= most) return [];
  return [
    {
      path: ['arrivals', 'process'],
      message: `counts cannot be dispersed by ${bursts.dispersion} at this rate, even if nobody came between the bursts`,
      expected: `a dispersion up to ${most.toPrecision(3)}`,
      hint: 'bursts that are rarer (share) or longer (last) disperse counts more',
    },
  ];
}

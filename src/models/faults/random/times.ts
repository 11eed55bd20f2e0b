import { type Distribution, exponential } from '../../../sim/distributions/index.ts';
import type { Design } from '../../design.ts';
import type { FaultConfig } from '../config.ts';
import type { RandomTimes } from './config.ts';
import { publishedModel } from './published.ts';

/** Seconds of a year of twelve months of 730 hours. */
export const year = 8760 * 3600;

/** Failures of one thing a second by a published model; undefined where times are the author's own. */
export function publishedRate(config: FaultConfig, design: Design): number | undefined {
  const model = config.random?.model;
  if (model === undefined) return undefined;
  return publishedModel(model).perYear(locationOf(config, design)) / year;
}

/** Where what it strikes is; undefined where it is in no one region. */
function locationOf(config: FaultConfig, design: Design): string | undefined {
  const { region } = config as FaultConfig & { region?: { name: string } };
  return region && design.entry<{ location?: string }>('regions', region.name)?.location;
}

/** Seconds until one thing fails, and for which a failure lasts (undefined: it has no end of its own). */
export interface DrawnTimes {
  readonly untilFailure: (uniform: number) => number;
  readonly length: ((uniform: number) => number) | undefined;
}

export function drawnTimes(config: FaultConfig, random: RandomTimes, design: Design): DrawnTimes {
  const { speedUp, model } = random;
  const rate = publishedRate(config, design);
  const mtbf = rate === undefined ? (random.mtbf as Distribution) : exponential(1 / rate);
  const mttr = random.mttr ?? (model === undefined ? undefined : publishedModel(model).mttr);
  return {
    untilFailure: (uniform) => mtbf.quantile(uniform) / speedUp,
    length: mttr === undefined ? undefined : (uniform) => mttr.quantile(uniform),
  };
}

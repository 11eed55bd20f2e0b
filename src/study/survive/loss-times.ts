import { demandOf, startOf } from '../../models/assemble.ts';
import type { Design } from '../../models/design.ts';
import { warmUpOf } from '../../models/run-settings.ts';

/** When something is lost in a run, and from when on the survivors are measured; seconds from the start of the run. */
export interface LossTimes {
  readonly at: number;
  readonly measuredFrom: number;
  readonly until: number;
}

/** Seconds that survivors are given at most to take over, before they are measured. */
const longestTakeover = 300;
/** Instants of the measured window that are looked at. */
const looks = 720;

/**
 * At the peak: the instant of the highest expected load in the first half of the measured window, the earliest among
 * equals, so that at least half of the window is left. Health checks, resolvers and autoscalers then have five minutes
 * (or half of what is left, if that is less) until the survivors are measured, up to the end of the run.
 */
export function lossTimes(design: Design): LossTimes {
  const { duration } = design.run;
  const warmUp = warmUpOf(design.run);
  const at = peakBetween(warmUp, warmUp + (duration - warmUp) / 2, design);
  return { at, measuredFrom: at + Math.min(longestTakeover, (duration - at) / 2), until: duration };
}

function peakBetween(from: number, to: number, design: Design): number {
  const demand = demandOf(design);
  const start = startOf(design);
  const step = Math.max(1, Math.ceil((to - from) / looks));
  let best = from;
  let most = demand(start + from);
  for (let at = from + step; at <= to; at += step) {
    const rate = demand(start + at);
    // A profile that is flat has its peak at its beginning, whatever rounding makes of it.
    if (rate <= most * (1 + 1e-9)) continue;
    best = at;
    most = rate;
  }
  return best;
}

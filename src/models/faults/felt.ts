import {
  type Cohorts,
  type CohortWindow,
  cohortWindows,
  isDecided,
  isGood,
} from '../algorithms/recovery/cohort-windows.ts';
import { degradedTime, type Recovery, recoveryOf } from '../algorithms/recovery/recovery-time.ts';
import type { FeltTimes } from '../contracts/occurrences.ts';
import type { CallerMeters } from './metrics.ts';

/** Share of those who arrive that must be answered in time for all to be well; the others are looked at beside it. */
export const ratios = { rto: 0.99, rto95: 0.95, rto90: 0.9 } as const;

/** When a fault began and how it is looked at, in seconds. */
export interface Look {
  readonly onset: number;
  readonly lasting: number;
  readonly settle: number;
}

/** How a fault was felt by some callers. */
export class Felt {
  private readonly windows: readonly CohortWindow[];
  readonly recovery: Recovery;

  constructor(
    cohorts: Cohorts,
    readonly look: Look,
  ) {
    this.windows = cohortWindows(cohorts, look.onset);
    this.recovery = this.recoveryTo(ratios.rto);
  }

  recoveryTo(ratio: number): Recovery {
    const { lasting, settle } = this.look;
    return recoveryOf(this.windows, { ratio, settle }, lasting);
  }

  /** Whether all was well in the last window that is known. */
  get isWellAtLast(): boolean {
    const last = this.windows.findLast(isDecided);
    return last !== undefined && isGood(last, ratios.rto);
  }

  get degradedTime(): number {
    return degradedTime(this.windows, ratios.rto);
  }
}

/** Whether fewer than need be were answered in time in the five minutes before an instant (seconds). */
export function wasAmissBefore(cohorts: Cohorts, onset: number): boolean {
  const { binWidth } = cohorts;
  const end = Math.floor(onset / binWidth);
  let [good, bad] = [0, 0];
  for (let bin = Math.max(0, end - Math.ceil(300 / binWidth)); bin < end; bin += 1) {
    good += cohorts.goodIn(bin);
    bad += cohorts.badIn(bin);
  }
  return good < ratios.rto * (good + bad);
}

/** Writes what some callers felt into their meters: of several, the worst, and the sum of those who got no answer. */
export function meterWorst(all: readonly Felt[], meters: CallerMeters): void {
  if (all.length === 0) return;
  for (const [metric, ratio] of Object.entries(ratios) as [keyof typeof ratios, number][]) {
    const recoveries = all.map((felt) => felt.recoveryTo(ratio));
    const unsettled = recoveries.filter(({ isSettled }) => !isSettled);
    const longest = Math.max(
      ...(unsettled.length > 0 ? unsettled : recoveries).map(({ seconds }) => seconds),
    );
    meters[metric].set(longest, unsettled.length === 0);
  }
  meters.degradedTime.set(Math.max(...all.map((felt) => felt.degradedTime)));
  meters.unanswered.set(all.reduce((sum, { recovery }) => sum + recovery.unanswered, 0));
}

/** When one occurrence was felt by some callers, each group for itself: until it had settled for all of them. */
export function feltTimes(all: readonly Felt[]): FeltTimes {
  const [{ look }] = all;
  const recoveredAt = Math.max(look.onset, ...all.map(({ recovery }) => recovery.at));
  return {
    count: 1,
    isSettled: all.every(({ recovery }) => recovery.isSettled),
    stretches: [{ from: look.onset, to: Math.max(recoveredAt, look.onset + look.lasting) + look.settle }],
  };
}

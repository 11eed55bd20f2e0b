/**
 * Share of a year's requests that are answered, from what one occurrence of each fault costs and how often it happens.
 *
 * Rule: 1 − base failures − Σ over faults (occurrences a year × requests lost in one) / requests a year; never below 0. An
 * occurrence that had not been recovered from when the run ended has no known cost: then it is 0.
 * Source: the usual availability budget (sum of outage minutes over the minutes of a year, by incidents and their
 * length), in requests instead of minutes. Differs: outages are taken as rare enough not to overlap, and as striking at
 * the load under which they were simulated. Cost: O(faults).
 */
export interface YearlyFault {
  /** Occurrences a second. */
  readonly rate: number;
  /** Requests that one occurrence leaves unanswered; undefined where that is not known. */
  readonly lost: number | undefined;
}

/**
 * @param baseFailures share of the requests that fail while no fault is felt
 * @param requestRate requests a second, on the mean over the year
 */
export function yearlyAvailability(
  baseFailures: number,
  requestRate: number,
  faults: readonly YearlyFault[],
): number {
  let share = 1 - baseFailures;
  for (const { rate, lost } of faults) {
    if (rate === 0) continue;
    if (lost === undefined) return 0;
    share -= (rate * lost) / requestRate;
  }
  return Math.min(1, Math.max(0, share));
}

/** Of time, in seconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Counts by bin of time, as far as it is known how operations ended. */
interface Counts {
  readonly binWidth: number;
  readonly bins: number;
  goodIn(bin: number): number;
  badIn(bin: number): number;
}

/** How operations ended that came in some time. */
export interface Endings {
  readonly good: number;
  readonly bad: number;
}

/** Of operations that came in the window: those in some stretch, and those in none, by the middle of their bin. */
export function apart(
  counts: Counts,
  window: Stretch,
  stretches: readonly Stretch[],
): { inside: Endings; outside: Endings } {
  const sums = { inside: { good: 0, bad: 0 }, outside: { good: 0, bad: 0 } };
  for (let bin = 0; bin < counts.bins; bin += 1) {
    const middle = (bin + 0.5) * counts.binWidth;
    if (!isIn(window, middle)) continue;
    const sum = stretches.some((stretch) => isIn(stretch, middle)) ? sums.inside : sums.outside;
    sum.good += counts.goodIn(bin);
    sum.bad += counts.badIn(bin);
  }
  return sums;
}

const isIn = ({ from, to }: Stretch, instant: number): boolean => instant >= from && instant < to;

/** Requests that failed and would not have, at the rate at which they fail anyway. */
export const excess = ({ good, bad }: Endings, baseFailures: number): number =>
  bad - baseFailures * (good + bad);

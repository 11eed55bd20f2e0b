/**
 * How long a service was not itself after a fault: its recovery time (RTO, as it came out).
 *
 * Rule: from the onset to the first window after which all windows stay good for `settle` seconds. Where none was bad for
 * as long as that after the onset, it is counted from the first bad one; zero where there is none while the fault lasts
 * and for `settle` after it. Not known (censored) where the counts end before it has settled. Bad windows that come later
 * than that belong to something else.
 * Source: the usual definition of a recovery time objective (ISO 22301: the time within which a service must be
 * resumed), measured on those who ask. Cost: O(windows).
 */
import { type CohortWindow, isDecided, isGood } from './cohort-windows.ts';

export interface RecoveryRule {
  /** Share of those who arrive in a window that must be answered in time. */
  readonly ratio: number;
  /** Seconds for which it must stay so. */
  readonly settle: number;
}

export interface Recovery {
  /** How long it took; of a censored one, as far as it was seen. */
  readonly seconds: number;
  /** The instant at which it was over, in seconds. */
  readonly at: number;
  /** Whether it was over, and had settled, before the counts ended. */
  readonly isSettled: boolean;
  /** Operations from the onset until it was over that got no answer in time. */
  readonly unanswered: number;
}

/**
 * @param windows from the onset on
 * @param lasting seconds that the fault lasts
 */
export function recoveryOf(
  windows: readonly CohortWindow[],
  { ratio, settle }: RecoveryRule,
  lasting = 0,
): Recovery {
  const onset = windows[0]?.from ?? 0;
  let from = onset;
  let goodSince = onset;
  let unanswered = 0;
  let pending = 0;
  const seen = (isSettled: boolean): Recovery => ({
    seconds: goodSince - from,
    at: goodSince,
    isSettled,
    unanswered,
  });
  for (const window of windows) {
    if (!isDecided(window)) return seen(false);
    pending += window.bad;
    if (!isGood(window, ratio)) {
      if (goodSince === onset && window.from - onset >= settle) from = window.from;
      goodSince = window.to;
      unanswered += pending;
      pending = 0;
    }
    const quietFrom = goodSince === onset ? onset + lasting : goodSince;
    if (window.to - quietFrom >= settle) return seen(true);
  }
  return seen(false);
}

/** Seconds of bad windows, whatever came between them. */
export const degradedTime = (windows: readonly CohortWindow[], ratio: number): number =>
  windows
    .filter((window) => isDecided(window) && !isGood(window, ratio))
    .reduce((sum, { from, to }) => sum + to - from, 0);

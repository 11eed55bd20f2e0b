/**
 * How long a service was not itself after a fault: its recovery time (RTO, as it came out).
 *
 * Rule: from the onset to the end of the last bad window before all windows stay good for `settle` seconds; where few
 * arrive, and windows are long, to the earliest stretch of that window from which its rest is good. Where none was bad for
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

/** A recovery as far as windows have been looked at, one after the other. */
export class RecoveryCourse {
  private from: number;
  private goodSince: number;
  private unanswered = 0;
  private pending = 0;
  private isSettled = false;

  /**
   * @param onset seconds
   * @param lasting seconds that the fault lasts
   */
  constructor(
    private readonly onset: number,
    private readonly rule: RecoveryRule,
    private readonly lasting = 0,
  ) {
    this.from = onset;
    this.goodSince = onset;
  }

  /** The next window, all of which is known. @returns whether it has settled: then nothing more matters */
  add(window: CohortWindow): boolean {
    const { lasting, onset, rule } = this;
    if (this.isSettled) return true;
    this.pending += window.bad;
    if (!isGood(window, rule.ratio)) {
      if (this.goodSince === onset && window.from - onset >= rule.settle) this.from = window.from;
      this.goodSince = wellFrom(window, rule.ratio);
      this.unanswered += this.pending;
      this.pending = 0;
    }
    const quietFrom = this.goodSince === onset ? onset + lasting : this.goodSince;
    this.isSettled = window.to - quietFrom >= rule.settle;
    return this.isSettled;
  }

  get recovery(): Recovery {
    const { from, goodSince, isSettled, unanswered } = this;
    return { seconds: goodSince - from, at: goodSince, isSettled, unanswered };
  }

  /** One that goes on from here by itself. */
  get copy(): RecoveryCourse {
    return Object.assign(new RecoveryCourse(this.onset, this.rule, this.lasting), this);
  }
}

/**
 * @param windows from the onset on
 * @param lasting seconds that the fault lasts
 */
export function recoveryOf(windows: readonly CohortWindow[], rule: RecoveryRule, lasting = 0): Recovery {
  const course = new RecoveryCourse(windows[0]?.from ?? 0, rule, lasting);
  for (const window of windows) if (!isDecided(window) || course.add(window)) break;
  return course.recovery;
}

/** Where it was well again in a bad window: the earliest stretch from which the rest, taken together, is good; else its end. */
function wellFrom({ slots, to }: CohortWindow, ratio: number): number {
  let good = 0;
  let bad = 0;
  let since = to;
  for (const slot of slots.toReversed()) {
    good += slot.good;
    bad += slot.bad;
    if (isGood({ good, bad }, ratio)) since = slot.from;
  }
  return since;
}

/** Seconds of bad stretches of bad windows, whatever came between them. */
export const degradedTime = (windows: readonly CohortWindow[], ratio: number): number =>
  windows
    .filter((window) => isDecided(window) && !isGood(window, ratio))
    .flatMap(({ slots }) => slots.filter((slot) => !isGood(slot, ratio)))
    .reduce((sum, { from, to }) => sum + to - from, 0);

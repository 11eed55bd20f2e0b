/**
 * Windows of arrivals from an instant on, each long enough to say something: whether enough of those who arrived in it
 * were answered in time.
 *
 * Rule: a window ends when it has lasted `least` seconds and has seen `arrivals` arrivals. It is decided when it is known
 * of all who arrived in it how they ended. One that the end of the counts cuts off is judged by what it has.
 * Source: Headroom's own definition of a recovery (docs/metrics.md). Cost: O(bins).
 */

/** Arrivals by bin of time, and what became of them. */
export interface Cohorts {
  /** Seconds. */
  readonly binWidth: number;
  readonly bins: number;
  arrivedIn(bin: number): number;
  /** Answered within their callers' patience. */
  goodIn(bin: number): number;
  /** Not answered, or known never to be. */
  badIn(bin: number): number;
}

/** What became of those who arrived in a stretch of time. */
export interface CohortSlot {
  /** Seconds. */
  readonly from: number;
  readonly to: number;
  readonly good: number;
  readonly bad: number;
}

export interface CohortWindow extends CohortSlot {
  readonly arrived: number;
  /** The same by stretches of `least` seconds, the last perhaps shorter: when, within a long window, it was well again. */
  readonly slots: readonly CohortSlot[];
}

export interface WindowRule {
  /** Seconds. */
  readonly least: number;
  readonly arrivals: number;
}

/** The windows of DESIGN §9: of ten seconds, or of a thousand arrivals where those take longer. */
export const usualWindows: WindowRule = { least: 10, arrivals: 1000 };

/** @param from seconds; rounded down to a bin */
export function cohortWindows(
  cohorts: Cohorts,
  from: number,
  rule: WindowRule = usualWindows,
): CohortWindow[] {
  const { binWidth, bins } = cohorts;
  const windows: CohortWindow[] = [];
  let first = Math.floor(from / binWidth);
  while (first < bins) {
    const window = windowFrom(cohorts, first, rule);
    windows.push(window);
    first = Math.round(window.to / binWidth);
  }
  return windows;
}

/** The window that begins with a bin; shorter than the rule has it where the counts end. */
export function windowFrom(cohorts: Cohorts, first: number, rule: WindowRule = usualWindows): CohortWindow {
  const { binWidth, bins } = cohorts;
  const slots: { from: number; to: number; good: number; bad: number }[] = [];
  let arrived = 0;
  let good = 0;
  let bad = 0;
  let bin = first;
  while (bin < bins && ((bin - first) * binWidth < rule.least || arrived < rule.arrivals)) {
    const from = bin * binWidth;
    let slot = slots.at(-1);
    if (slot === undefined || from - slot.from >= rule.least) {
      slot = { from, to: from, good: 0, bad: 0 };
      slots.push(slot);
    }
    arrived += cohorts.arrivedIn(bin);
    slot.good += cohorts.goodIn(bin);
    slot.bad += cohorts.badIn(bin);
    good += cohorts.goodIn(bin);
    bad += cohorts.badIn(bin);
    bin += 1;
    slot.to = bin * binWidth;
  }
  return { from: first * binWidth, to: bin * binWidth, arrived, good, bad, slots };
}

export const isWhole = ({ arrived, from, to }: CohortWindow, rule: WindowRule = usualWindows): boolean =>
  to - from >= rule.least && arrived >= rule.arrivals;

export const isDecided = ({ arrived, good, bad }: CohortWindow): boolean => good + bad >= arrived;

/** Whether at least this share of those who asked got their answer. Nobody asked: nobody was refused. */
export const isGood = ({ good, bad }: Pick<CohortSlot, 'good' | 'bad'>, ratio: number): boolean =>
  good >= ratio * (good + bad);

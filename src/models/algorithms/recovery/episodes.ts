/**
 * How long each of several occurrences of a fault was felt, where one may begin before the last has been recovered from.
 *
 * Rule: an occurrence is looked at until the next begins. Where all is well by then, however short, it is over; where not,
 * the two are one, felt from the first's onset on. The last is looked at to the end.
 * Source: Headroom's own, after `recoveryOf`. Cost: O(windows) for each occurrence.
 */
import { type Cohorts, cohortWindows } from './cohort-windows.ts';
import { degradedTime, type Recovery, type RecoveryRule, recoveryOf } from './recovery-time.ts';

/** Seconds from the start of the run. */
export interface Occurrence {
  readonly from: number;
  readonly to: number;
}

export interface Episode extends Recovery {
  /** Number of the occurrence with which it began. */
  readonly first: number;
}

export function episodesOf(
  cohorts: Cohorts,
  occurrences: readonly Occurrence[],
  rule: RecoveryRule,
): Episode[] {
  const episodes: Episode[] = [];
  let first = 0;
  while (first < occurrences.length) {
    let last = first;
    let recovery = recoveredBefore(cohorts, occurrences, first, last, rule);
    while (!recovery.isSettled && last + 1 < occurrences.length) {
      last += 1;
      recovery = recoveredBefore(cohorts, occurrences, first, last, rule);
    }
    episodes.push({ ...recovery, first });
    first = last + 1;
  }
  return episodes;
}

/** From the onset of one occurrence, until the one after the last that belongs to it begins. */
function recoveredBefore(
  cohorts: Cohorts,
  occurrences: readonly Occurrence[],
  first: number,
  last: number,
  rule: RecoveryRule,
): Recovery {
  const { from } = occurrences[first];
  const next = occurrences[last + 1]?.from;
  const windows = cohortWindows(next === undefined ? cohorts : until(cohorts, next), from);
  const recovery = recoveryOf(windows, rule, occurrences[last].to - from);
  const isQuiet = next !== undefined && recovery.at < (windows.at(-1)?.to ?? next);
  return isQuiet || (next !== undefined && windows.length === 0)
    ? { ...recovery, isSettled: true }
    : recovery;
}

/** The counts before an instant. */
function until(cohorts: Cohorts, instant: number): Cohorts {
  return {
    binWidth: cohorts.binWidth,
    bins: Math.min(cohorts.bins, Math.floor(instant / cohorts.binWidth)),
    arrivedIn: (bin) => cohorts.arrivedIn(bin),
    goodIn: (bin) => cohorts.goodIn(bin),
    badIn: (bin) => cohorts.badIn(bin),
  };
}

/** Seconds of bad windows from the first onset on. */
export function degradedFrom(cohorts: Cohorts, [first]: readonly Occurrence[], ratio: number): number {
  return first === undefined ? 0 : degradedTime(cohortWindows(cohorts, first.from), ratio);
}

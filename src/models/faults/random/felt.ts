import type { Cohorts } from '../../algorithms/recovery/cohort-windows.ts';
import {
  degradedFrom,
  type Episode,
  episodesOf,
  type Occurrence,
} from '../../algorithms/recovery/episodes.ts';
import type { DurationMeter } from '../../meters.ts';
import { ratios } from '../felt.ts';
import type { CallerMeters } from '../metrics.ts';

const names = ['rto', 'rto95', 'rto90'] as const;

/** How some callers felt the occurrences of a fault. */
export interface FeltOften {
  readonly origin: string | undefined;
  /** For each share of answers that is asked for: 99%, 95% and 90%. */
  readonly episodes: readonly (readonly Episode[])[];
  /** Seconds. */
  readonly degraded: number;
}

export function feltOften(
  origin: string | undefined,
  cohorts: Cohorts,
  occurrences: readonly Occurrence[],
  settle: number,
): FeltOften {
  return {
    origin,
    episodes: names.map((name) => episodesOf(cohorts, occurrences, { ratio: ratios[name], settle })),
    degraded: degradedFrom(cohorts, occurrences, ratios.rto),
  };
}

/**
 * Writes what some callers felt into their meters: of each occurrence the worst of them, of a run's occurrences the median;
 * unanswered operations of all together. Where nothing happened, nothing took any time, and there is no recovery to time.
 */
export function meterOften(
  all: readonly FeltOften[],
  meters: CallerMeters,
  longestMeter?: DurationMeter,
): void {
  if (all.length === 0) return;
  names.forEach((name, at) => {
    const durations = worstByOccurrence(all.flatMap(({ episodes }) => episodes[at])).sort((a, b) => a - b);
    if (durations.length > 0) set(meters[name], medianOf(durations));
    if (durations.length > 0 && name === 'rto' && longestMeter !== undefined)
      set(longestMeter, durations[durations.length - 1]);
  });
  const felt = all.flatMap(({ episodes: [answered] }) => answered);
  meters.unanswered.set(felt.reduce((sum, { unanswered }) => sum + unanswered, 0));
  meters.degradedTime.set(Math.max(...all.map(({ degraded }) => degraded)));
}

/** Of the occurrences with which an episode began: how long it was felt by who felt it longest; Infinity: not over yet. */
function worstByOccurrence(episodes: readonly Episode[]): number[] {
  const worst = new Map<number, number>();
  for (const { first, seconds, isSettled } of episodes) {
    const duration = isSettled ? seconds : Number.POSITIVE_INFINITY;
    worst.set(first, Math.max(worst.get(first) ?? 0, duration));
  }
  return [...worst.values()];
}

function medianOf(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A recovery that was not seen to its end has no length that could be told. */
function set(meter: DurationMeter, seconds: number): void {
  const isOver = Number.isFinite(seconds);
  meter.set(isOver ? seconds : 0, isOver);
}

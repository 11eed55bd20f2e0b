import { isLevelUnusual, isShareUnusual } from '../algorithms/recovery/normality.ts';
import { isShare, type Vital } from '../vital.ts';
import type { Condition } from './course.ts';

/**
 * How it went on after a fault: `recovered`, as callers felt it; `settling`, well again, but not yet for long enough;
 * `stuck`, not well although the fault was over; `lasts`, not well and the fault still there; `amiss-before`, not well
 * before the fault either.
 */
export type AftermathState = 'recovered' | 'settling' | 'stuck' | 'lasts' | 'amiss-before';

/** Something that is not as it was before the fault, and keeps a system down. */
export interface Hold {
  readonly sign: Vital['sign'];
  readonly of: string;
  /** Shares, or means of levels, over the five minutes before the fault and the last five of the run. */
  readonly before: number;
  readonly after: number;
  /** It goes on growing. */
  readonly grows?: true;
}

interface Reading {
  readonly vital: Vital;
  readonly condition: Condition;
}

/**
 * What is not as before, those first that bring load by themselves (attempts made again, work for nobody, caches that find
 * nothing), by how much more of all there is of it; then what has piled up, by how many times more it is.
 */
export function holdsOf(before: readonly Reading[], after: readonly Reading[]): Hold[] {
  return after
    .flatMap(({ vital, condition }, at) => holdOf(vital, before[at].condition, condition))
    .sort((one, other) => weightOf(other) - weightOf(one));
}

function holdOf(vital: Vital, before: Condition, after: Condition): Hold[] {
  const { of, sign } = vital;
  if (!before.isKnown) return [];
  const isUnusual = isShare(vital)
    ? isShareUnusual(after.sample, before.mean)
    : isLevelUnusual(after.mean, before.highest);
  if (!isUnusual) return [];
  const grows = after.growth > 0.1 * after.mean;
  return [{ sign, of, before: before.mean, after: after.mean, ...(grows && { grows: true as const }) }];
}

/** Shares weigh from 1 to 2, levels less than 1. */
function weightOf({ sign, before, after }: Hold): number {
  if (sign === 'waiting' || sign === 'lag') return 1 - (before + 1) / (after + 1);
  return 1 + after - before;
}

import type { Better } from '../metrics/index.ts';
import type { Dimension } from '../units/index.ts';
import type { TargetResult } from './result.ts';

export const checkFormat = 'headroom.check/1';

/**
 * worse      beyond the tolerance, and more than chance explains: fails
 * moved      of a metric of which neither way is better: fails
 * vanished   the scenario has no such metric any more: fails
 * no-data    nothing was observed where something was: fails
 * new        it is not in the baseline yet: fails, until the baseline is updated
 * better     beyond the tolerance, and more than chance explains
 * held       none of these
 */
export type GateStatus = 'worse' | 'moved' | 'vanished' | 'no-data' | 'new' | 'better' | 'held';

/** One metric, held against its baseline. */
export interface GateResult {
  readonly metric: string;
  readonly status: GateStatus;
  /** One sentence: what the metric counts. */
  readonly about?: string;
  readonly unit: Dimension;
  readonly better: Better;
  /** null: infinite; absent: nothing observed. */
  readonly expected?: number | null;
  readonly found?: number | null;
  /** Found less expected, with its half-width at 95%. */
  readonly difference?: number;
  readonly halfWidth?: number;
  /** What of a difference passes, in the unit. */
  readonly tolerance?: number;
  /** How likely so large a worsening would be by chance, if the truth lay at the tolerance. */
  readonly chance?: number;
}

/** A scenario, held against its baseline and its needs. */
export interface CheckResult {
  readonly file: string;
  readonly name: string;
  readonly baseline: string;
  readonly status: 'pass' | 'fail';
  readonly seed: number;
  readonly runs: number;
  /** Why it cannot be compared at all: no baseline, or one of other runs. */
  readonly problem?: string;
  readonly gates: readonly GateResult[];
  /** Needs that are broken or undecided. */
  readonly needs: readonly TargetResult[];
  /** What is worth knowing and fails nothing. */
  readonly notes: readonly string[];
}

export interface CheckDocument {
  readonly format: typeof checkFormat;
  readonly version: string;
  readonly status: 'pass' | 'fail';
  readonly scenarios: readonly CheckResult[];
}

const failing: readonly GateStatus[] = ['worse', 'moved', 'vanished', 'no-data', 'new'];

/** Whether a gate fails the check. */
export const isFailing = ({ status }: GateResult): boolean => failing.includes(status);

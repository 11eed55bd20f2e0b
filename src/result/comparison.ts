import type { Better, Estimator } from '../metrics/index.ts';
import type { Dimension } from '../units/index.ts';
import type { Backing, LoadState, Result, TargetStatus } from './result.ts';

export const comparisonFormat = 'headroom.comparison/1';

/** `differs`: of a metric of which neither way is better. `unclear` is shown as `~`. */
export type ChangeVerdict = 'better' | 'worse' | 'differs' | 'no change' | 'unclear';

/** One of the designs that are compared. */
export interface ComparedDesign {
  readonly label: string;
  readonly name: string;
  readonly file: string;
  readonly hash: string;
  readonly seed: number;
  readonly runs: number;
  /** Simulated seconds of a run. */
  readonly seconds: number;
  readonly fingerprint: string;
  readonly load: LoadState;
  readonly verdict: Result['verdict'];
  /** Whether its runs met the same draws as the reference's; and why not. */
  readonly isPaired: boolean;
  readonly unpaired?: string;
}

/** One metric of one design. */
export interface ComparedValue {
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly data: Backing;
  /** Less the reference, with a 95% interval. Absent of the reference itself, and where either has no data. */
  readonly difference?: { readonly value: number | null; readonly low?: number; readonly high?: number };
  readonly change?: ChangeVerdict;
}

export interface ComparedMetric {
  readonly unit: Dimension;
  readonly better: Better;
  readonly kind: Estimator;
  /** Differences up to this are none, in the unit. */
  readonly tolerance: number;
  /** What people look at first: targets' metrics, latency, throughput, lag, recovery, cost. */
  readonly isKey: boolean;
  /** One a design, in their order; null where it has no such metric. */
  readonly designs: readonly (ComparedValue | null)[];
}

export interface ComparedTarget {
  readonly target: string;
  readonly metric: string;
  readonly level: 'fail' | 'warn';
  /** As of a target of a result: without the times of faults. */
  readonly during?: 'steady';
  /** One a design; null where it does not set this target. */
  readonly designs: readonly (TargetStatus | null)[];
}

/** Where a design's scenario is not the reference's. */
export interface ScenarioDifference {
  /** `services.desk.threads`. */
  readonly path: string;
  /** As YAML on one line; absent where it is not there. */
  readonly from?: string;
  readonly to?: string;
}

/** Several designs, held against one of them. */
export interface Comparison {
  readonly format: typeof comparisonFormat;
  readonly version: string;
  readonly designs: readonly ComparedDesign[];
  /** Index of the design that the others are held against. */
  readonly reference: number;
  readonly metrics: Record<string, ComparedMetric>;
  readonly targets: readonly ComparedTarget[];
  /** One list a design; empty of the reference. */
  readonly differences: readonly (readonly ScenarioDifference[])[];
}

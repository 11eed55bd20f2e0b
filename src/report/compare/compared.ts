import type { Comparison, Result } from '../../result/index.ts';

/** A comparison, with what was compared: timelines, curves and bills are in the results. */
export interface Compared {
  readonly comparison: Comparison;
  /** One a design, in their order. */
  readonly results: readonly Result[];
}

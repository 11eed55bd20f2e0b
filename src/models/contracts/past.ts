/**
 * A call that a caller made before the run.
 * @param instant seconds from the start of the run, negative
 * @param origin place of the caller
 * @param keys values of the scenario's keys by slot, NaN where it carries none; may be kept, must not be changed
 * @param isFirst whether it was the caller's first
 */
export type VisitCall = (instant: number, origin: number, keys: readonly number[], isFirst: boolean) => void;

/** Callers who can tell which calls they made before the run, so that what remembers calls can begin with them. */
export interface PastCaller {
  /** How many seconds before the run a caller may have begun who still calls during it; 0 where no call follows another. */
  readonly memory: number;
  /**
   * Tells the calls of the last `seconds` before the run, as if each had been answered at once, in no certain order.
   * Callers who are still there are the ones that the run goes on with. Changes nothing; the same at each asking.
   */
  pastCalls(seconds: number, visit: VisitCall): void;
}

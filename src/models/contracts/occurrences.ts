/** How often a fault happens in a year, and when it was felt by the callers of a workload. */
export interface Occurrences {
  /** A second, of the real world's time; undefined where nobody says. */
  readonly yearlyRate: number | undefined;
  /** At the end of a run: when its occurrences were felt by the callers of a workload. */
  feltTimes(workload: string): FeltTimes;
}

export interface FeltTimes {
  /** Occurrences in the run. */
  readonly count: number;
  /** Whether the run went on until all were recovered from, and had settled. */
  readonly isSettled: boolean;
  /** From each onset until it was recovered from, and had settled: seconds from the start of the run. */
  readonly stretches: readonly { readonly from: number; readonly to: number }[];
}

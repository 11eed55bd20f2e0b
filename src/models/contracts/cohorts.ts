import type { Cohorts } from '../algorithms/recovery/cohort-windows.ts';

/** Callers who can tell, by the instant at which operations arrived, how many of them were answered in time. */
export interface CohortSource {
  /** Of each origin, in the scenario's order; one without name where the workload names no origins. */
  readonly cohorts: readonly { readonly origin: string | undefined; readonly cohorts: Cohorts }[];
}

export const workloadsSection = 'workloads';

import type { Reference } from '../../scenario/index.ts';

/** Where a workload's data may be, as the scenario has it: either is given. */
export interface ResidencyConfig {
  readonly allow?: readonly Reference[];
  readonly forbid?: readonly Reference[];
}

/** Whether a workload's data may go to a region. */
export function mayGoTo(residency: ResidencyConfig | undefined, region: string): boolean {
  if (residency === undefined) return true;
  const { allow, forbid } = residency;
  if (allow !== undefined) return allow.some(({ name }) => name === region);
  return !(forbid ?? []).some(({ name }) => name === region);
}

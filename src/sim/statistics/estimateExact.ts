import { type Estimate, NOTHING, type RunRecord, withInterval } from './estimate.ts';
import { valueOfRun } from './estimateMean.ts';

/** What follows from the scenario alone (a price, a configured count): the same in every run, known without interval. */
export function estimateExact(runs: readonly RunRecord[]): Estimate {
  const value = runs.map(valueOfRun).find((own) => !Number.isNaN(own));
  return value === undefined ? { ...NOTHING } : withInterval(value, value, value);
}

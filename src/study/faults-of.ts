import type { FaultResult } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

const prefix = 'faults.';

/** The scenario's faults, as the first run played them. */
export const faultsOf = ([first]: readonly RunRecord[]): FaultResult[] =>
  Object.entries(first.records)
    .filter(([id]) => id.startsWith(prefix))
    .map(([id, record]) => ({
      name: id.slice(prefix.length),
      ...(record as Omit<FaultResult, 'name'>),
    }));

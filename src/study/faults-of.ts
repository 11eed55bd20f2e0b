import type { FaultResult } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

const prefix = 'faults.';

/** The scenario's faults, as the first run played them that had them: one at random times may come in some runs only. */
export const faultsOf = (runs: readonly RunRecord[]): FaultResult[] =>
  [...new Set(runs.flatMap(({ records }) => Object.keys(records)))]
    .filter((id) => id.startsWith(prefix))
    .map((id) => ({
      name: id.slice(prefix.length),
      ...(runs.find(({ records }) => id in records)?.records[id] as Omit<FaultResult, 'name'>),
    }));

import type { AftermathResult, AftermathState, FaultResult, HoldResult } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

const prefix = 'faults.';

/** What a run leaves of a fault. */
type Left = Omit<FaultResult, 'name' | 'aftermath'> & {
  readonly aftermath: AftermathState;
  readonly holds?: readonly HoldResult[];
};

/** The scenario's faults, as the first run played them, and what came of them in all. */
export const faultsOf = (records: readonly RunRecord[]): FaultResult[] =>
  Object.keys(records[0].records)
    .filter((id) => id.startsWith(prefix))
    .map((id) => {
      const runs = records.map((record) => record.records[id] as Left);
      const { holds: _, aftermath: __, ...first } = runs[0];
      return { name: id.slice(prefix.length), ...first, aftermath: aftermathOf(runs) };
    });

function aftermathOf(runs: readonly Left[]): AftermathResult {
  const stuck = runs.filter(({ aftermath }) => aftermath === 'stuck');
  return {
    runs: runs.map(({ aftermath }) => aftermath),
    stuck: stuck.length,
    holds: stuck[0]?.holds ?? [],
  };
}

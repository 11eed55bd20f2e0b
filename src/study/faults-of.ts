import type { AftermathResult, AftermathState, FaultResult, HoldResult } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

const prefix = 'faults.';

/** What a run leaves of a fault; one at random times has no aftermath, as it has no one end. */
type Left = Omit<FaultResult, 'name' | 'aftermath'> & {
  readonly aftermath?: AftermathState;
  readonly holds?: readonly HoldResult[];
};

/**
 * The scenario's faults, as the first run played them that had them, and what came of them in all. One at random times may
 * come in some runs only.
 */
export const faultsOf = (records: readonly RunRecord[]): FaultResult[] =>
  [...new Set(records.flatMap((record) => Object.keys(record.records)))]
    .filter((id) => id.startsWith(prefix))
    .map((id) => {
      const runs = records.flatMap((record) => (record.records[id] as Left | undefined) ?? []);
      const { holds: _, aftermath, away: __, ...first } = runs[0];
      const away = runs.find((run) => run.away !== undefined)?.away;
      return {
        name: id.slice(prefix.length),
        ...first,
        ...(aftermath === undefined ? {} : { aftermath: aftermathOf(runs) }),
        ...(away === undefined ? {} : { away }),
      };
    });

function aftermathOf(runs: readonly Left[]): AftermathResult {
  const stuck = runs.filter(({ aftermath }) => aftermath === 'stuck');
  return {
    runs: runs.flatMap(({ aftermath }) => aftermath ?? []),
    stuck: stuck.length,
    holds: stuck[0]?.holds ?? [],
  };
}

import type { ParsedScenario } from '../../models/parse.ts';
import { costOf } from '../cost-of.ts';
import { simulateRun } from '../simulate-run.ts';

/** So little of the load that nothing has to be waited for; what is paid for by the month stands there at once. */
const moment = ['run.duration=1s', 'run.warmUp=0s', 'faults=~', 'targets=[]'];

/**
 * What a design costs, of a moment of it: what it buys by the month as it will be, what goes with the load as that moment
 * had it, which is a guess. One run of a second, so that prices are looked up where they always are.
 */
export function costBefore(read: (sets: readonly string[]) => ParsedScenario): {
  month: number | null;
  floor: number;
} {
  const { scenario } = read(moment);
  if (scenario === undefined) return { month: null, floor: 0 };
  const { month, rows } = costOf([simulateRun(scenario, 1, 0)]);
  const fixed = rows.filter(({ basis }) => basis === 'fixed');
  return { month, floor: fixed.reduce((sum, row) => sum + (row.month ?? 0), 0) };
}

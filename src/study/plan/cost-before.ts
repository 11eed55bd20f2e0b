import { demandOf, startOf } from '../../models/assemble.ts';
import type { Design } from '../../models/design.ts';
import type { ParsedScenario } from '../../models/parse.ts';
import { costOf } from '../cost-of.ts';
import { simulateRun } from '../simulate-run.ts';

/** So many operations that what goes with the load is roughly known, so few that nobody waits for it. */
const operations = 200;
/** Seconds of a moment. */
const [shortest, longest] = [0.1, 60];

/**
 * What a design costs, of a moment of it: what it buys by the month as it will be, what goes with the load as that moment
 * had it, which is a guess. One run of some hundred operations, on the same draws for all designs, so that prices are
 * looked up where they always are.
 */
export function costBefore(
  design: Design,
  read: (sets: readonly string[]) => ParsedScenario,
): {
  month: number | null;
  floor: number;
} {
  const rate = demandOf(design)(startOf(design));
  const seconds = Math.min(longest, Math.max(shortest, operations / rate));
  const { scenario } = read([
    `run.duration=${Number(seconds.toPrecision(3))}s`,
    'run.warmUp=0s',
    'faults=~',
    'targets=[]',
  ]);
  if (scenario === undefined) return { month: null, floor: 0 };
  const { month, rows } = costOf([simulateRun(scenario, 1, 0)]);
  const fixed = rows.filter(({ basis }) => basis === 'fixed');
  return { month, floor: fixed.reduce((sum, row) => sum + (row.month ?? 0), 0) };
}

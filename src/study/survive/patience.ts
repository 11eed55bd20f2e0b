import type { ParsedScenario } from '../../models/parse.ts';
import { type Problem, problemIn } from '../../scenario/index.ts';

/** Workloads whose callers wait without end: a loss would give them no failures, only silence. As for written faults. */
export function endlessPatience({ scenario, document }: ParsedScenario): Problem[] {
  if (scenario === undefined || document === undefined) return [];
  return scenario.design
    .entries<{ client?: { timeout?: number } }>('workloads')
    .filter(([, { client }]) => client?.timeout === undefined)
    .map(([workload]) =>
      problemIn(
        document,
        ['workloads', workload],
        {
          code: 'workload',
          message: `${workload} waits for answers without end: a lost region would give it no failures, only silence`,
          expected: `a timeout in workloads.${workload}.client`,
        },
        { at: 'key' },
      ),
    );
}

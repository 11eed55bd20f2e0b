import type { Plan } from '../../result/index.ts';
import { changedScenarioText, type ReadScenario } from '../changed-scenario.ts';

/**
 * A scenario that is what a plan chose: the winner, or, with uncertain inputs, what one regrets least.
 * @param extended the path of the planned file from where this one is to stand; undefined: there is none
 */
export function planFileText(
  plan: Plan,
  keep: readonly string[] | undefined,
  read: ReadScenario,
  extended: string | undefined,
): string {
  const { regret, scenario, variables } = plan;
  const chosen = regret?.chosen ?? plan.winner;
  const what =
    regret?.chosen === undefined
      ? `The cheapest design of ${scenario.name} that keeps its needs`
      : `The design of ${scenario.name} that one regrets least`;
  const about = [
    `${what}, found by headroom plan ${scenario.file}:`,
    ...variables.map(({ path }, at) => `${path} ${chosen?.values[at]}`),
  ];
  const kept = keep === undefined ? [] : [`targets=${JSON.stringify(keep)}`];
  const changes = [...kept, ...(chosen?.sets ?? []), 'plan=~'];
  return changedScenarioText({ about, sets: scenario.sets ?? [], changes }, read, extended);
}

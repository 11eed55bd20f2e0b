import type { Plan } from '../../result/index.ts';
import { changedScenarioText, type ReadScenario } from '../changed-scenario.ts';

/**
 * A scenario that is the winner of a plan: what was planned, and the values that were chosen.
 * @param extended the path of the planned file from where this one is to stand; undefined: there is none
 */
export function planFileText(
  plan: Plan,
  keep: readonly string[] | undefined,
  read: ReadScenario,
  extended: string | undefined,
): string {
  const { scenario, variables, winner } = plan;
  const chosen = variables.map(({ path }, at) => `${path} ${winner?.values[at]}`);
  const about = [
    `The cheapest design of ${scenario.name} that keeps its needs, found by headroom plan ${scenario.file}:`,
    ...chosen,
  ];
  const kept = keep === undefined ? [] : [`targets=${JSON.stringify(keep)}`];
  const changes = [...kept, ...(winner?.sets ?? []), 'plan=~'];
  return changedScenarioText({ about, sets: scenario.sets ?? [], changes }, read, extended);
}

import type { Plan, PlanRegret, Probability } from '../../result/index.ts';
import { costText, designText } from './reading.ts';

/** `0.94 (0.89 to 0.97)` */
const chanceText = ({ value, low, high }: Probability): string =>
  `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;

/** Which design to choose, in a line. */
export function regretHeadline(plan: Plan, { chosen, draws, inputs }: PlanRegret): string {
  const unsure = `${inputs.length} uncertain ${inputs.length === 1 ? 'input' : 'inputs'}`;
  if (chosen === undefined) return `over ${unsure} no design that bears the loss comes near the best`;
  const isSame = plan.winner?.values.every((value, at) => value === chosen.values[at]);
  return `over ${unsure} one regrets ${isSame ? 'the same' : designText(plan, chosen.values)} least: ${costText(plan, chosen.cost)}, and P(all needs kept) = ${chanceText(chosen.kept)} on ${draws} fresh draws`;
}

export const regretColumns = ['', 'mean cost', 'P(all needs kept)', 'regret', 'at worst'];

/** The finalists: design, mean cost, how likely it keeps its needs, regret. */
export const regretRows = (plan: Plan, { finalists }: PlanRegret): string[][] =>
  finalists.map(({ cost, isPossible, kept, regret, values, worst }) => [
    `${designText(plan, values)}${isPossible ? '' : ` (does not survive ${plan.survive})`}`,
    short(plan, cost),
    chanceText(kept),
    short(plan, regret),
    short(plan, worst),
  ]);

const short = (plan: Plan, amount: number): string => costText(plan, amount).replace(/ a month$/, '');

/** What a reader should know of it. */
export function regretNotes({
  designs,
  draws,
  finalists,
  inputs,
  runs,
  unheld,
  weight,
}: PlanRegret): string[] {
  return [
    `regret: what a design costs above the cheapest of them that holds in a draw; where it does not hold itself, ${weight} times what it lacks`,
    `${designs} designs on the same draws, the worse half left out round by round, ${finalists.length} of them on all ${draws}: ${runs} runs; ${inputs.map(({ path, low, high }) => `${path} ${low} to ${high}`).join(', ')}`,
    ...(unheld > 0 ? [`in ${unheld} of ${draws} draws none of them holds`] : []),
  ];
}

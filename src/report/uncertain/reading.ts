import type { Influence, Outcome, Probability, UncertainTarget, Uncertainty } from '../../result/index.ts';
import { type Dimension, formatQuantity } from '../../units/index.ts';
import { dollars } from '../reading/dollars.ts';
import { shellText } from '../reading/next-steps.ts';
import { metricName } from '../sweep/reading.ts';

export { metricName };

/** A value, short; null is without end. */
export function valueText(value: number | null, unit: Dimension): string {
  if (value === null) return '∞';
  if (unit === 'money') return `$${dollars(value, Math.abs(value) < 1000 ? 2 : 0)}`;
  return formatQuantity(value, unit, { digits: 3 });
}

const two = (share: number): string => share.toFixed(2);

/** `0.93 (0.87 to 0.96)`. */
export const probabilityText = ({ value, low, high }: Probability): string =>
  `${two(value)} (${two(low)} to ${two(high)})`;

/** What came out, in a line. */
export function headline(document: Uncertainty): string {
  const { kept, inputs } = document;
  const count = `${kept.count} of ${kept.of} draws of ${inputs.length} ${inputs.length === 1 ? 'input' : 'inputs'}`;
  return `${keptWord(document)} = ${probabilityText(kept)}: ${count}`;
}

/** What is counted: `P(all needs kept)`. */
export const keptWord = ({ asked }: Uncertainty): string =>
  asked === 'needs' ? 'P(all needs kept)' : 'P(it keeps up)';

export const lookOf = ({ kept }: Uncertainty): 'good' | 'bad' => (kept.low >= 0.5 ? 'good' : 'bad');

/** `1 run of each draw, each with a seed of its own`. */
export const runsText = ({ runs }: Uncertainty): string =>
  `${runs} ${runs === 1 ? 'run' : 'runs'} of each draw, each with a seed of its own; intervals are of 95%`;

/** The needs first, then the claims; the least likely first in each. */
export const targetsByChance = ({ targets }: Uncertainty): UncertainTarget[] =>
  targets.toSorted(
    (a, b) => Number(b.level === 'fail') - Number(a.level === 'fail') || a.kept.value - b.kept.value,
  );

/** P5, median, P95 and the value at all mids. */
export const outcomeTexts = ({ p5, p50, p95, mid, unit }: Outcome): string[] =>
  [p5, p50, p95, mid].map((value) => valueText(value, unit));

/** What is drawn of one metric: which input moves it. */
export const influenceTitle = ({ metric, unit, mid }: Influence): string =>
  `What moves ${metricName(metric)}: ${valueText(mid, unit)} with all at mid`;

export const methodText = ({ method, inputs }: Uncertainty): string =>
  method === 'tornado'
    ? 'one input at its low and at its high (P5 and P95), the others at their mid, all with the same draws'
    : `${inputs.length} inputs along 10 trajectories (Morris): µ* is the mean size of an input's effect over its whole range, σ how much that differs with the others`;

/** Needs that are about a metric, as lines to draw. */
export const limitsOf = ({ targets }: Uncertainty, { metric }: Influence): UncertainTarget[] =>
  targets.filter((target) => target.metric === metric);

/** `80/s … 150/s`, of an input. */
export function rangeText({ inputs }: Uncertainty, path: string): string {
  const input = inputs.find((each) => each.path === path);
  return input === undefined ? '' : `${input.low} … ${input.high}`;
}

/** Where bars begin and end: all finite values, and the limits that are not far away. */
export function extentOf(influence: Influence, limits: readonly UncertainTarget[]): [number, number] {
  const ends = [influence.mid, ...(influence.bars ?? []).flatMap(({ low, high }) => [low, high])];
  const values = ends.flatMap((value) => value ?? []);
  const [from, to] = [Math.min(...values), Math.max(...values)];
  const near = limits
    .map(({ limit }) => limit)
    .filter((limit) => limit <= to + 2 * (to - from) && limit >= from - 2 * (to - from));
  return [Math.min(from, ...near), Math.max(to, ...near)];
}

/** What a reader should know beside the tables. */
export function notes(document: Uncertainty): string[] {
  const { asked, draws, runs, influence } = document;
  const infinite = influence.some(({ bars = [] }) => bars.some(({ swing }) => swing === null));
  return [
    ...(asked === 'keeps-up' ? ['the scenario sets no needs: a draw is kept where the design keeps up'] : []),
    ...(runs === 1
      ? [
          'a draw keeps a need by the value that its run measured: chance within a run is part of the probability',
        ]
      : []),
    ...(draws.length < 100 ? [`${draws.length} draws leave P5 and P95 to a handful of them (--draws)`] : []),
    ...(infinite ? ['∞: more fail, or wait, than the percentile leaves out'] : []),
  ];
}

/** The command that gives the same again. */
export const againWords = ({ scenario, draws, runs, seed }: Uncertainty): string[] => [
  `headroom uncertain ${shellText(scenario.file)}`,
  ...(scenario.sets ?? []).map((set) => `--set ${shellText(set)}`),
  `--draws ${draws.length}`,
  `--runs ${runs}`,
  `--seed ${seed}`,
];

/** The run of the first draw that broke what is asked; none where no draw did. */
export function brokenWords({ inputs, draws, runs, scenario }: Uncertainty): string[] {
  const broken = draws.find(({ kept }) => !kept);
  if (broken === undefined) return [];
  return [
    `headroom run ${shellText(scenario.file)}`,
    ...(scenario.sets ?? []).map((set) => `--set ${shellText(set)}`),
    ...inputs.map(({ path }, at) => `--set ${shellText(`${path}=${broken.values[at]}`)}`),
    `--runs ${runs}`,
    `--seed ${broken.seed}`,
  ];
}

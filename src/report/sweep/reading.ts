import type { Sweep, SweepPoint } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { dollars } from '../reading/dollars.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { shellText } from '../reading/next-steps.ts';

/** What variables are called in a table: as much of the end of their path as tells them apart. */
export function variableNames({ variables }: Pick<Sweep, 'variables'>): string[] {
  const paths = variables.map(({ path }) => path.split('.'));
  return paths.map((keys, at) => {
    for (let length = 1; length < keys.length; length += 1) {
      const name = keys.slice(-length).join(' ');
      const others = paths.filter((_, other) => other !== at).map((other) => other.slice(-length).join(' '));
      if (!/^\d+$/.test(keys[keys.length - length]) && !others.includes(name)) return name;
    }
    return keys.join(' ');
  });
}

/** `customers latency p95` of `workloads.customers.latency.p95`; `cost month` as it is. */
export const metricName = (id: string): string => {
  const parts = id.split('.');
  return (parts.length > 2 ? parts.slice(1) : parts).join(' ');
};

/** A point's metric, with its interval. */
export function valueText(sweep: Sweep, { metrics }: SweepPoint, id: string): string {
  const measured = metrics[id];
  const known = sweep.metrics[id];
  if (measured === undefined || known === undefined || measured.data === 'none') return '–';
  if (known.unit === 'money' && measured.value !== null)
    return `$${dollars(measured.value, measured.value < 1000 ? 2 : 0)}`;
  return estimateText({ ...measured, ...known, kind: 'mean', runs: [] });
}

/** A point's metric alone, short enough for a cell. */
export function cellText(sweep: Sweep, { metrics }: SweepPoint, id: string): string {
  const value = metrics[id]?.value;
  if (value === undefined || metrics[id]?.data === 'none') return '–';
  return value === null ? '∞' : formatQuantity(value, sweep.metrics[id]?.unit ?? 'count');
}

/** What came out, in a line. */
export function headline(sweep: Sweep): string {
  const { points, best, asked } = sweep;
  const holding = points.filter(({ state }) => state === 'holds').length;
  const what = asked === 'needs' ? 'keep all needs' : 'keep up';
  const count = `${holding} of ${points.length} points ${what}`;
  if (best === undefined) return count;
  const month = points[best].month as number;
  return `${count}; the cheapest is ${valuesText(sweep, points[best])}, $${dollars(month, month < 1000 ? 2 : 0)} a month`;
}

/** `threads 4, instances 2`. */
export const valuesText = (sweep: Pick<Sweep, 'variables'>, { values }: SweepPoint): string =>
  variableNames(sweep)
    .map((name, at) => `${name} ${values[at]}`)
    .join(', ');

/** `12 points, 5 runs each, the same draws at all of them`. */
export function runsText({ points, runs, maxRuns, leftOut, missing = 0, where }: Sweep): string {
  const left = leftOut > 0 ? `; ${leftOut} left out by ${where.join(' and ')}` : '';
  const lost = missing > 0 ? `; ${missing} missing: their shards were not there` : '';
  const more = maxRuns > runs ? `, up to ${maxRuns} where undecided` : '';
  return `${points.length} points, ${runs} ${runs === 1 ? 'run' : 'runs'} each${more}, the same draws at all of them${left}${lost}`;
}

/** What a reader should know beside the table. */
export function notes(sweep: Sweep): string[] {
  const { points, best, asked } = sweep;
  const cheaper = points.filter(
    ({ state, month }) =>
      state === 'undecided' && month !== null && best !== undefined && month < (points[best].month as number),
  );
  return [
    ...(asked === 'keeps-up'
      ? ['the scenario sets no needs: a point holds where no backlog grows and at most 1% is turned away']
      : []),
    ...(cheaper.length > 0
      ? [
          `cheaper, and undecided: ${cheaper.map((point) => valuesText(sweep, point)).join('; ')} (more runs would tell: --runs)`,
        ]
      : []),
    ...(best === undefined && points.some(({ month }) => month === null)
      ? ['nothing has a price: no point is the cheapest']
      : []),
  ];
}

const setWords = (sets: readonly string[] = []): string[] => sets.map((set) => `--set ${shellText(set)}`);

/** The command that gives the same again. */
export const againWords = ({ scenario, variables, where, runs, maxRuns, seed }: Sweep): string[] => [
  `headroom sweep ${shellText(scenario.file)}`,
  ...setWords(scenario.sets),
  ...variables.map(({ path, values }) => `--vary ${shellText(`${path}=${values.join(',')}`)}`),
  ...where.map((text) => `--where ${shellText(text)}`),
  `--runs ${runs}`,
  ...(maxRuns > runs ? [`--max-runs ${maxRuns}`] : []),
  `--seed ${seed}`,
];

/** The command that shows the best point, or the first. */
export function lookWords({ scenario, variables, points, best = 0 }: Sweep): string[] {
  const { values } = points[best];
  return [
    `headroom run ${shellText(scenario.file)}`,
    ...setWords(scenario.sets),
    ...setWords(variables.map(({ path }, at) => `${path}=${values[at]}`)),
  ];
}

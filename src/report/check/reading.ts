import {
  type CheckDocument,
  type CheckResult,
  type GateResult,
  isFailing,
  type TargetResult,
} from '../../result/index.ts';
import { formatEstimate, formatQuantity } from '../../units/index.ts';
import { dollars } from '../reading/dollars.ts';

/** Failures first, then what is better, then what held. */
export function sortedGates(gates: readonly GateResult[]): GateResult[] {
  const rank = (gate: GateResult) => (isFailing(gate) ? 0 : gate.status === 'better' ? 1 : 2);
  return [...gates].sort((a, b) => rank(a) - rank(b) || (a.chance ?? 0) - (b.chance ?? 0));
}

/** Failed scenarios first. */
export const sortedScenarios = ({ scenarios }: CheckDocument): CheckResult[] =>
  [...scenarios].sort((a, b) => Number(a.status === 'pass') - Number(b.status === 'pass'));

function valueText(value: number | null | undefined, { unit }: GateResult): string {
  if (value === undefined) return 'no data';
  if (value === null) return '∞';
  if (unit === 'money') return `$${dollars(value, Math.abs(value) < 1000 ? 2 : 0)}`;
  return formatQuantity(value, unit, { digits: 4 });
}

export const expectedText = (gate: GateResult): string => valueText(gate.expected, gate);
export const foundText = (gate: GateResult): string => valueText(gate.found, gate);

/** `+12.3 ± 0.8 ms, where 1 ms passes`. */
export function changeText(gate: GateResult): string {
  const { difference, halfWidth = 0, tolerance = 0, unit, status } = gate;
  if (status === 'vanished') return 'the scenario has no such metric any more';
  if (status === 'no-data') return 'nothing was observed';
  if (status === 'new') return 'it is not in the baseline yet';
  if (difference === undefined) return 'more runs are infinite: what is waited for never comes';
  if (difference === 0) return 'the same';
  const sign = difference > 0 ? '+' : '';
  const share =
    typeof gate.expected === 'number' && gate.expected !== 0 && unit !== 'ratio'
      ? ` (${sign}${Number(((difference / Math.abs(gate.expected)) * 100).toPrecision(3))}%)`
      : '';
  const passes = tolerance === 0 ? 'none passes' : `${formatQuantity(tolerance, unit, { digits: 2 })} passes`;
  return `${sign}${formatEstimate(difference, halfWidth, unit)}${share}, ${passes}`;
}

/** What a failure means: how sure it is, and what the metric counts. */
export function meaningText({ status, chance, about }: GateResult): string {
  const what = about === undefined ? '' : about;
  if (status !== 'worse' && status !== 'moved') return what;
  const sure =
    chance === undefined || chance === 0
      ? 'Not by chance.'
      : chance < 1e-6
        ? 'By chance less than once in a million checks.'
        : `By chance once in ${Math.round(1 / chance)} checks.`;
  return [sure, what].filter(Boolean).join(' ');
}

export const statusText = ({ status }: GateResult): string =>
  ({
    worse: 'WORSE',
    moved: 'MOVED',
    vanished: 'VANISHED',
    'no-data': 'NO DATA',
    new: 'NEW',
    better: 'better',
    held: 'held',
  })[status];

export const needText = ({ target, metric, status, reason }: TargetResult): string => {
  const named = target.includes('*') ? `${metric} (${target})` : target;
  const word =
    { fail: 'broken', 'no-data': 'without data', inconclusive: 'undecided' }[status as string] ?? status;
  return `need ${word}: ${named}${reason === undefined ? '' : `; ${reason}`}`;
};

/** `2 of 14 gates failed`, or that all held. */
export function summaryOf({ gates, needs, problem }: CheckResult): string {
  if (problem !== undefined) return problem;
  const failed = gates.filter(isFailing).length;
  const parts = [
    failed > 0 ? `${failed} of ${gates.length} metrics failed` : `${gates.length} metrics held`,
    ...(needs.length > 0 ? [`${needs.length} ${needs.length === 1 ? 'need' : 'needs'} not kept`] : []),
  ];
  return parts.join(', ');
}

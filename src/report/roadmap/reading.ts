import type { RoadmapCourse, RoadmapPoint, RoadmapReport, TargetResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { factorText, percent, stationName } from '../limit/reading.ts';
import { dollars } from '../reading/dollars.ts';
import { shellText } from '../reading/next-steps.ts';

export const listed = (words: readonly string[]): string => (words.length === 0 ? '–' : words.join(', '));

/** The first month that fails. */
const firstBroken = (points: readonly RoadmapPoint[]): RoadmapPoint | undefined =>
  points.find(({ state }) => state === 'fails');

/** One line: whether it holds with all phases on time, and when it would not with none. */
export function headline({ onTime, courses }: RoadmapReport): string {
  const broken = onTime.filter(({ state }) => state === 'fails');
  const open = onTime.filter(({ state }) => state === 'undecided');
  const nothing = courses.find(({ slips }) => slips === undefined);
  const without = nothing === undefined ? '' : `; with none of them ${fateText(nothing.points)}`;
  if (broken.length > 0) return `FAILS with all phases on time, in ${monthsText(broken)}${without}`;
  if (open.length > 0) return `UNDECIDED with all phases on time, in ${monthsText(open)}${without}`;
  return `HOLDS in all ${onTime.length} months looked at, all phases on time${without}`;
}

function fateText(points: readonly RoadmapPoint[]): string {
  const broken = firstBroken(points);
  if (broken !== undefined) return `it fails from month ${broken.month}`;
  const open = points.find(({ state }) => state === 'undecided');
  return open === undefined ? 'it holds, too' : `it is undecided from month ${open.month}`;
}

const monthsText = (points: readonly RoadmapPoint[]): string =>
  `${points.length === 1 ? 'month' : 'months'} ${points.map(({ month }) => month).join(', ')}`;

/** `3 runs a month`. */
export const runsText = ({ runs, curve }: RoadmapReport): string =>
  `${runs} ${runs === 1 ? 'run' : 'runs'} a month, the same draws in all; ${curve} growth between the dates`;

export const costText = ({ cost }: RoadmapPoint): string => (cost === null ? '–' : `$${dollars(cost, 0)}`);
export const loadText = ({ factor }: RoadmapPoint): string => factorText(factor);

/** What breaks, the worst first, or is open; the fullest station where all is kept. */
export function whatText(point: RoadmapPoint, report: RoadmapReport): string {
  const { fullest, loadReasons, state, targets } = point;
  const station = fullest === undefined ? '' : `${stationName(fullest)} ${percent(fullest.utilization)} busy`;
  if (state === 'holds') return station;
  const grows = loadReasons
    .filter(({ what }) => what === 'grows')
    .map(({ component }) => `${component} falls behind`);
  const wanted = state === 'fails' ? ['fail', 'no-data'] : ['inconclusive'];
  const needs = targets.filter(({ level, status }) => level === 'fail' && wanted.includes(status));
  const texts = [...grows, ...needs.map((target) => targetText(target, report))];
  const [first = 'more than 1% is turned away', ...others] = texts;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${first}${more}${station === '' ? '' : `; ${station}`}`;
}

function targetText(
  { metric, operator, limit, value, status }: TargetResult,
  { units }: RoadmapReport,
): string {
  const unit = units[metric] ?? 'count';
  const measured = status === 'no-data' ? 'no data' : formatQuantity(value ?? Number.POSITIVE_INFINITY, unit);
  return `${metric} ${operator} ${formatQuantity(limit, unit)}: ${measured}`;
}

/** `sharding, with regions`: what slips. */
export function courseName({ slips, without }: RoadmapCourse): string {
  if (slips === undefined) return 'no phase comes';
  const others = without.filter((name) => name !== slips);
  return `${slips} slips${others.length === 0 ? '' : `, with ${others.join(', ')}`}`;
}

/** When it breaks: `month 4`, or not at all. */
export function breaksText({ points }: RoadmapCourse): string {
  const broken = firstBroken(points);
  if (broken !== undefined) return `month ${broken.month}`;
  const open = points.filter(({ state }) => state === 'undecided');
  return open.length === 0 ? 'never' : `undecided from month ${open[0].month}`;
}

/** How late the phase may come: whole months of those looked at. */
export function slackText({ due, points }: RoadmapCourse): string {
  const broken = firstBroken(points);
  if (due === undefined) return '';
  if (broken !== undefined) return `${+(broken.month - due).toFixed(2)}`;
  return points.some(({ state }) => state === 'undecided') ? '?' : 'any';
}

/** What breaks first, where something does; else what is fullest in the last month. */
export function courseWhat({ points }: RoadmapCourse, report: RoadmapReport): string {
  const broken = firstBroken(points);
  const open = points.find(({ state }) => state === 'undecided');
  const first = broken ?? open;
  if (first !== undefined) return whatText(first, report);
  const last = points.at(-1);
  return last === undefined ? '' : `in month ${last.month} ${whatText(last, report)}`;
}

export const stateMark = { holds: '✓', fails: '✗', undecided: '?' } as const;

export const notes = [
  'slack: months that the phase may be late; in the month shown it must be in use. A month whose verdict is open counts as kept; more runs decide it (--runs).',
];

export const againWords = ({ runs, scenario, seed, onTime }: RoadmapReport): string[] => [
  `headroom roadmap ${shellText(scenario.file)}`,
  ...(scenario.sets ?? []).map((set) => `--set ${shellText(set)}`),
  `--months ${onTime.map(({ month }) => month).join(',')}`,
  `--runs ${runs}`,
  `--seed ${seed}`,
];

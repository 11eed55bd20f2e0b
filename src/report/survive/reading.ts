import { ownerOf } from '../../metrics/index.ts';
import type { Survival, SurvivalCase, SurvivalStatus, TargetResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { clock } from '../reading/clock.ts';
import { marginText } from '../reading/margin-text.ts';
import type { Names } from '../reading/names.ts';
import { shellText } from '../reading/next-steps.ts';
import { partOfStation } from '../reading/station-part.ts';
import { targetGroups } from '../reading/target-groups.ts';
import { factorText, reasonText } from '../reading/verdict-facts.ts';

export const verdictWords: Readonly<Record<SurvivalStatus, string>> = {
  holds: 'Holds',
  fails: 'Does not hold',
  undecided: 'Undecided',
};

const duration = (seconds: number): string => formatQuantity(seconds, 'duration');
const percent = (share: number): string => formatQuantity(share, 'ratio', { digits: 2 });

/** `5 runs of each, 95% intervals`. */
export const runsText = ({ runs }: Survival): string =>
  runs === 1 ? '1 run of each, intervals need more' : `${runs} runs of each, 95% intervals`;

/** One line: whether the survivors hold, and which loss they do not survive. */
export function verdictText({ cases, baseline, verdict }: Survival): string {
  const of = (status: SurvivalStatus) => cases.filter((each) => each.status === status).map(nameOf);
  const count = cases.length === 1 ? nameOf(cases[0]) : `any of ${cases.length}`;
  const alone = baseline.status === 'fails' ? ', which does not hold with nothing lost either' : '';
  if (verdict === 'fails') return `the load at the peak is not borne without ${listed(of('fails'))}${alone}`;
  if (verdict === 'undecided')
    return `whether it holds without ${listed(of('undecided'))} more runs would tell (--runs)`;
  return cases.length === 1
    ? `the load at the peak is borne without ${count}`
    : `the load at the peak is borne without ${count}: ${listed(cases.map(nameOf))}`;
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

/** What is lost; the baseline loses nothing. */
export const nameOf = ({ lost }: SurvivalCase): string => lost?.name ?? 'nothing';

/** How long callers felt it: `1 m 40 s, worst 2 m`, `not over in 2 of 5 runs`. */
export function feltText({ rto, runs }: SurvivalCase): string {
  if (rto === undefined) return '–';
  if (rto.censored > 0 || rto.median === null)
    return `not over in ${rto.censored} of ${runs} ${runs === 1 ? 'run' : 'runs'}`;
  if (rto.worst === 0) return 'not at all';
  const worst = rto.worst ?? Number.POSITIVE_INFINITY;
  return worst === rto.median ? duration(worst) : `${duration(rto.median)}, worst ${duration(worst)}`;
}

/** `4 of 5`; with those that the runs could not decide. */
export function needsText({ targets }: SurvivalCase): string {
  const needs = targetGroups(targets).filter(({ level }) => level === 'fail');
  const count = (wanted: string) => needs.filter(({ status }) => status === wanted).length;
  const open = count('inconclusive');
  return `${count('pass')} of ${needs.length}${open > 0 ? `, ${open} undecided` : ''}`;
}

/** `trade-service, threads, in eu-west, 61% busy`. */
export function tightestText({ tightest }: SurvivalCase, names: Names): string {
  if (tightest === undefined) return '–';
  const where = [names.owner(tightest.station), partOfStation(tightest, names)].filter(Boolean).join(' ');
  return `${where}, ${percent(tightest.utilization)}`;
}

/** How far the load could grow without it, at most. */
export const growthText = ({ bound, load }: SurvivalCase): string =>
  load === 'overloaded' ? 'none' : bound?.atMost === undefined ? '–' : factorText(bound.atMost);

/** Beyond so many times its limit it is of no use to know how far. */
const farOutside = 10;

/** The room of the need that has the least: `12% inside`. */
export function marginOf({ worst }: SurvivalCase): string {
  if (worst === undefined) return '–';
  if (worst.status === 'no-data') return 'no data';
  return (worst.margin ?? 0) < -farOutside ? 'far outside' : marginText(worst);
}

/** Why survivors do not hold: what nobody takes over, the load, then each need that is broken or open. */
export function reasonsOf(each: SurvivalCase, survival: Survival, names: Names): string[] {
  const open = each.targets.filter(({ level, status }) => level === 'fail' && status !== 'pass');
  return [
    ...(each.reroute?.stops ?? []),
    ...each.loadReasons.map((reason) => reasonText(reason, names)),
    ...open.map((target) => targetText(target, survival)),
  ];
}

function targetText(target: TargetResult, { units }: Survival): string {
  const { metric, operator, limit, value, status, reason } = target;
  const unit = units[metric] ?? 'count';
  const measured = status === 'no-data' ? 'no data' : formatQuantity(value ?? Number.POSITIVE_INFINITY, unit);
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${metric} ${operator} ${formatQuantity(limit, unit)}: ${measured}${why}`;
}

/** Who takes over, what is the tightest then, and which need has the least room. */
export function aboutText(each: SurvivalCase, names: Names): string {
  const { reroute, status, tightest, worst } = each;
  const room = worst === undefined ? [] : [`least room: ${worstName(worst, names)}`];
  const busiest = tightest === undefined ? [] : [`tightest survivor: ${tightestText(each, names)}`];
  const stops = status === 'holds' ? (reroute?.stops ?? []) : [];
  return `${nameOf(each)}: ${[...rerouteTexts(each, names), ...stops, ...busiest, ...room].join('; ')}`;
}

/** What routing alone makes of a loss: `eu-west takes over 60% of all calls`, and how busy that makes whom. */
function rerouteTexts({ reroute }: SurvivalCase, names: Names): string[] {
  if (reroute === undefined) return [];
  const { takers, stranded, tightest } = reroute;
  const taken = takers.map(({ region, share }) => `${region} takes over ${percent(share)} of all calls`);
  const left = stranded > 1e-9 ? [`${percent(stranded)} of all calls have no region left`] : [];
  const moves = [...taken, ...left];
  const busy =
    tightest === undefined
      ? []
      : [
          `by routing alone ${names.owner(tightest.id)} in ${tightest.region} is then ${tightest.utilization === null ? 'gone' : percent(tightest.utilization)} busy (${percent(tightest.before)} before)`,
        ];
  return [...(moves.length > 0 ? moves : ['no calls move']), ...busy];
}

/** What was simulated, and what was not asked. */
export function notesOf(survival: Survival): string[] {
  const { times, leftOut, isHeldAgainstAnswers } = survival;
  const { at, measuredFrom, until } = times;
  return [
    `lost at ${clock(at)} for good, data kept; survivors are measured from ${clock(measuredFrom)} to ${clock(until)}, the same draws with nothing lost beside them`,
    ...(isHeldAgainstAnswers
      ? ['no need is set that survivors can be held against: 99% of each workload must be answered']
      : []),
    ...(leftOut.faults.length > 0
      ? [`left out: the scenario’s own faults (${leftOut.faults.join(', ')})`]
      : []),
    ...(leftOut.targets.length > 0 ? [`not asked: ${leftOut.targets.join('; ')}`] : []),
  ];
}

/** Options that ask the same again. */
export const loseWords = ({ asked }: Survival): string[] => asked.map((word) => `--lose ${shellText(word)}`);

/** A need, shortly: `trades latency.p95`. */
function worstName({ metric }: TargetResult, names: Names): string {
  const owner = ownerOf(metric);
  return `${names.owner(metric)} ${metric.slice(owner.length + 1)}`;
}

import type { Bottleneck, LoadReason, Result, WarmUpResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Names } from './names.ts';
import { partOfStation } from './station-part.ts';
import { type TargetGroup, targetGroups } from './target-groups.ts';

/** `5 runs of 1 h, 95% intervals`. */
export function runsText({ simulated, runs }: Result): string {
  const length = lengthText(simulated.seconds / runs);
  return runs === 1 ? `1 run of ${length}, intervals need more` : `${runs} runs of ${length}, 95% intervals`;
}

/** Whole minutes as minutes, as scenarios have them: an hour and a warm-up of five minutes is `65 m`. */
const lengthText = (seconds: number): string =>
  seconds % 60 === 0 && seconds % 3600 !== 0 && seconds < 3 * 3600
    ? `${seconds / 60} m`
    : formatQuantity(seconds, 'duration');

/** How many needs are kept, and how many claims are refuted. */
export function targetFacts({ targets }: Result): string[] {
  if (targets.length === 0) return ['no targets set'];
  const groups = targetGroups(targets);
  const needs = groups.filter(({ level }) => level === 'fail');
  const claims = groups.filter(({ level }) => level === 'warn');
  return [
    needs.length === 0 ? 'no needs set' : needsText(needs),
    ...(claims.length === 0 ? [] : [claimsText(claims)]),
  ];
}

function needsText(needs: readonly TargetGroup[]): string {
  const count = (status: TargetGroup['status']) => needs.filter((need) => need.status === status).length;
  const undecided = count('inconclusive');
  const kept = `${count('pass')} of ${needs.length} ${needs.length === 1 ? 'need' : 'needs'} kept`;
  return undecided > 0 ? `${kept}, ${undecided} undecided` : kept;
}

function claimsText(claims: readonly TargetGroup[]): string {
  const count = (status: TargetGroup['status']) => claims.filter((claim) => claim.status === status).length;
  const [refuted, standing, undecided] = [count('warn'), count('pass'), count('inconclusive')];
  const open = undecided > 0 ? `, ${undecided} undecided` : '';
  if (refuted > 0) return `${refuted} of ${claims.length} claims refuted${open}`;
  return `${standing} of ${claims.length} ${claims.length === 1 ? 'claim stands' : 'claims stand'}${open}`;
}

/** Tightest first: the first that is full when the load has grown by its factor is what bounds it. */
export const tightestOf = ({ bottlenecks }: Result): Bottleneck | undefined =>
  bottlenecks.find(({ atMost }) => atMost !== undefined) ??
  bottlenecks.find(({ utilization }) => utilization > 0);

/** What is tightest, and the factor of this load that it bounds. */
export function tightestFacts(result: Result, names: Names): string[] {
  const { load } = result;
  const shown = tightestOf(result);
  if (shown === undefined) return [];
  const busy = `${stationTitle(shown, names)} ${formatQuantity(shown.utilization, 'ratio', { digits: 2 })} busy`;
  const canGrow = load !== 'overloaded' && shown.atMost !== undefined;
  return [busy, ...(canGrow ? [`at most ${factorText(shown.atMost ?? 1)} this load`] : [])];
}

/** `holds at 1.42× this load, fails at 1.46×`, and what breaks first; nothing where a run was not asked for it. */
export function headroomFacts({ headroom }: Result, names: Names): string[] {
  if (headroom === undefined) return [];
  const { breaks, high, low } = headroom;
  const holds = low === 0 ? 'holds at no load that was tried' : `holds at ${factorText(low)} this load`;
  const fails = high === null ? 'no limit was found' : `fails at ${factorText(high)}`;
  const where = breaks?.station === undefined ? '' : ` (${names.of(breaks.station)})`;
  return [
    `${holds}, ${low === 0 ? 'so it is not the load that breaks it' : fails}`,
    ...(breaks === undefined || breaks.targets.length === 0
      ? []
      : [`first to break: ${breaks.targets[0]}${where}`]),
  ];
}

export const factorText = (factor: number): string =>
  factor < 10 ? `${factor.toFixed(2)}×` : `${Math.round(factor)}×`;

/** `desk is`, `orders (database) commit, shard 3 is`. */
function stationTitle(bottleneck: Bottleneck, names: Names): string {
  const part = partOfStation(bottleneck, names);
  return `${[names.owner(bottleneck.station), part].filter(Boolean).join(' ')} is`;
}

/**
 * For how long (seconds) a database acknowledged no write.
 * @param share of the run as the scenario has it: 1 also where it is more, since a run goes on until its faults are over
 */
export const noQuorumText = (seconds: number, share: number): string =>
  `no write was acknowledged for ${formatQuantity(seconds, 'duration')}${share < 1 ? '' : ', the time after the end counted in which the run goes on to see whether callers come back'}: too few replicas were in reach for what writes wait for, and callers wait behind them`;

/** One line: why the load is more than the design keeps up with. */
export function reasonText({ component, what, count, share }: LoadReason, names: Names): string {
  const percent = formatQuantity(share, 'ratio', { digits: 2 });
  if (what === 'no-quorum') return `${names.owner(component)}: ${noQuorumText(count, share)}`;
  return what === 'grows'
    ? `${names.owner(component)}: ${formatQuantity(count, 'count')} more wait at the end of the measured window than at its beginning (${percent} of all that arrived): latency and lag grow with its length`
    : `${names.owner(component)}: ${percent} of the operations are turned away (rejected, or too late)`;
}

/** What was measured before it had settled, and what to do about it: a line each. */
export const warmUpTexts = (result: Result, names: Names): string[] =>
  result.warmUps
    .filter(({ state }) => state !== 'settled')
    .map((warmUp) => `${names.owner(warmUp.workload)} not warmed up: ${warmUpText(warmUp, result)}`);

function warmUpText({ state, cut, warmUp }: WarmUpResult, { simulated, runs }: Result): string {
  const window = simulated.seconds / runs - simulated.warmUp;
  const needed = formatQuantity(roundedUp(warmUp), 'duration');
  return state === 'late'
    ? `the first ${formatQuantity(cut, 'duration', { digits: 2 })} of the measured window are unlike the rest: give run.warmUp at least ${needed}`
    : `the latency does not settle within the measured window of ${lengthText(window)}: give run.warmUp at least ${needed}, and run.duration more`;
}

/** Whole seconds, minutes or hours: short to write, and not less than what is needed. */
function roundedUp(seconds: number): number {
  const unit = seconds < 120 ? 1 : seconds < 2 * 3600 ? 60 : 3600;
  return Math.ceil(seconds / unit) * unit;
}

/** In a word whether the design does what is asked of it; without targets, how the load is borne. */
export function verdictOf({ verdict, targets, load }: Result): { status: VerdictStatus; word: string } {
  const needs = targets.filter(({ level }) => level === 'fail');
  if (verdict === 'fail') return { status: 'fail', word: 'Does not hold' };
  if (load === 'overloaded') return { status: 'fail', word: 'Overloaded' };
  if (needs.some(({ status }) => status === 'inconclusive'))
    return { status: 'inconclusive', word: 'Undecided' };
  if (load === 'backlogged') return { status: 'warn', word: 'Backlogged' };
  if (targets.length === 0) return { status: 'none', word: 'Stable' };
  return { status: 'pass', word: 'Holds' };
}

/** The verdict as text says it, with how the load is borne where that is not all: `DOES NOT HOLD, OVERLOADED`. */
export function verdictWord(result: Result): string {
  const { word } = verdictOf(result);
  const bears = result.load === 'stable' || result.load === word.toLowerCase() ? '' : `, ${result.load}`;
  return `${word}${bears}`.toUpperCase();
}

export type VerdictStatus = 'pass' | 'warn' | 'inconclusive' | 'fail' | 'none';

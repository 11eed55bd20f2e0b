import type { PlanReason, PlanRejected, PlanVariable, PointState } from '../../result/index.ts';
import { stationToBlame } from '../limit/blame.ts';
import { type Candidate, isFull } from './candidate.ts';
import { stateOf } from './screen.ts';
import type { Seen } from './seen-designs.ts';

/** Why one design is out, and what it lacks. */
interface Rejection {
  readonly why: PlanReason;
  readonly what: string;
  readonly station?: string;
  readonly of?: string;
  /** What the loss stops by itself: whatever is full then is full behind it. */
  readonly stops?: string;
  readonly margin: number | null;
}

export interface Outcome {
  readonly candidates: readonly Candidate[];
  readonly variables: readonly PlanVariable[];
  readonly seen: readonly Seen[];
  readonly states: ReadonlyMap<number, PointState>;
  readonly implied: ReadonlyMap<number, Candidate>;
}

/** Designs that are out in families: those that lack the same at the same place, the largest first. */
export function rejectedOf({ candidates, variables, seen, states, implied }: Outcome): PlanRejected[] {
  const rejections = new Map<number, Rejection>();
  for (const each of candidates) {
    const before = toldBefore(each);
    if (before !== undefined) rejections.set(each.at, before);
  }
  for (const each of seen)
    if (states.get(each.candidate.at) === 'fails') rejections.set(each.candidate.at, asSimulated(each));
  const families = new Map<string, { rejection: Rejection; at: number; isImplied: boolean }[]>();
  for (const { at } of candidates) {
    const rejection = rejections.get(at) ?? rejections.get(implied.get(at)?.at ?? -1);
    if (rejection === undefined) continue;
    const key = [rejection.why, rejection.what, rejection.station, rejection.of, rejection.stops].join('\n');
    const isImplied = !rejections.has(at);
    families.set(key, [...(families.get(key) ?? []), { rejection, at, isImplied }]);
  }
  return [...families.values()]
    .sort((a, b) => b.length - a.length)
    .map((members) => {
      const nearest = members
        .filter(({ isImplied }) => !isImplied)
        .reduce((best, each) => (marginOf(each) > marginOf(best) ? each : best));
      const { margin, ...why } = nearest.rejection;
      const has = (value: string, variable: number) =>
        members.some(({ at }) => candidates[at].values[variable] === value);
      return {
        ...why,
        designs: members.length,
        implied: members.filter(({ isImplied }) => isImplied).length,
        values: variables.map(({ values }, variable) => values.filter((value) => has(value, variable))),
        nearest: { values: candidates[nearest.at].values, margin },
      };
    });
}

const marginOf = ({ rejection: { margin } }: { readonly rejection: Rejection }): number =>
  margin ?? Number.NEGATIVE_INFINITY;

function toldBefore({ impossible, bound, tooDear }: Candidate): Rejection | undefined {
  if (impossible !== undefined) return { why: 'impossible', what: impossible, margin: null };
  if (isFull(bound))
    return {
      why: 'capacity',
      what: 'the load',
      station: bound.station,
      of: bound.of,
      margin: bound.atMost - 1,
    };
  return tooDear === undefined ? undefined : { why: 'too-dear', what: tooDear, margin: null };
}

function asSimulated({ result, survival }: Seen): Rejection {
  const { loadReasons, targets } = result;
  const broken = targets
    .filter(({ level, status }) => level === 'fail' && (status === 'fail' || status === 'no-data'))
    .sort((a, b) => (a.margin ?? Number.NEGATIVE_INFINITY) - (b.margin ?? Number.NEGATIVE_INFINITY));
  if (stateOf(result) !== 'fails') {
    const lost = survival?.cases.find(({ status }) => status === 'fails');
    const [stops] = lost?.reroute?.stops ?? [];
    const where = lost?.tightest === undefined ? {} : stationOf(lost.tightest);
    return {
      why: 'survival',
      what: lost?.lost?.name ?? '',
      ...(stops === undefined ? where : { stops }),
      margin: lost?.worst?.margin ?? null,
    };
  }
  const station = stationToBlame(result, broken, loadReasons);
  const where = station === undefined ? {} : stationOf(station);
  const [worst] = broken;
  return worst === undefined
    ? { why: 'load', what: 'the load', ...where, margin: null }
    : { why: 'need', what: worst.target, ...where, margin: worst.margin };
}

const stationOf = ({ station, of }: { readonly station: string; readonly of?: string }) => ({
  station,
  ...(of === undefined ? {} : { of }),
});

/**
 * Of those that do not hold, the one that lacks least: all that its needs are broken by, with something lost too, each by as
 * much as itself at most; else, where none is, by how full it is.
 */
export function nearestMiss({ seen, states }: Pick<Outcome, 'seen' | 'states'>): Seen | undefined {
  const rank = (each: Seen) => (states.get(each.candidate.at) === 'fails' ? 0 : 1);
  const lack = ({ result, survival }: Seen) =>
    [...result.targets, ...(survival?.cases.flatMap(({ targets }) => targets) ?? [])]
      .filter(({ level }) => level === 'fail')
      .map(({ margin, status }) => margin ?? (status === 'pass' ? 1 : Number.NEGATIVE_INFINITY))
      .reduce((sum, margin) => sum + Math.min(1, Math.max(0, -margin)), 0);
  const fullness = ({ result }: Seen) => result.bottlenecks[0]?.utilization ?? 0;
  return [...seen].sort(
    (a, b) =>
      rank(b) - rank(a) ||
      lack(a) - lack(b) ||
      fullness(a) - fullness(b) ||
      a.candidate.cost - b.candidate.cost,
  )[0];
}

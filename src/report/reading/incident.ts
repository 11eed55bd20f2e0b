import type { FaultResult, OccurrenceResult, Result } from '../../result/index.ts';
import { folded } from './folded.ts';
import type { Names } from './names.ts';
import { sinceText } from './since.ts';

/** Something that happened after a fault, told in a line. */
export interface IncidentLine {
  /** Seconds from the start of the run. */
  readonly at: number;
  readonly text: string;
  /** Of what matters less, less is told. */
  readonly weight: number;
  /** The fault that it is about, where it is about one: told with that, whenever it happens. */
  readonly fault?: string;
}

/** A fault, and what happened until the next one began. */
export interface Incident {
  readonly fault: FaultResult;
  readonly lines: readonly IncidentLine[];
  /** What is not told. */
  readonly left: number;
}

const weights: Readonly<Record<NonNullable<OccurrenceResult['sort']> | 'other' | 'recovered', number>> = {
  fault: 100,
  recovered: 95,
  promoted: 90,
  quorum: 88,
  'gave-up': 87,
  routes: 85,
  health: 80,
  ramp: 75,
  judged: 70,
  alert: 65,
  'caught-up': 60,
  'old-primary': 55,
  scaling: 40,
  other: 10,
};

/** Lines that one can take in of one incident, for each further one, and of each in any case. */
const [mostLines, furtherLines, fewestOfOne] = [38, 6, 5];

/** Lines that one can take in of so many incidents. */
export const linesToTake = (incidents: number): number => mostLines + furtherLines * (incidents - 1);

/**
 * The first run as one incident after the other, each in the order of time, in so many lines as one can take in: of each the few
 * that matter most, and of all those that do.
 */
export function incidentsOf(
  result: Result,
  names: Names,
  most = linesToTake(result.faults.length),
): Incident[] {
  const faults = result.faults.toSorted((one, other) => one.at - other.at);
  if (faults.length === 0) return [];
  const lines = fitting(result, faults, names, most - faults.length);
  const known = new Set(faults.map(({ name }) => name));
  const owned = faults.map((fault, at) => {
    const next = faults[at + 1]?.at ?? Number.POSITIVE_INFINITY;
    return lines.filter((line) =>
      line.fault !== undefined && known.has(line.fault)
        ? line.fault === fault.name
        : line.at >= fault.at && line.at < next,
    );
  });
  const heaviest = (some: readonly IncidentLine[], count: number) =>
    some.toSorted((one, other) => other.weight - one.weight).slice(0, count);
  const room = most - faults.length;
  const first = new Set(
    owned.flatMap((own) => heaviest(own, Math.min(fewestOfOne, Math.floor(room / faults.length)))),
  );
  const others = lines.filter((line) => !first.has(line));
  const kept = new Set([...first, ...heaviest(others, Math.max(0, room - first.size))]);
  return faults.map((fault, at) => ({
    fault,
    lines: owned[at].filter((line) => kept.has(line)),
    left: owned[at].filter((line) => !kept.has(line)).length,
  }));
}

/** All lines: the steps in which traffic comes back one by one where there is room for that. */
function fitting(
  result: Result,
  faults: readonly FaultResult[],
  names: Names,
  most: number,
): readonly IncidentLine[] {
  const lines = linesOf(result, faults, names, false);
  return lines.length <= most ? lines : linesOf(result, faults, names, true);
}

function linesOf(
  result: Result,
  faults: readonly FaultResult[],
  names: Names,
  foldsRamps: boolean,
): IncidentLine[] {
  const ownName = new Map(faults.map(({ name }) => [`faults.${name}`, name]));
  const onsetOf = (at: number) => faults.findLast((fault) => fault.at <= at)?.at ?? faults[0].at;
  const after = result.timeline.occurrences.filter(({ at }) => at >= faults[0].at);
  const happened = folded(after, onsetOf, foldsRamps).map(
    ({ at, component, sort, text }): IncidentLine => ({
      at,
      // What there is one of only speaks for itself: the router, the monitor.
      text: component.includes('.') ? `${names.of(component)}: ${text}` : text,
      weight: weights[sort ?? 'other'],
      fault: ownName.get(component),
    }),
  );
  return [...happened, ...faults.flatMap(recoveriesOf)].sort((one, other) => one.at - other.at);
}

/** When callers were well again: those who were at the same time together, the last with the recovery time. */
function recoveriesOf({ at: onset, name, recoveries = [] }: FaultResult): IncidentLine[] {
  const back = recoveries.flatMap(({ at, ...who }) => (at === undefined ? [] : [{ at, who: whoIs(who) }]));
  const isAll = back.length === recoveries.length;
  const times = [...new Set(back.map(({ at }) => at))].sort((one, other) => one - other);
  return times.map((at) => {
    const who = back.filter((each) => each.at === at).map((each) => each.who);
    const isLast = isAll && at === times.at(-1);
    const text = `${who.join(', ')} back at 99%${isLast ? `: RTO ${sinceText(at - onset)}` : ''}`;
    return { at, text, weight: weights.recovered, fault: name };
  });
}

const whoIs = ({ workload, origin }: { workload: string; origin?: string }): string =>
  origin === undefined ? workload : `${workload} from ${origin}`;

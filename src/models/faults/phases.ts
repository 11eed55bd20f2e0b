import type { Design } from '../design.ts';
import { faultsSection } from '../fault.ts';
import { type Phase, phases, type Stretch, type Turn } from '../milestones.ts';

/** A phase of the way back, over all who took part in it: from the first to begin to the last to end. Seconds of the run. */
export interface PhaseRecord {
  readonly name: Phase;
  /** Whether it followed the fault's beginning or its end. */
  readonly after: 'onset' | 'end';
  readonly at: number;
  readonly until: number;
  /** Of that time, for how long somebody took part. */
  readonly seconds: number;
  /** It had not ended with the run. */
  readonly isOpen?: true;
  /** How many took part, and who was the last. */
  readonly parts: number;
  readonly last: { readonly component: string; readonly part?: string };
}

/** Who did what on the way back from a fault, put together phase by phase. @param now when the run ended, nanoseconds */
export function phasesOf(stretches: readonly Stretch[], now: number): PhaseRecord[] {
  const turns = [...new Set(stretches.map(({ turn }) => turn))];
  return turns
    .flatMap((turn) => phases.flatMap((name) => phaseOf(name, turn, stretches, now)))
    .sort((one, other) => one.at - other.at || phases.indexOf(one.name) - phases.indexOf(other.name));
}

function phaseOf(name: Phase, turn: Turn, stretches: readonly Stretch[], now: number): PhaseRecord[] {
  const parts = stretches.filter((each) => each.phase === name && each.turn === turn);
  if (parts.length === 0) return [];
  const last = parts.reduce((latest, each) => (each.until > latest.until ? each : latest));
  return [
    {
      name,
      after: turn.side,
      at: Math.min(...parts.map(({ from }) => from)) / 1e9,
      until: Math.min(last.until, now) / 1e9,
      seconds: unionOf(parts, now) / 1e9,
      ...(last.isOpen && { isOpen: true as const }),
      parts: parts.length,
      last: last.whose,
    },
  ];
}

/** Nanoseconds in which at least one of them goes on. */
function unionOf(parts: readonly Stretch[], now: number): number {
  let sum = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (const { from, until } of parts.toSorted((one, other) => one.from - other.from)) {
    const end = Math.min(until, now);
    sum += Math.max(0, end - Math.max(covered, from));
    covered = Math.max(covered, end);
  }
  return sum;
}

/** Whether a target names a phase of a fault: then it is waited for. */
export const isAskedFor = (phase: Phase, fault: string, { targets }: Design): boolean =>
  targets.some(({ target }) =>
    ['*', fault].some((name) => target.trimStart().startsWith(`${faultsSection}.${name}.${phase}`)),
  );

/** How long a phase took: of one that came several times, the longest. Undefined where it never came. */
export function durationOf(
  name: Phase,
  records: readonly PhaseRecord[],
): { seconds: number; isOver: boolean } | undefined {
  const times = records.filter((each) => each.name === name);
  const open = times.filter(({ isOpen }) => isOpen === true);
  const counted = open.length > 0 ? open : times;
  if (counted.length === 0) return undefined;
  return {
    seconds: Math.max(...counted.map(({ seconds }) => seconds)),
    isOver: open.length === 0,
  };
}

import type { PlanVariable, PointState } from '../../result/index.ts';
import { type Candidate, isTold, promiseOf } from './candidate.ts';

export interface SearchSettings {
  readonly candidates: readonly Candidate[];
  readonly variables: readonly PlanVariable[];
  /** How many of the cheapest designs that hold are wanted. */
  readonly wanted: number;
  /** A need that is not asked for. */
  readonly without?: string;
  /** Only what costs less than this design is of interest. */
  readonly below?: Candidate;
  /** Designs that are out of the question, whatever their state. */
  readonly refused?: ReadonlySet<number>;
  /** Simulates a design. */
  readonly ask: (candidate: Candidate) => Promise<PointState>;
}

export interface Searched {
  /** Those that hold, the cheapest first. */
  readonly holding: readonly Candidate[];
  readonly undecided: readonly Candidate[];
  /** Designs that cannot hold since another one does not that is at least as good, with that one. */
  readonly implied: ReadonlyMap<number, Candidate>;
}

/**
 * The cheapest designs that hold, without simulating those that cannot be among them.
 *
 * Rule: what is likely to hold by closed forms is tried first, the cheapest of it; once enough hold, only what is cheaper
 * is left, of what is not likely the most promising first, since where that fails all that is no better along monotone variables fails with
 * it. The order saves runs and decides nothing: every cheaper design is simulated, or implied by one that was.
 */
export async function search(settings: SearchSettings): Promise<Searched> {
  const { candidates, wanted, without, below, refused, ask } = settings;
  const order = candidates.filter((each) => !isTold(each)).sort(cheaperFirst);
  const states = new Map<number, PointState>();
  const implied = new Map<number, Candidate>();
  const holding = () => order.filter(({ at }) => states.get(at) === 'holds' && !refused?.has(at));
  let failures = 0;
  for (;;) {
    const cutoff = holding()[wanted - 1] ?? below;
    const open = order.filter(
      (each) =>
        !states.has(each.at) &&
        !implied.has(each.at) &&
        (cutoff === undefined || cheaperFirst(each, cutoff) < 0),
    );
    const next = nextOf(open, { failures, hasHolding: holding().length > 0, without, refused });
    if (next === undefined) break;
    const state = await ask(next);
    states.set(next.at, state);
    failures = state === 'holds' ? 0 : failures + 1;
    if (state !== 'fails') continue;
    for (const each of order)
      if (!states.has(each.at) && isNoBetter(each, next, settings.variables)) implied.set(each.at, next);
  }
  return {
    holding: holding(),
    undecided: order.filter(({ at }) => states.get(at) === 'undecided'),
    implied,
  };
}

/** Among equals the first in the order of the values. */
export const cheaperFirst = (a: Candidate, b: Candidate): number =>
  a.cost === b.cost ? a.at - b.at : a.cost - b.cost;

interface Progress extends Pick<SearchSettings, 'refused' | 'without'> {
  /** Designs in a row that did not hold. */
  readonly failures: number;
  readonly hasHolding: boolean;
}

/**
 * What is simulated next. Every other time that the cheapest of the likely ones does not hold, one that is dearer: the most
 * promising of all as long as nothing holds, which tells whether anything does; then the one in the middle.
 */
function nextOf(open: readonly Candidate[], { failures, hasHolding, refused, without }: Progress) {
  const likely = open.filter((each) => promiseOf(each, without) > 0 && !refused?.has(each.at));
  const isAscending = failures % 2 === 0;
  if (likely.length === 0 || (!isAscending && !hasHolding)) return mostPromising(open, without);
  return isAscending ? likely[0] : likely[Math.floor(likely.length / 2)];
}

const mostPromising = (open: readonly Candidate[], without?: string): Candidate | undefined =>
  open.reduce<Candidate | undefined>(
    (best, each) => (best === undefined || promiseOf(each, without) > promiseOf(best, without) ? each : best),
    undefined,
  );

/** Whether a design differs from another one only in monotone variables, and in none for the better. */
export function isNoBetter(
  { values }: Pick<Candidate, 'values'>,
  than: Pick<Candidate, 'values'>,
  variables: readonly PlanVariable[],
): boolean {
  return variables.every(({ values: order, monotone }, at) =>
    monotone ? order.indexOf(values[at]) <= order.indexOf(than.values[at]) : values[at] === than.values[at],
  );
}

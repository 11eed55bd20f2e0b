import type { PointState } from '../../result/index.ts';

export interface SearchOptions {
  /** The largest factor is known when what holds and what does not lie no further apart than this share. */
  readonly width: number;
  /** Steps in which the load grows until it is too much. */
  readonly growth: number;
  /** Factors beyond which nobody looks. */
  readonly least: number;
  readonly most: number;
  /** What is full when the load has grown so far, if anything is known of that: it is tried, and not passed over. */
  readonly bound?: () => number | undefined;
  /** Shares of the largest factor that are tried too, since it need not be monotone below. */
  readonly below: readonly number[];
}

export interface Found {
  /** The largest factor that holds; 0 where none was found. */
  readonly low: number;
  /** The least factor above `low` that fails; undefined where none was found. */
  readonly high?: number;
}

/**
 * The largest factor at which something holds.
 *
 * Grows the load step by step to the first failure (or shrinks it to the first success), then bisects: between the largest
 * that holds and what follows it, and between the least that fails and what precedes it, since near the limit there may be
 * loads at which the runs cannot tell. Every answer is asked for once. What lies between two loads that were tried is
 * taken to be as they are; `below` looks into that.
 */
export async function searchLimit(
  ask: (factor: number) => Promise<PointState>,
  options: SearchOptions,
): Promise<Found> {
  const known = new Map<number, PointState>();
  const probe = async (asked: number): Promise<PointState> => {
    const factor = rounded(asked);
    const state = known.get(factor) ?? (await ask(factor));
    known.set(factor, state);
    return state;
  };
  const first = await probe(1);
  if (first === 'holds') await grow(1, probe, options);
  else {
    await shrink(probe, options);
    if (first === 'undecided') await growToFailure(1, probe, options);
  }
  await bisect(known, 'holds', probe, options.width);
  await bisect(known, 'fails', probe, options.width);
  const { low } = ends(known);
  for (const share of low > 0 ? options.below : []) {
    if (!isNear(share * low, known, options.width)) await probe(share * low);
  }
  return ends(known);
}

type Probe = (factor: number) => Promise<PointState>;

/** Up to the first failure, or to the first that does not hold and then to the first failure. */
async function grow(from: number, probe: Probe, options: SearchOptions): Promise<void> {
  let factor = from;
  while (factor < options.most) {
    factor = next(factor, options);
    if ((await probe(factor)) === 'holds') continue;
    return growToFailure(factor, probe, options);
  }
}

async function growToFailure(from: number, probe: Probe, options: SearchOptions): Promise<void> {
  let factor = from;
  while (factor < options.most && (await probe(factor)) !== 'fails') factor = next(factor, options);
}

/**
 * A step further. Where it is known what will be full, and that is far, at once to a step below it; nowhere past it, unless it
 * has been tried. Where nothing is known, by a small step three times, then by the square of it.
 */
function next(factor: number, { growth, most, bound }: SearchOptions): number {
  const limit = Math.min(most, rounded(bound?.() ?? Number.POSITIVE_INFINITY));
  if (factor < limit && limit < Number.POSITIVE_INFINITY && bound?.() !== undefined) {
    if (factor * growth ** 2 < limit) return limit / growth;
    return Math.min(limit, factor * growth);
  }
  return Math.min(most, factor * (factor < growth ** 3 * 0.99 ? growth : growth ** 2));
}

/** Loads that are still to be tried until the largest is known, about. */
export function probesLeft(
  known: ReadonlyMap<number, PointState>,
  { width, bound }: { readonly width: number; readonly bound?: number },
): number {
  const { low, high } = ends(known);
  const from = low > 0 ? low : 1;
  const to = high ?? Math.max(bound ?? 0, 1.5 * from);
  return Math.ceil(Math.max(0, Math.log2(Math.log(to / from) / Math.log(1 + width))));
}

/** Down to the first success: by small steps at first, then by halves. */
async function shrink(probe: Probe, { growth, least }: SearchOptions): Promise<void> {
  let factor = 1;
  for (let steps = 1; factor > least; steps += 1) {
    factor = Math.max(least, factor / (steps <= 3 ? growth : 2));
    if ((await probe(factor)) === 'holds') return;
  }
}

/** Narrows the gap beside the largest that holds, or the least above it that fails. */
async function bisect(
  known: ReadonlyMap<number, PointState>,
  side: 'holds' | 'fails',
  probe: Probe,
  width: number,
): Promise<void> {
  for (;;) {
    const gap = gapBeside(known, side);
    if (gap === undefined || gap[1] / gap[0] <= 1 + width) return;
    const middle = rounded(Math.sqrt(gap[0] * gap[1]));
    if (known.has(middle)) return;
    await probe(middle);
  }
}

function gapBeside(
  known: ReadonlyMap<number, PointState>,
  side: 'holds' | 'fails',
): [number, number] | undefined {
  const { low, high } = ends(known);
  const factors = [...known.keys()].sort((a, b) => a - b);
  if (side === 'holds') {
    const above = factors.find((factor) => factor > low);
    return low > 0 && above !== undefined ? [low, above] : undefined;
  }
  const below = factors.findLast((factor) => factor < (high ?? 0));
  return high !== undefined && below !== undefined && below > 0 ? [below, high] : undefined;
}

function ends(known: ReadonlyMap<number, PointState>): Found {
  const of = (wanted: PointState) =>
    [...known].filter(([, state]) => state === wanted).map(([factor]) => factor);
  const low = Math.max(0, ...of('holds'));
  const above = of('fails').filter((factor) => factor > low);
  return { low, ...(above.length === 0 ? {} : { high: Math.min(...above) }) };
}

const isNear = (factor: number, known: ReadonlyMap<number, PointState>, width: number): boolean =>
  [...known.keys()].some((other) => Math.abs(Math.log(other / factor)) <= width);

/** Five digits: short to type again, and the same whatever way led to it. */
const rounded = (factor: number): number => Number(factor.toPrecision(5));

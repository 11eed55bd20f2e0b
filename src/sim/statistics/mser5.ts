/**
 * Where a warm-up ends: MSER-5, on the mean over runs, one cut for all of them.
 *
 * Rule: average the runs point by point, then in batches of five; cut so that the squared standard error of the mean of
 * what remains, Σ (Yⱼ − Ȳ)² / (m − d)², is least. A cut past half of the series says that it never settled.
 * Source: K. P. White, "An effective truncation heuristic for bias reduction in simulation output", Simulation 69
 * (1997); White, Cobb and Spratt (2000) for the batches.
 * Differs from the original: the last tenth, or five batches, is never left alone, since a few batches that happen to be
 * equal have no spread at all (M/M/1 in its steady state at 30% to 90%: with five of 102 left, 1% to 3% of the
 * simulations seemed never to settle; with ten, 0 to 1%).
 * Only for flat load without faults or autoscaling: anything that is meant to change looks like a warm-up.
 * Cost: linear in the length.
 */
export interface WarmUp {
  /** How many observations of each run to leave out. */
  cut: number;
  /** False where the least lies past half of the series, or the series is too short to tell. */
  isWarmedUp: boolean;
}

/** @param series one a run, observations at equal distances in time; cut to the shortest */
export function mser5(series: readonly ArrayLike<number>[]): WarmUp {
  const batches = batchMeans(series);
  const m = batches.length;
  const fewest = Math.max(BATCHES_LEFT, Math.floor(m / 10));
  if (m < 2 * BATCHES_LEFT) return { cut: 0, isWarmedUp: false };
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  let mean = 0;
  let squares = 0;
  // From the end, so that one pass of Welford's recurrence has the spread of every tail.
  for (let first = m - 1; first >= 0; first--) {
    const kept = m - first;
    const distance = batches[first] - mean;
    mean += distance / kept;
    squares += distance * (batches[first] - mean);
    const error = squares / (kept * kept);
    if (kept >= fewest && error <= least) {
      least = error;
      best = first;
    }
  }
  return { cut: best * BATCH, isWarmedUp: best <= m / 2 };
}

function batchMeans(series: readonly ArrayLike<number>[]): Float64Array {
  const length = series.length === 0 ? 0 : Math.min(...series.map((run) => run.length));
  const batches = new Float64Array(Math.floor(length / BATCH));
  for (const run of series) {
    for (let i = 0; i < batches.length * BATCH; i++) batches[Math.floor(i / BATCH)] += run[i];
  }
  return batches.map((sum) => sum / (BATCH * series.length));
}

const BATCH = 5;
const BATCHES_LEFT = 5;

/**
 * How long a record waits in a batch that goes when it is full or its time is up.
 *
 * Rule, size or linger (a timer a batch: Kafka's linger.ms, `maxAge`). A batch opens with a record; N Poisson
 * records of mean λL may follow within the linger L, and the batch closes early at the (n − 1)-th: so it
 * holds 1 + M, M = min(N, n − 1). With A(t) followers at time t, the waits add up to ∫ (1 + A) dt while the
 * batch is open, and ∫₀ᴸ P(A(t) = k) dt = P(N > k)/λ. Hence E[total wait] = Σ_{k<n−1} (k + 1) P(N > k)/λ =
 * E[M(M + 1)/2]/λ, and the mean wait is that over 1 + E[M] (renewal–reward: the next batch opens afresh).
 *
 * Rule, size or tick (a timer an instance, every Δ whatever happens: `tick`). Records of one tick count up
 * from 0, every n-th empties the batch: E[total wait of a tick] = ∫₀^Δ E[A(t) mod n] dt = E[Σ_{k<N} (k mod
 * n)]/λ, N Poisson of mean λΔ.
 *
 * Source: own derivation. Exact for Poisson arrivals and a fixed linger or tick. Cost: a Poisson sum.
 */
import { poissonExpectation } from './poisson.ts';

export interface BatchFigures {
  /** Mean wait of a record, in seconds, from its arrival until its batch goes. */
  meanWait: number;
  /** Mean number of records in a batch that is not empty. */
  meanSize: number;
  /** Batches a second. */
  flushRate: number;
  /** Share of the batches that went because they were full. */
  fullRatio: number;
}

export interface BatchRule {
  /** λ, records a second at one batcher; positive. */
  arrivalRate: number;
  /** Records that fill a batch (n), a whole number from 1; Infinity for no limit. */
  size: number;
}

/** @param rule linger in seconds, from the first record of a batch */
export function sizeOrLinger(rule: BatchRule & { linger: number }): BatchFigures {
  const { arrivalRate, size, linger } = rule;
  requireRule(rule);
  const most = size - 1;
  const expectation = (f: (followers: number) => number): number =>
    poissonExpectation(arrivalRate * linger, f, most);
  const meanSize = 1 + expectation((followers) => followers);
  const totalWait = expectation((followers) => (followers * (followers + 1)) / 2) / arrivalRate;
  return {
    meanWait: totalWait / meanSize,
    meanSize,
    flushRate: arrivalRate / meanSize,
    fullRatio: expectation((followers) => (followers === most ? 1 : 0)),
  };
}

/** @param rule tick in seconds; an empty batch does not go */
export function sizeOrTick(rule: BatchRule & { tick: number }): BatchFigures {
  const { arrivalRate, size, tick } = rule;
  requireRule(rule);
  const perTick = arrivalRate * tick;
  const full = (records: number): number => Math.floor(records / size);
  const left = (records: number): number => (size === Number.POSITIVE_INFINITY ? records : records % size);
  const waits = (records: number): number => {
    const rest = (left(records) * (left(records) - 1)) / 2;
    return full(records) === 0 ? rest : (full(records) * size * (size - 1)) / 2 + rest;
  };
  const fullBatches = poissonExpectation(perTick, full);
  const batches = fullBatches + poissonExpectation(perTick, (records) => (left(records) > 0 ? 1 : 0));
  return {
    meanWait: poissonExpectation(perTick, waits) / arrivalRate / perTick,
    meanSize: perTick / batches,
    flushRate: batches / tick,
    fullRatio: fullBatches / batches,
  };
}

function requireRule({ arrivalRate, size }: BatchRule): void {
  if (!(arrivalRate > 0)) throw new RangeError(`arrival rate must be positive, got ${arrivalRate}`);
  if (!(size >= 1)) throw new RangeError(`a batch holds at least one record, got ${size}`);
}

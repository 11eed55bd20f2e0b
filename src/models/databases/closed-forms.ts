/**
 * What theory says of a database under Poisson load, to hold the simulation against. Times in seconds, rates a second.
 */
import type { ShardFunction } from '../algorithms/partitioning/index.ts';
import { type Spread, spread } from '../algorithms/partitioning/index.ts';
import { mg1 } from '../algorithms/queueing/mg1.ts';
import type { KeyPopulation } from '../contracts/keys.ts';

export interface GroupCommitFigures {
  /** Commits that share a flush, on the mean. */
  readonly perFlush: number;
  /** Share of the time during which the log is being flushed. */
  readonly utilization: number;
  /** From a commit's coming to its being durable, on the mean. */
  readonly meanLatency: number;
}

/**
 * Poisson commits that share the flush after the one under way. A flush that ends with nobody waiting is followed by
 * idleness until the next commit; so flush and idleness last D + p₀/λ on the mean, p₀ being the chance that nobody comes
 * during a flush. A commit waits for the rest of the flush that it finds, if it finds one, and then for its own.
 *
 * @param flush mean of a flush, constant (cv 0) or exponential (cv 1)
 */
export function groupCommit(rate: number, flush: { mean: number; cv: 0 | 1 }): GroupCommitFigures {
  const { cv, mean } = flush;
  const nobodyComes = cv === 0 ? Math.exp(-rate * mean) : 1 / (1 + rate * mean);
  const utilization = mean / (mean + nobodyComes / rate);
  return {
    perFlush: rate * mean + nobodyComes,
    utilization,
    meanLatency: mean + (utilization * mean * (1 + cv ** 2)) / 2,
  };
}

/** Mean lag of a replica: a constant way, then M/G/1 before the one process that applies. */
export const meanReplicationLag = (
  writeRate: number,
  delay: number,
  apply: { mean: number; cv: number },
): number =>
  delay + mg1({ arrivalRate: writeRate, meanService: apply.mean, serviceCv: apply.cv }).meanSojourn;

export interface StalenessFigures {
  /** Share of reads that miss a write. */
  readonly staleShare: number;
  /** For how long an answer had been out of date, on the mean, those that were not at 0. */
  readonly meanStaleness: number;
}

/**
 * Reads at any instant of a row that is written by a Poisson process and whose writes are applied a constant lag later: a
 * read is stale if there was a write during the last lag, and has been since the first of them.
 */
export function staleness(writeRate: number, lag: number): StalenessFigures {
  const staleShare = -Math.expm1(-writeRate * lag);
  return { staleShare, meanStaleness: lag - staleShare / writeRate };
}

/** How a population's operations spread over shards, each value as often as it is drawn. */
export function shardSpread(
  population: Pick<KeyPopulation, 'count' | 'share' | 'text'>,
  place: ShardFunction,
  shards: number,
): Spread {
  const values = Array.from({ length: population.count }, (_, value) => value);
  return spread(
    values.map((value) => place(population.text(value))),
    shards,
    values.map((value) => population.share(value)),
  );
}

/**
 * M/G/c under processor sharing: all jobs run at once, each on one core at most, sharing evenly when there
 * are more jobs than cores.
 *
 * Rule: E[T] = E[S]/(1 − ρ) on one core; on c cores the mean of M/M/c, whatever the service time's
 * distribution; a job of size x stays x · E[T]/E[S] on average.
 * Source: Kleinrock, Queueing Systems vol. 2 (1976), 4.4; Cohen, "The multiple phase service network with
 * generalized processor sharing", Acta Informatica 12 (1979), for c cores. Exact for the mean.
 */
import { mmc } from './mmc.ts';

export interface SharingFigures {
  utilization: number;
  /** Seconds from arrival to departure. */
  meanSojourn: number;
  meanInSystem: number;
  /** Mean sojourn over mean service time: by how much everything slows down. */
  slowdown: number;
  /** Mean sojourn, in seconds, of a job that needs `size` seconds of a core. */
  meanSojournOf(size: number): number;
}

/** @param options λ per second; mean service time on a core of one's own, in seconds; cores, default 1 */
export function processorSharing(options: {
  arrivalRate: number;
  meanService: number;
  servers?: number;
}): SharingFigures {
  const { arrivalRate, meanService, servers = 1 } = options;
  const { utilization, meanSojourn, meanInSystem } = mmc({
    arrivalRate,
    serviceRate: 1 / meanService,
    servers,
  });
  const slowdown = meanSojourn / meanService;
  return { utilization, meanSojourn, meanInSystem, slowdown, meanSojournOf: (size) => size * slowdown };
}

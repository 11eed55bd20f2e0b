/**
 * G/G/1 and G/G/c: any arrivals, any service, approximately.
 *
 * Rule: Kingman, W_q ≈ ρ/(1 − ρ) · (cvₐ² + cvₛ²)/2 · E[S]; Allen–Cunneen, W_q ≈ W_q(M/M/c) · (cvₐ² + cvₛ²)/2.
 * Source: Kingman, "The single server queue in heavy traffic", Proc. Cambridge Phil. Soc. 57 (1961); Allen,
 * Probability, Statistics, and Queueing Theory (2nd ed., 1990), 5.2.6. Approximations: exact for M/G/1 and
 * M/M/c, good near saturation, rough at low load and for cv above 2.
 */
import { type MeanFigures, meanFigures } from './mg1.ts';
import { mmc } from './mmc.ts';

export interface GeneralQueue {
  /** λ, per second. */
  arrivalRate: number;
  /** Coefficient of variation of the gaps between arrivals: 1 for Poisson, 0 for a clock. */
  arrivalCv: number;
  /** Seconds. */
  meanService: number;
  /** Coefficient of variation of the service time. */
  serviceCv: number;
}

/** One server: Kingman's heavy-traffic approximation. */
export const kingman = (queue: GeneralQueue): MeanFigures => allenCunneen({ ...queue, servers: 1 });

/** c servers. */
export function allenCunneen(queue: GeneralQueue & { servers: number }): MeanFigures {
  const { arrivalRate, arrivalCv, meanService, serviceCv, servers } = queue;
  const { meanWait, utilization } = mmc({ arrivalRate, serviceRate: 1 / meanService, servers });
  const variability = (arrivalCv ** 2 + serviceCv ** 2) / 2;
  // A clock feeding constant work keeps up to the very edge: 0 · ∞ is then the overload's.
  const wait = utilization >= 1 ? Number.POSITIVE_INFINITY : meanWait * variability;
  return meanFigures(arrivalRate, utilization, wait, meanService);
}

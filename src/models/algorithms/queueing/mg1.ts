/**
 * M/G/1: Poisson arrivals, any service time, one server, first come first served.
 *
 * Rule: Pollaczek–Khinchine, W_q = ρ/(1 − ρ) · (1 + cv²)/2 · E[S].
 * Source: Kleinrock, Queueing Systems vol. 1, 5.6. Exact for the mean.
 */
import { requireRates } from './queue-figures.ts';

export interface MeanFigures {
  utilization: number;
  /** Seconds. */
  meanWait: number;
  meanSojourn: number;
  /** Mean number in the queue, and in the system. */
  meanWaiting: number;
  meanInSystem: number;
}

/**
 * @param options λ per second; mean service time in seconds; its coefficient of variation (0 constant, 1
 * exponential)
 */
export function mg1(options: { arrivalRate: number; meanService: number; serviceCv: number }): MeanFigures {
  const { arrivalRate, meanService, serviceCv } = options;
  requireRates(arrivalRate, 1 / meanService);
  const utilization = arrivalRate * meanService;
  const meanWait = ((utilization / Math.max(1 - utilization, 0)) * meanService * (1 + serviceCv ** 2)) / 2;
  return meanFigures(arrivalRate, utilization, meanWait, meanService);
}

/** The rest by Little's law. */
export function meanFigures(
  arrivalRate: number,
  utilization: number,
  meanWait: number,
  meanService: number,
): MeanFigures {
  const meanSojourn = meanWait + meanService;
  return {
    utilization,
    meanWait,
    meanSojourn,
    meanWaiting: arrivalRate * meanWait,
    meanInSystem: arrivalRate * meanSojourn,
  };
}

/**
 * M/M/c: Poisson arrivals, exponential service, c servers, one queue, first come first served.
 *
 * Rule: the chance to wait is Erlang's C = B / (1 − ρ(1 − B)); with θ = cμ − λ, P(W_q > t) = C e^(−θt) and
 * P(W > t) = e^(−μt) + Cμ (e^(−μt) − e^(−θt)) / (θ − μ), whose last part is Cμt e^(−μt) where θ = μ.
 * Source: Gross, Shortle, Thompson, Harris, Fundamentals of Queueing Theory (4th ed.), 2.3. Exact.
 * Cost: one step a server; quantiles of the sojourn by bisection.
 */
import { erlangB } from './erlang-b.ts';
import { invertTail } from './invert-tail.ts';
import { type QueueFigures, requireRates } from './queue-figures.ts';

/** Chance to wait for one of c servers under a load in Erlangs; 1 where they cannot keep up. */
export function erlangC(load: number, servers: number): number {
  const utilization = load / servers;
  if (utilization >= 1) return 1;
  const blocked = erlangB(load, servers);
  return blocked / (1 - utilization * (1 - blocked));
}

/** @param rates λ and μ (of one server), per second */
export function mmc(rates: { arrivalRate: number; serviceRate: number; servers: number }): QueueFigures {
  const { arrivalRate, serviceRate, servers } = rates;
  requireRates(arrivalRate, serviceRate, servers);
  const waitingProbability = erlangC(arrivalRate / serviceRate, servers);
  const spare = Math.max(servers * serviceRate - arrivalRate, 0);
  const meanWait = waitingProbability / spare;
  const meanSojourn = meanWait + 1 / serviceRate;

  // Written with the slower of the two exponentials outside, so that neither θ near μ nor a long time loses
  // digits.
  const slower = Math.min(serviceRate, spare);
  const difference = Math.abs(spare - serviceRate);
  const sojournTail = (time: number): number => {
    const both = difference * time < 1e-12 ? time : -Math.expm1(-difference * time) / difference;
    return Math.exp(-serviceRate * time) + waitingProbability * serviceRate * both * Math.exp(-slower * time);
  };

  return {
    utilization: arrivalRate / (servers * serviceRate),
    waitingProbability,
    meanWait,
    meanSojourn,
    meanWaiting: arrivalRate * meanWait,
    meanInSystem: arrivalRate * meanSojourn,
    waitTail: (time) => waitingProbability * Math.exp(-spare * time),
    waitQuantile: (probability) =>
      spare === 0
        ? Number.POSITIVE_INFINITY
        : Math.max(0, Math.log(waitingProbability / (1 - probability)) / spare),
    sojournTail,
    sojournQuantile: (probability) =>
      spare === 0 ? Number.POSITIVE_INFINITY : invertTail(sojournTail, probability, meanSojourn),
  };
}

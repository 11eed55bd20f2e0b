/**
 * M/M/1: Poisson arrivals, exponential service, one server, first come first served.
 *
 * Rule: ρ = λ/μ, W = 1/(μ − λ), P(W_q > t) = ρ e^(−(μ−λ)t), P(W > t) = e^(−(μ−λ)t).
 * Source: Kleinrock, Queueing Systems vol. 1 (1975), 3.2 and 5.7. Exact.
 */
import { type QueueFigures, requireRates } from './queue-figures.ts';

/** @param rates λ and μ, per second */
export function mm1(rates: { arrivalRate: number; serviceRate: number }): QueueFigures {
  const { arrivalRate, serviceRate } = rates;
  requireRates(arrivalRate, serviceRate);
  const utilization = arrivalRate / serviceRate;
  const spare = Math.max(serviceRate - arrivalRate, 0);
  const meanSojourn = 1 / spare;
  return {
    utilization,
    waitingProbability: Math.min(utilization, 1),
    meanWait: utilization / spare,
    meanSojourn,
    meanWaiting: (arrivalRate * utilization) / spare,
    meanInSystem: arrivalRate / spare,
    waitTail: (time) => Math.min(utilization, 1) * Math.exp(-spare * time),
    waitQuantile: (probability) =>
      spare === 0 ? Number.POSITIVE_INFINITY : Math.max(0, Math.log(utilization / (1 - probability)) / spare),
    sojournTail: (time) => Math.exp(-spare * time),
    sojournQuantile: (probability) =>
      spare === 0 ? Number.POSITIVE_INFINITY : -Math.log1p(-probability) / spare,
  };
}

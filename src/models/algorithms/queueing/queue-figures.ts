/**
 * What queueing theory answers about a queue in steady state. Rates are per second, times in seconds; an
 * unstable queue has infinite means and quantiles.
 */
export interface QueueFigures {
  /** Work offered over capacity (ρ); at 1 and above the queue is unstable. */
  utilization: number;
  /** Chance that an arrival has to wait. */
  waitingProbability: number;
  /** Mean time in the queue (W_q), those who do not wait included. */
  meanWait: number;
  /** Mean time from arrival to departure (W). */
  meanSojourn: number;
  /** Mean number in the queue (L_q). */
  meanWaiting: number;
  /** Mean number in the system (L). */
  meanInSystem: number;
  /** Chance to wait longer than `time`. */
  waitTail(time: number): number;
  /** The time that a share `probability` of arrivals waits at most. */
  waitQuantile(probability: number): number;
  /** Chance to stay longer than `time`. */
  sojournTail(time: number): number;
  sojournQuantile(probability: number): number;
}

/** Our own mistakes, not the user's: an argument outside the model throws. */
export function requireRates(arrivalRate: number, serviceRate: number, servers = 1): void {
  if (!(arrivalRate >= 0)) throw new RangeError(`arrival rate must be 0 or more, got ${arrivalRate}`);
  if (!(serviceRate > 0)) throw new RangeError(`service rate must be positive, got ${serviceRate}`);
  if (!(Number.isInteger(servers) && servers > 0)) {
    throw new RangeError(`servers must be a whole number from 1, got ${servers}`);
  }
}

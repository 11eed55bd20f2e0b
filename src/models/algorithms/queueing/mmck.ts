/**
 * M/M/c/K: as M/M/c, but an arrival that finds K in the system is turned away.
 *
 * Rule: p(n) ∝ Π a / min(i, c) up to n ≤ K; the loss is p(K); an accepted arrival that finds n ≥ c waits for
 * n − c + 1 departures at rate cμ.
 * Source: Gross, Shortle, Thompson, Harris, Fundamentals of Queueing Theory (4th ed.), 2.5. Exact; stable at
 * any load.
 * Cost: one step a place; the tail of the wait a Poisson sum.
 */
import { invertTail } from './invert-tail.ts';
import { poissonExpectation } from './poisson.ts';
import { requireRates } from './queue-figures.ts';

/** Of accepted arrivals, unless it says otherwise; seconds and per second. */
export interface FiniteQueueFigures {
  /** Chance that an arrival is turned away. */
  lossProbability: number;
  /** Accepted arrivals a second. */
  throughput: number;
  /** Share of the servers' time that is used; never above 1. */
  utilization: number;
  waitingProbability: number;
  meanWait: number;
  meanSojourn: number;
  /** Mean number in the queue, and in the system. */
  meanWaiting: number;
  meanInSystem: number;
  waitTail(time: number): number;
  waitQuantile(probability: number): number;
}

/** @param options λ, μ (of one server), c, and K: places in all, at servers and in the queue */
export function mmck(options: {
  arrivalRate: number;
  serviceRate: number;
  servers: number;
  capacity: number;
}): FiniteQueueFigures {
  const { arrivalRate, serviceRate, servers, capacity } = options;
  requireRates(arrivalRate, serviceRate, servers);
  if (!(Number.isInteger(capacity) && capacity >= servers)) {
    throw new RangeError(`capacity must be a whole number from ${servers} servers, got ${capacity}`);
  }
  const inSystem = stateProbabilities(arrivalRate / serviceRate, servers, capacity);
  const accepted = inSystem.subarray(0, capacity).reduce((sum, probability) => sum + probability, 0);
  const throughput = arrivalRate * accepted;
  const meanInSystem = inSystem.reduce((sum, probability, count) => sum + probability * count, 0);
  const meanWaiting = inSystem.reduce(
    (sum, probability, count) => sum + probability * Math.max(0, count - servers),
    0,
  );
  const meanWait = throughput > 0 ? meanWaiting / throughput : 0;

  // By number: the chance that an accepted arrival has more than so many departures to wait for.
  const ahead = new Float64Array(capacity - servers + 1);
  for (let i = capacity - servers - 1; i >= 0; i--)
    ahead[i] = ahead[i + 1] + inSystem[servers + i] / accepted;
  const waitTail = (time: number): number =>
    poissonExpectation(servers * serviceRate * time, (departures) => ahead[departures], capacity - servers);

  return {
    lossProbability: inSystem[capacity],
    throughput,
    utilization: throughput / (servers * serviceRate),
    waitingProbability: ahead[0],
    meanWait,
    meanSojourn: meanWait + 1 / serviceRate,
    meanWaiting,
    meanInSystem,
    waitTail,
    waitQuantile: (probability) => invertTail(waitTail, probability, 1 / serviceRate),
  };
}

/** p(0) … p(K). From the likeliest state outwards, so that no product overflows. */
function stateProbabilities(load: number, servers: number, capacity: number): Float64Array {
  const weights = new Float64Array(capacity + 1);
  const mode = load >= servers ? capacity : Math.floor(load);
  weights[mode] = 1;
  for (let n = mode + 1; n <= capacity; n++) weights[n] = (weights[n - 1] * load) / Math.min(n, servers);
  for (let n = mode; n > 0; n--) weights[n - 1] = (weights[n] * Math.min(n, servers)) / load;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * Queues in a row: each customer goes through all stations, in order.
 *
 * Rule: departures of a stable M/M/c are Poisson again, so each station stands alone and the means add up.
 * Source: Burke, "The output of a queuing system", Operations Research 4 (1956); Jackson 1957. Exact for
 * exponential service drawn anew at each station and unbounded queues.
 */
import { mmc } from './mmc.ts';
import type { QueueFigures } from './queue-figures.ts';

export interface TandemFigures {
  /** Seconds through all stations. */
  meanSojourn: number;
  meanInSystem: number;
  /** Index of the busiest station, the first of equals. */
  bottleneck: number;
  stations: QueueFigures[];
}

/** @param options λ and each station's μ (of one server), per second; servers default 1 */
export function tandem(options: {
  arrivalRate: number;
  stations: readonly { serviceRate: number; servers?: number }[];
}): TandemFigures {
  const { arrivalRate } = options;
  const stations = options.stations.map(({ serviceRate, servers = 1 }) =>
    mmc({ arrivalRate, serviceRate, servers }),
  );
  const busiest = Math.max(...stations.map((station) => station.utilization));
  const stable = busiest < 1;
  return {
    // Nothing downstream of an overloaded station is as its formula says; only the total is sure.
    meanSojourn: stable ? sum(stations.map((station) => station.meanSojourn)) : Number.POSITIVE_INFINITY,
    meanInSystem: stable ? sum(stations.map((station) => station.meanInSystem)) : Number.POSITIVE_INFINITY,
    bottleneck: stations.findIndex((station) => station.utilization === busiest),
    stations,
  };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

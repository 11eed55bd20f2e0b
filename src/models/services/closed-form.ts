import type { Distribution } from '../../sim/distributions/index.ts';
import { mg1 } from '../algorithms/queueing/mg1.ts';
import { mmc } from '../algorithms/queueing/mmc.ts';
import { mmck } from '../algorithms/queueing/mmck.ts';
import type { Exact } from '../kind.ts';
import { operationOf, placements, type ServiceConfig } from './config.ts';

/**
 * What queueing theory says of a service that one Poisson stream calls and that does nothing but `work`: one instance
 * in one region, whose threads (or cores) are the servers. Nothing where no closed form holds.
 * @param rate calls a second of the operation
 */
export function serviceClosedForm(
  config: ServiceConfig,
  operation: string,
  rate: number,
  regions: readonly string[],
): Exact {
  const work = onlyWork(config, operation);
  const servers = serversOf(config);
  const places = placements(config, regions);
  const isAlone = places.length === 1 && places[0].instances === 1 && config.autoscale === undefined;
  if (work === undefined || servers === undefined || !isAlone) return {};
  const isExponential = work.name.startsWith('exponential');
  if (config.queue !== undefined) return isExponential ? finite(rate, work.mean, servers, config.queue) : {};
  if (rate * work.mean >= servers) return {};
  if (isExponential) return markovian(rate, work.mean, servers);
  return servers === 1 ? general(rate, work) : {};
}

/** The work of an operation that has one step, `work`. */
function onlyWork(config: ServiceConfig, operation: string): Distribution | undefined {
  const { steps } = operationOf(config.operations[operation]);
  return steps.length === 1 && steps[0].verb === 'work' ? (steps[0].options as Distribution) : undefined;
}

/** Servers of the one queue that a request meets: threads without cores, or whole cores without a bound on threads. */
function serversOf({ threads, cpu }: ServiceConfig): number | undefined {
  if (cpu === undefined) return threads;
  if (threads !== undefined || cpu.sharing !== 'fifo' || !Number.isInteger(cpu.cores)) return undefined;
  return cpu.cores;
}

function markovian(rate: number, mean: number, servers: number): Exact {
  const model = servers === 1 ? 'M/M/1' : `M/M/${servers}`;
  const figures = mmc({ arrivalRate: rate, serviceRate: 1 / mean, servers });
  const quantile = (probability: number) => ({ value: figures.sojournQuantile(probability), model });
  return {
    throughput: { value: rate, model },
    utilization: { value: figures.utilization, model },
    'latency.mean': { value: figures.meanSojourn, model },
    'latency.p50': quantile(0.5),
    'latency.p90': quantile(0.9),
    'latency.p95': quantile(0.95),
    'latency.p99': quantile(0.99),
    'latency.p999': quantile(0.999),
    'wait.mean': { value: figures.meanWait, model },
  };
}

function general(rate: number, { mean, cv }: Distribution): Exact {
  if (!Number.isFinite(cv)) return {};
  const model = cv === 0 ? 'M/D/1' : 'M/G/1';
  const figures = mg1({ arrivalRate: rate, meanService: mean, serviceCv: cv });
  return {
    throughput: { value: rate, model },
    utilization: { value: figures.utilization, model },
    'latency.mean': { value: figures.meanSojourn, model },
    'wait.mean': { value: figures.meanWait, model },
  };
}

function finite(rate: number, mean: number, servers: number, queue: number): Exact {
  const model = `M/M/${servers}/${servers + queue}`;
  const figures = mmck({ arrivalRate: rate, serviceRate: 1 / mean, servers, capacity: servers + queue });
  return {
    throughput: { value: figures.throughput, model },
    utilization: { value: figures.utilization, model },
    'latency.mean': { value: figures.meanSojourn, model },
    'wait.mean': { value: figures.meanWait, model },
  };
}

import type { Lever } from '../kind.ts';
import { placements, type ServiceConfig } from './config.ts';

/** Twice as many of each thing that bounds how much a service does at once; of instances, what its autoscaler may have. */
export function serviceLevers(config: ServiceConfig, regions: readonly string[]): Lever[] {
  const { threads, cpu, autoscale, executors = {} } = config;
  return [
    ...(threads === undefined ? [] : [twice(['threads'], threads)]),
    ...(cpu === undefined ? [] : [twice(['cpu', 'cores'], cpu.cores)]),
    ...(autoscale === undefined
      ? instanceLevers(config, regions)
      : [twice(['autoscale', 'manifest', 'spec', 'maxReplicas'], autoscale.manifest.spec.maxReplicas)]),
    ...Object.entries(executors).map(([name, executor]) =>
      twice(['executors', name, 'threads'], executor.threads),
    ),
  ];
}

function instanceLevers(config: ServiceConfig, regions: readonly string[]): Lever[] {
  if (config.regions === 'all' || Array.isArray(config.regions))
    return [twice(['instances'], config.instances)];
  return placements(config, regions)
    .filter(({ instances }) => instances > 0)
    .map(({ region, instances }) => twice(['regions', region, 'instances'], instances));
}

const twice = (path: readonly string[], from: number): Lever => ({ path, from, to: 2 * from });

import type { Capacity } from '../kind.ts';
import type { StepConfig } from '../step.ts';
import { placements, type ServiceConfig } from './config.ts';
import { work } from './work.ts';

/** Cores and threads of all instances that there may be, in all regions; `work` takes its time of either. */
export function serviceCapacities(
  name: string,
  config: ServiceConfig,
  regions: readonly string[],
): Capacity[] {
  const { autoscale, cpu, threads } = config;
  const instances = placements(config, regions).reduce(
    (sum, place) => sum + Math.max(place.instances, autoscale?.manifest.spec.maxReplicas ?? 0),
    0,
  );
  const seconds = (owner: string, { verb, options }: StepConfig): number =>
    owner === name && verb === work.verb ? options.mean : 0;
  return [
    ...(cpu === undefined ? [] : [{ of: 'core', servers: instances * cpu.cores, seconds }]),
    ...(threads === undefined ? [] : [{ of: 'thread', servers: instances * threads, seconds }]),
  ];
}

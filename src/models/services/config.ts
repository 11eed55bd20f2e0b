import { z } from 'zod';
import { keyedBy, named, type Reference, reference } from '../../scenario/index.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import { quantity } from '../../units/index.ts';
import { distribution } from '../distribution.ts';
import type { StepConfig } from '../step.ts';
import { stepList } from '../steps.ts';
import { type AutoscaleConfig, autoscaleSchema } from './autoscale-config.ts';
import { type ExecutorConfig, executorSchema } from './executor-config.ts';

const cores = z
  .strictObject({
    cores: quantity('cores', { positive: true, about: 'CPU limit of an instance.' }),
    request: quantity('cores', {
      positive: true,
      about:
        'CPU request of an instance: what a pool reserves for it and what the autoscaler measures against. Default: cores.',
    }).optional(),
    sharing: z
      .enum(['fifo', 'processor'])
      .default('fifo')
      .describe('fifo: work waits for a core. processor: all work under way shares the cores evenly.'),
  })
  .describe('Cores of an instance. Without it `work` takes its time without competing for cores.');

const operation = z.union([
  stepList(),
  z.strictObject({
    steps: stepList().describe('What it does, one step after the other.'),
    request: quantity('size', { default: '1KiB', about: 'Bytes of a request.' }),
    response: quantity('size', { default: '2KiB', about: 'Bytes of an answer.' }),
  }),
]);

const placement = z.strictObject({
  instances: quantity('count', { integer: true, min: 0, about: 'Instances in this region.' }),
});

export const serviceSchema = z.strictObject({
  pool: reference(
    'pools',
    'Nodes that its instances are placed on. Default: room without end, paid for by nobody.',
  ).optional(),
  regions: z
    .union([z.literal('all'), z.array(reference('regions')).min(1), keyedBy('regions', placement)])
    .default('all')
    .describe('all, a list, or a map with instances by region.'),
  instances: quantity('count', { integer: true, min: 1, default: 1, about: 'Instances in each region.' }),
  threads: quantity('count', {
    integer: true,
    min: 1,
    about: 'Requests that an instance works on at once. Default: no bound.',
  }).optional(),
  queue: quantity('count', {
    integer: true,
    about: 'Requests that may wait at an instance for a thread; more are rejected. Default: no bound.',
  }).optional(),
  cpu: cores.optional(),
  connections: keyedBy(
    'databases',
    quantity('count', { integer: true, min: 1 }),
    'Connections of an instance to each database.',
  ).optional(),
  executors: named(
    executorSchema,
    'Pools of threads in each instance for what runs beside requests.',
  ).optional(),
  balancing: z
    .enum(['round-robin', 'random', 'least-request', 'two-choices'])
    .default('two-choices')
    .describe('How a caller chooses an instance.'),
  startup: distribution('duration')
    .optional()
    .describe('From having room on a node to being ready. Default: a lognormal of mean 20 s, cv 0.3.'),
  autoscale: autoscaleSchema.optional(),
  operations: named(operation, 'What can be called: lists of steps.'),
});

export interface OperationConfig {
  readonly steps: readonly StepConfig[];
  /** Bytes. */
  readonly request: number;
  readonly response: number;
}

export interface ServiceConfig {
  readonly pool?: Reference;
  readonly regions: 'all' | readonly Reference[] | Readonly<Record<string, { instances: number }>>;
  readonly instances: number;
  readonly threads?: number;
  readonly queue?: number;
  readonly cpu?: {
    readonly cores: number;
    readonly request?: number;
    readonly sharing: 'fifo' | 'processor';
  };
  readonly connections?: Readonly<Record<string, number>>;
  readonly executors?: Readonly<Record<string, ExecutorConfig>>;
  readonly balancing: 'round-robin' | 'random' | 'least-request' | 'two-choices';
  readonly startup?: Distribution;
  readonly autoscale?: AutoscaleConfig;
  readonly operations: Readonly<Record<string, readonly StepConfig[] | OperationConfig>>;
}

/** An operation with its sizes; a bare list of steps has the default ones. */
export const operationOf = (config: readonly StepConfig[] | OperationConfig): OperationConfig =>
  Array.isArray(config) ? { steps: config, request: 1024, response: 2048 } : (config as OperationConfig);

/** Names of the regions where a service stands, with its instances at the start. */
export function placements(
  config: ServiceConfig,
  regions: readonly string[],
): { region: string; instances: number }[] {
  if (config.regions === 'all') return regions.map((region) => ({ region, instances: config.instances }));
  if (Array.isArray(config.regions)) {
    return config.regions.map((region: Reference) => ({ region: region.name, instances: config.instances }));
  }
  return Object.entries(config.regions as Record<string, { instances: number }>).map(
    ([region, { instances }]) => ({
      region,
      instances,
    }),
  );
}

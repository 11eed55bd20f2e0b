import type { MeterFamily, Scope } from '../../metrics/index.ts';
import { definitionsOf, familyOf, type MeterSet, meterSet } from '../meters.ts';
import { placements, type ServiceConfig } from './config.ts';
import { guardedCalls } from './guarded-calls.ts';

export const serviceMeters = meterSet({
  latency: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From a request’s arrival at an instance to its answer leaving, the wait for a thread included.',
  },
  wait: { kind: 'histogram', unit: 'duration', better: 'lower', about: 'What a request waits for a thread.' },
  throughput: { kind: 'rate', unit: 'rate', better: 'higher', about: 'Requests answered, with success.' },
  arrivals: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Requests that reached an instance.',
  },
  rejected: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Requests that found an instance’s queue full.',
  },
  expired: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Requests that were not begun, because nobody waited for them any more when their turn came.',
  },
});

export const regionMeters = meterSet({
  arrivals: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Requests that reached this region.',
  },
  rejected: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Requests that found a queue full in this region.',
  },
  instances: {
    kind: 'level',
    unit: 'count',
    better: 'lower',
    about: 'Instances that are ready in this region.',
  },
});

/** Only where something bounds the work: cores, or threads. */
export const utilizationMeters = meterSet({
  utilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Time in use over time there: of the cores where the service has cores, else of its threads.',
  },
});

export const threadMeters = meterSet({
  threadUtilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Threads in use over threads there.',
  },
});

/** Only where something scales it. */
export const scalingMeters = meterSet({
  scaleUps: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Times that the autoscaler asked for more instances.',
  },
  scaleDowns: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Times that the autoscaler let instances go.',
  },
  scalingRefused: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Looks of the autoscaler, one every 15 s, at which it wanted more instances than maxReplicas allows.',
  },
});

/** Of each of its executors, over all instances. */
export const executorMeters = meterSet({
  utilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Threads of the executor that a task holds, over threads there.',
  },
  wait: { kind: 'histogram', unit: 'duration', better: 'lower', about: 'What a task waits for a thread.' },
  tasks: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Tasks handed over, those refused included.',
  },
  rejected: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Tasks that found the executor’s queue full, whatever then became of them.',
  },
  lost: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Tasks that died with their instance, waiting or under way: of an `async` nobody hears that.',
  },
  queue: {
    kind: 'level',
    unit: 'count',
    better: 'lower',
    about: 'Tasks that wait for a thread, of all instances together.',
  },
  starved: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about:
      'Share of the instances’ time in which every thread waits for tasks of the same executor: none of them runs any more.',
  },
});

/** Of the calls to another service that have policies of their own, over all call sites and instances. */
export const callMeters = meterSet({
  calls: { kind: 'counter', unit: 'count', better: 'neither', about: 'Calls, each with all its attempts.' },
  retries: { kind: 'counter', unit: 'count', better: 'lower', about: 'Attempts after the first.' },
  timedOut: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Attempts given up because the answer was late.',
  },
  givenUp: { kind: 'counter', unit: 'count', better: 'lower', about: 'Calls that failed for good.' },
  duplicates: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Attempts done although another one of the same call was, too: of an operation that is not idempotent the effect is there once more.',
  },
});

/** Only where such calls have circuit breakers. */
export const breakerMeters = meterSet({
  notPermitted: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Attempts that a circuit breaker did not let through.',
  },
  openings: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Times that a circuit breaker opened.',
  },
  openBreakers: {
    kind: 'level',
    unit: 'count',
    better: 'lower',
    about: 'Circuit breakers that are open, of all call sites and instances together.',
  },
});

/** Which meters a service has, the same for the whole and for each region. */
export const boundMeters = (config: ServiceConfig): MeterSet => ({
  ...(config.cpu !== undefined || config.threads !== undefined ? utilizationMeters : {}),
  ...(config.threads !== undefined ? threadMeters : {}),
});

/** Those of its autoscaler, for the whole and for each region. */
export const scalingMetersOf = (config: ServiceConfig): MeterSet =>
  config.autoscale === undefined ? {} : scalingMeters;

export function serviceScopes(name: string, config: ServiceConfig, regions: readonly string[]): Scope[] {
  const bound = { ...boundMeters(config), ...scalingMetersOf(config) };
  return [
    { path: ['services', name], meters: [...definitionsOf(serviceMeters), ...definitionsOf(bound)] },
    ...Object.keys(config.executors ?? {}).map((executor) => ({
      path: ['services', name, 'executors', executor],
      meters: definitionsOf(executorMeters),
    })),
    ...guardedCalls(config).map(({ callee, hasBreaker }) => ({
      path: ['services', name, 'calls', callee],
      meters: [...definitionsOf(callMeters), ...(hasBreaker ? definitionsOf(breakerMeters) : [])],
    })),
    ...placements(config, regions).map(({ region }) => ({
      path: ['services', name, 'in', region],
      meters: [...definitionsOf(regionMeters), ...definitionsOf(bound)],
    })),
  ];
}

const bound = [
  ['where it has `cpu` or `threads`', utilizationMeters],
  ['where it has `threads`', threadMeters],
  ['where it has `autoscale`', scalingMeters],
] as const;

export const serviceFamilies: readonly MeterFamily[] = [
  familyOf('services.<service>', serviceMeters),
  ...bound.map(([where, meters]) => familyOf('services.<service>', meters, where)),
  familyOf('services.<service>.in.<region>', regionMeters),
  ...bound.map(([where, meters]) => familyOf('services.<service>.in.<region>', meters, where)),
  familyOf('services.<service>.executors.<executor>', executorMeters),
  familyOf(
    'services.<service>.calls.<callee>',
    callMeters,
    'of calls with a timeout, retries or a circuit breaker',
  ),
  familyOf('services.<service>.calls.<callee>', breakerMeters, 'of calls with a circuit breaker'),
];

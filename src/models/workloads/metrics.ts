import type { MeterFamily, Scope } from '../../metrics/index.ts';
import { definitionsOf, familyOf, type MetersOf, meterSet } from '../meters.ts';
import { canDuplicate, type WorkloadConfig } from './config.ts';

/** Operations that arrived in the measured window, by how they ended; the parts add up to `arrivals`. */
export const workloadMeters = meterSet({
  latency: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about:
      'From call to answer, all attempts included; an operation that failed or never ended counts as infinite.',
  },
  answeredLatency: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'As latency, of the operations that were answered.',
  },
  serverLatency: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'As answeredLatency, without the way between caller and region.',
  },
  throughput: {
    kind: 'rate',
    unit: 'rate',
    better: 'higher',
    about: 'Operations answered in the window, a second.',
  },
  arrivals: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Operations that callers asked for.',
  },
  succeeded: { kind: 'counter', unit: 'count', better: 'higher', about: 'Operations answered with success.' },
  rejected: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Operations given up because a queue was full.',
  },
  timedOut: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Operations given up because the answer was late.',
  },
  failed: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Operations given up for any other reason.',
  },
  unfinished: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Operations still under way when the run ended.',
  },
  abandoned: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Operations that were never sent, because their session was given up.',
  },
  attempts: { kind: 'counter', unit: 'count', better: 'lower', about: 'Attempts, the first ones included.' },
  retries: { kind: 'counter', unit: 'count', better: 'lower', about: 'Attempts after the first.' },
  retryShare: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Retries over attempts: in a storm most of what arrives has been sent before.',
  },
  unreachable: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Of those that failed: given up because no connection could be opened, or none was left.',
  },
  goodputRatio: { kind: 'share', unit: 'ratio', better: 'higher', about: 'Succeeded over arrivals.' },
  availability: {
    kind: 'share',
    unit: 'ratio',
    better: 'higher',
    about: 'Succeeded over arrivals and what was never sent.',
  },
});

/** Only where data is bound to regions. */
export const residencyMeters = meterSet({
  refused: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Of those that failed: refused because only regions could have served them where their data may not go.',
  },
});

export const originMeters = meterSet({
  latency: workloadMeters.latency,
  answeredLatency: workloadMeters.answeredLatency,
  throughput: workloadMeters.throughput,
  goodputRatio: workloadMeters.goodputRatio,
});

/** Of calls that open sessions, or of those that follow, where those are of different operations. */
export const turnMeters = meterSet({
  latency: workloadMeters.latency,
  answeredLatency: workloadMeters.answeredLatency,
  goodputRatio: workloadMeters.goodputRatio,
});

export type TurnMeters = MetersOf<typeof turnMeters>;

const turns = ['first', 'later'];

/** Only where an attempt can be given up and made again. */
export const duplicateMeters = meterSet({
  duplicates: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Attempts done although another one was, too: of an operation that is not idempotent the effect is there once more.',
  },
});

export const sessionMeters = meterSet({
  sessions: { kind: 'counter', unit: 'count', better: 'neither', about: 'Sessions that began.' },
  sessionRate: { kind: 'rate', unit: 'rate', better: 'neither', about: 'Sessions that began, a second.' },
});

export function workloadScopes(name: string, config: WorkloadConfig): Scope[] {
  const session = config.session === undefined ? [] : definitionsOf(sessionMeters);
  const residency = config.residency === undefined ? [] : definitionsOf(residencyMeters);
  const duplicates = canDuplicate(config) ? definitionsOf(duplicateMeters) : [];
  const own = [...definitionsOf(workloadMeters), ...duplicates, ...residency, ...session];
  return [
    { path: ['workloads', name], meters: own },
    ...Object.keys(config.from ?? {}).map((origin) => ({
      path: ['workloads', name, 'from', origin],
      meters: definitionsOf(originMeters),
    })),
    ...(config.session?.open === undefined ? [] : turns).map((turn) => ({
      path: ['workloads', name, 'turn', turn],
      meters: definitionsOf(turnMeters),
    })),
  ];
}

export const workloadFamilies: readonly MeterFamily[] = [
  familyOf('workloads.<workload>', workloadMeters),
  familyOf('workloads.<workload>', duplicateMeters, 'where its client has a timeout and retries'),
  familyOf('workloads.<workload>', residencyMeters, 'where it has `residency`'),
  familyOf('workloads.<workload>', sessionMeters, 'where it has a `session`'),
  familyOf('workloads.<workload>.from.<origin>', originMeters),
  familyOf(
    'workloads.<workload>.turn.<first or later>',
    turnMeters,
    'where its sessions open with an operation of their own',
  ),
];

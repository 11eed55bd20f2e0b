import type { MeterFamily, Scope } from '../../metrics/index.ts';
import { workloadsSection } from '../contracts/cohorts.ts';
import type { Design } from '../design.ts';
import { faultsSection } from '../fault.ts';
import { definitionsOf, familyOf, type MeterSet, type MetersOf, meterSet } from '../meters.ts';
import type { Phase } from '../milestones.ts';
import { randomMeters } from './random/metrics.ts';

const recoveryMeters = {
  rto: {
    kind: 'duration',
    unit: 'duration',
    better: 'lower',
    about:
      'From the onset until 99% of those who arrive are answered in time again, and stay so; the median over runs, and infinite where a run ended before.',
  },
  rto95: {
    kind: 'duration',
    unit: 'duration',
    better: 'lower',
    about: 'As rto, for 95% of those who arrive.',
  },
  rto90: {
    kind: 'duration',
    unit: 'duration',
    better: 'lower',
    about: 'As rto, for 90% of those who arrive.',
  },
  degradedTime: {
    kind: 'value',
    unit: 'duration',
    better: 'lower',
    about:
      'Time after the onset in which fewer than 99% of those who arrived were answered in time, up to the end of the run.',
  },
  unanswered: {
    kind: 'value',
    unit: 'count',
    better: 'lower',
    about: 'Operations that arrived from the onset until the recovery and were not answered in time.',
  },
} as const;

const duration = (about: string) => ({ kind: 'duration', unit: 'duration', better: 'lower', about }) as const;

/**
 * The phases of the way back, each from the first who took part in it to begin to the last to end; of one that comes twice
 * (after the onset, and after the end of the fault) the longer. They overlap, and do not add up to anything.
 */
const phaseMeters = {
  detect: duration(
    'From the onset until everybody who has to find out has: health checks, who watches over primaries, brokers and machines.',
  ),
  decide: duration('From then until it is decided what to do: at once, or when people have decided.'),
  dns: duration(
    'From the first answer that leads elsewhere until no resolver gives an old one, those left out that keep answers beyond their TTL.',
  ),
  routes: duration('From the decision until new connections go elsewhere.'),
  promote: duration('From the decision until the last shard has a new primary.'),
  hang: duration(
    'While callers waited in vain for a database or a service that was silent (dead without a word, or cut off): from the first who sent to it until the last had given up, by a timeout of its client or after TCP’s 127 s (a connection) or 925 s (one that is open), or had been answered after all.',
  ),
  catchUp: duration('From the return of copies until all of them have what they lacked.'),
  ramp: duration(
    'From a region’s being healthy again until it is given all of its traffic: to whoever asks for an address then. Whether those who are elsewhere come is `failBack`.',
  ),
  failBack: duration(
    'From a region’s being healthy again until its callers are back: of each workload and origin 99% of the requests that go there while all is well.',
  ),
  warmUp: duration(
    'While caches miss more than in the five minutes before the fault, by two points or more.',
  ),
  drain: duration(
    'From when most had piled up (requests at services and databases, records of consumers) until no more waits than in the five minutes before the fault.',
  ),
} as const satisfies Record<Phase, unknown>;

/** Meters of the phases that a design can go through. */
export const phaseMetersOf = (names: readonly Phase[]): MeterSet =>
  Object.fromEntries(names.map((name) => [name, phaseMeters[name]]));

/** Of a fault: the worst of all workloads and origins; `unanswered` is of all together. Beside it, what stores have lost. */
export const faultMeters = meterSet({
  ...recoveryMeters,
  rpo: {
    kind: 'duration',
    unit: 'duration',
    better: 'lower',
    about:
      'Of the store that lost the most by it: from the commit of the oldest acknowledged write that was lost until the old history ended (its primary died, was fenced, or heard of its successor); 0 where none was lost.',
  },
  lostWrites: {
    kind: 'value',
    unit: 'count',
    better: 'lower',
    about: 'Acknowledged writes, in rows, that no store has any more because of it.',
  },
});

/** Where callers may be sent elsewhere and come back: of a fault the least of all workloads and origins, and of each. */
export const returnMeters = meterSet({
  returned: {
    kind: 'value',
    unit: 'ratio',
    better: 'higher',
    about:
      'Of the requests that go to a region while all is well, those that went there again in the last ten seconds of the run (or longer, up to a minute, where they are few) after it had come back; the least of all workloads and origins. Of callers who came back earlier: as they were then.',
  },
});

/** The same for each workload, and each of its origins. */
export const callerMeters = meterSet(recoveryMeters);

export type CallerMeters = MetersOf<typeof callerMeters>;

/** Workloads with the origins of their callers, as far as the metrics of a fault need to know. */
export const callersOf = (design: Design): { workload: string; origins: string[] }[] =>
  design
    .entries<{ readonly from?: Readonly<Record<string, number>> }>(workloadsSection)
    .map(([workload, { from }]) => ({ workload, origins: Object.keys(from ?? {}) }));

/** `faults.lose-us-east.workload.trades.from.US` */
export const callerPath = (fault: string, workload: string, origin?: string): string[] => [
  faultsSection,
  fault,
  'workload',
  workload,
  ...(origin === undefined ? [] : ['from', origin]),
];

export const faultScopes = (name: string, design: Design, phases: readonly Phase[]): Scope[] => [
  {
    path: [faultsSection, name],
    meters: [
      ...definitionsOf(faultMeters),
      ...definitionsOf(phaseMetersOf(phases)),
      ...returnDefinitions(phases),
    ],
  },
  ...callersOf(design).flatMap(({ workload, origins }) =>
    [undefined, ...origins].map((origin) => ({
      path: callerPath(name, workload, origin),
      meters: [...definitionsOf(callerMeters), ...returnDefinitions(phases)],
    })),
  ),
];

const returnDefinitions = (phases: readonly Phase[]) =>
  phases.includes('failBack') ? definitionsOf(returnMeters) : [];

export const faultFamilies: readonly MeterFamily[] = [
  familyOf('faults.<fault>', { ...faultMeters, ...phaseMeters, ...returnMeters, ...randomMeters }),
  familyOf('faults.<fault>.workload.<workload>', { ...callerMeters, ...returnMeters }),
  familyOf('faults.<fault>.workload.<workload>.from.<origin>', { ...callerMeters, ...returnMeters }),
];

import type { MeterFamily, Scope } from '../../metrics/index.ts';
import type { Design } from '../design.ts';
import { definitionsOf, familyOf, type MetersOf, meterSet } from '../meters.ts';
import type { ConsumerConfig } from './config.ts';
import { groupsOf, takenOver } from './placement.ts';

/** The same for the whole and for each region. */
export const consumerMeters = meterSet({
  lagRecords: {
    kind: 'level',
    unit: 'count',
    better: 'lower',
    about: 'Records that can be read and are not processed yet.',
  },
  lagSeconds: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From a record’s becoming readable to the end of its processing.',
  },
  consumed: {
    kind: 'counter',
    unit: 'count',
    better: 'higher',
    about:
      'Records processed for the first time, with success or without; not those that were lost with a batch afterwards.',
  },
  failed: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Records whose call failed for good; the consumer goes on with the next.',
  },
  retried: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Calls for a record after the first.',
  },
  deadLettered: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Records whose call failed for good and that were published to the dead-letter topic.',
  },
  redelivered: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Records that were processed again: what a crash or a member thrown out left uncommitted.',
  },
  duplicates: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Records whose effects were done again: redelivered, and done before.',
  },
  lostRecords: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Records that are done never: committed before a crash, or in the memory of an instance that died.',
  },
  outOfOrder: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Records first processed after a later one of their partition: none, unless a member that commits before was thrown out.',
  },
  takeovers: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about:
      'Times that another region went on for this one, or this one for another, from copies (`failover`).',
  },
  rebalances: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Generations that began: each shares the partitions out anew.',
  },
  rebalancePause: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about:
      'Time for which a partition stood still, from its last owner’s stopping (or dying, or its leader’s) until the next one reads.',
  },
  drainTime: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about:
      'After partitions stood still: from when all are read again until the lag is back at what it was when the first stopped.',
  },
  pollSize: { kind: 'histogram', unit: 'count', better: 'neither', about: 'Records that a poll took.' },
  hottestPartitionLagShare: {
    kind: 'value',
    unit: 'ratio',
    better: 'lower',
    about:
      'Share of all lag over time that the partition with most of it has; even would be one over the partitions.',
  },
  utilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Time that members spend on records over time there.',
  },
  hottestMemberUtilization: {
    kind: 'value',
    unit: 'ratio',
    better: 'lower',
    about:
      'Utilization of the member that has most to do; near 1 it falls behind, however idle the others are.',
  },
});

export type ConsumerMeters = MetersOf<typeof consumerMeters>;

export const consumerScopes = (name: string, config: ConsumerConfig, design: Design): Scope[] => [
  { path: ['consumers', name], meters: definitionsOf(consumerMeters) },
  ...groupsOf(config, design).map(({ region }) => ({
    path: ['consumers', name, 'in', region],
    meters: definitionsOf(consumerMeters),
  })),
  ...takenOver(config, design).map((source) => ({
    path: ['consumers', name, 'in', config.failover?.to.name as string, 'from', source],
    meters: definitionsOf(consumerMeters),
  })),
];

export const consumerFamilies: readonly MeterFamily[] = [
  familyOf('consumers.<consumer>', consumerMeters),
  familyOf('consumers.<consumer>.in.<region>', consumerMeters),
  familyOf('consumers.<consumer>.in.<region>.from.<region>', consumerMeters, 'where it has a failover'),
];

import type { Scope } from '../../metrics/index.ts';
import type { Design } from '../design.ts';
import { definitionsOf, type MetersOf, meterSet } from '../meters.ts';
import type { ConsumerConfig } from './config.ts';
import { topicRegions } from './placement.ts';

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
    about: 'Records processed, with success or without.',
  },
  failed: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Records whose call failed; the consumer goes on with the next.',
  },
  lostRecords: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Records whose effects died in the memory of an instance and are not done again.',
  },
  pollSize: { kind: 'histogram', unit: 'count', better: 'neither', about: 'Records that a poll took.' },
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
  ...topicRegions(config, design).map((region) => ({
    path: ['consumers', name, 'in', region],
    meters: definitionsOf(consumerMeters),
  })),
];

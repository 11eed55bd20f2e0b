import type { Scope } from '../../metrics/index.ts';
import type { Design } from '../design.ts';
import { definitionsOf, type MetersOf, meterSet } from '../meters.ts';
import { regionsOf, type TopicConfig } from './config.ts';

/** The same for the whole and for each region. */
export const topicMeters = meterSet({
  records: { kind: 'counter', unit: 'count', better: 'neither', about: 'Records published.' },
  bytes: { kind: 'counter', unit: 'size', better: 'neither', about: 'Bytes of records published.' },
  batchSize: {
    kind: 'histogram',
    unit: 'count',
    better: 'neither',
    about: 'Records of a batch that leaves a producer.',
  },
  batchWait: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'What a record waits for its batch to leave.',
  },
  publishLatency: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From a publish to its acknowledgement, the wait for the batch included; 0 with acks: 0.',
  },
  lostRecords: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Records that died with their producer before they were sent.',
  },
  misappliedRecords: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Records published in the window that some consumer group applied never or more than once: lost before it or with a batch, delivered again after a crash.',
  },
  accuracy: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'higher',
    about:
      'Share of the records published in the window that were neither lost nor applied more than once by a consumer group.',
  },
  hottestPartitionShare: {
    kind: 'value',
    unit: 'ratio',
    better: 'lower',
    about:
      'Share of the records that the partition with most of them gets; even would be one over the partitions.',
  },
});

export type TopicMeters = MetersOf<typeof topicMeters>;

export const topicScopes = (name: string, config: TopicConfig, design: Design): Scope[] => [
  { path: ['topics', name], meters: definitionsOf(topicMeters) },
  ...regionsOf(config, design).map((region) => ({
    path: ['topics', name, 'in', region],
    meters: definitionsOf(topicMeters),
  })),
];

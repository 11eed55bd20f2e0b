import type { MeterFamily, Scope } from '../../metrics/index.ts';
import type { Design } from '../design.ts';
import { definitionsOf, familyOf, type MetersOf, meterSet } from '../meters.ts';
import { mirrorsOf, regionsOf, type TopicConfig } from './config.ts';

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
    about: 'Records that died with their producer before a broker had them.',
  },
  refusedRecords: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Times that a record was refused, as fewer replicas were in sync than minInsyncReplicas asks for.',
  },
  undeliveredRecords: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Records whose publish failed: not acknowledged within two minutes, however often they were sent.',
  },
  duplicatedRecords: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Records that are in the log twice: sent again after an answer that did not come in time, by a producer that is not idempotent (acks: 1).',
  },
  lostAcknowledged: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Records that were acknowledged, or could be read, and that the next leader did not have.',
  },
  lostUnacknowledged: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Records that nobody acknowledged and nobody sends again: published with acks: 0 to a broker that was dead, or lost with their producer and their leader.',
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

/** Of a topic that is copied between regions: for the whole, for each region that it is copied to, and from each there. */
export const mirrorMeters = meterSet({
  mirrorLag: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about:
      'From the instant at which a record could be read where it was published until its copy can be read here.',
  },
  mirroredRecords: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Copies that became readable.',
  },
});

export type MirrorMeters = MetersOf<typeof mirrorMeters>;

export function topicScopes(name: string, config: TopicConfig, design: Design): Scope[] {
  const mirrored = mirrorsOf(config, design);
  const metersAt = (isMirrored: boolean) => [
    ...definitionsOf(topicMeters),
    ...(isMirrored ? definitionsOf(mirrorMeters) : []),
  ];
  return [
    { path: ['topics', name], meters: metersAt(mirrored.length > 0) },
    ...regionsOf(config, design).map((region) => ({
      path: ['topics', name, 'in', region],
      meters: metersAt(mirrored.includes(region)),
    })),
    ...mirrored.flatMap((target) =>
      mirrored
        .filter((source) => source !== target)
        .map((source) => ({
          path: ['topics', name, 'in', target, 'from', source],
          meters: definitionsOf(mirrorMeters),
        })),
    ),
  ];
}

export const topicFamilies: readonly MeterFamily[] = [
  familyOf('topics.<topic>', topicMeters),
  familyOf('topics.<topic>', mirrorMeters, 'where it is mirrored'),
  familyOf('topics.<topic>.in.<region>', topicMeters),
  familyOf('topics.<topic>.in.<region>', mirrorMeters, 'where it is mirrored'),
  familyOf('topics.<topic>.in.<region>.from.<region>', mirrorMeters, 'where it is mirrored'),
];

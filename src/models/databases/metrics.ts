import type { MeterFamily, Scope } from '../../metrics/index.ts';
import { definitionsOf, familyOf, meterSet } from '../meters.ts';
import { copyPlacements, type DatabaseConfig, replicaCount } from './config.ts';
import type { Torn } from './dual-write.ts';
import { failoverMeters } from './failover/metrics.ts';
import { outboxMeters, unpublishedMeters, unwrittenMeters } from './outbox/metrics.ts';
import { coldMeters, partitionMeters, tierMeters, tierScopes } from './partitions/metrics.ts';
import type { Uses } from './uses.ts';

export const databaseMeters = meterSet({
  readThroughput: { kind: 'rate', unit: 'rate', better: 'higher', about: 'Reads answered, a second.' },
  writeThroughput: { kind: 'rate', unit: 'rate', better: 'higher', about: 'Writes acknowledged, a second.' },
  scanThroughput: {
    kind: 'rate',
    unit: 'rate',
    better: 'higher',
    about: 'Scans answered by all shards, a second.',
  },
  readLatency: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From a read step’s beginning to its answer, connections and network included.',
  },
  writeLatency: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From a write step’s beginning to its acknowledgement, connections and network included.',
  },
  scanLatency: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From a scan step’s beginning to the answer of the last shard.',
  },
  connectionsWait: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'What a request waits for a connection: of its caller’s pool, and of the node.',
  },
  utilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Core time executing over core time there, all nodes.',
  },
  primaryUtilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'As utilization, of the primaries.',
  },
  commitUtilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Time during which the primaries’ logs are being flushed, over time.',
  },
  writesPerFlush: {
    kind: 'ratio',
    unit: 'factor',
    better: 'neither',
    about: 'Commits that share a flush, on the mean.',
  },
  writtenRows: {
    kind: 'rate',
    unit: 'rate',
    better: 'higher',
    about: 'Rows written on primaries, a second; a batch’s flush writes several at once.',
  },
  writtenBytes: {
    kind: 'counter',
    unit: 'size',
    better: 'neither',
    about: 'Bytes of rows written on primaries.',
  },
  unplaceableKeys: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Operations that failed because the shard function has no shard for their key.',
  },
  hottestShardShare: {
    kind: 'value',
    unit: 'ratio',
    better: 'lower',
    about: 'Share of the operations that the busiest shard gets.',
  },
  shardImbalance: {
    kind: 'value',
    unit: 'factor',
    better: 'lower',
    about: 'Share of the busiest shard over an even share: 1 is even.',
  },
});

/** Of the whole and of each region that has replicas. */
export const replicaMeters = meterSet({
  replicationLag: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about:
      'From a write’s commit on the primary to its being applied, for each write and replica that has come to apply it.',
  },
  applyUtilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Time during which a replica’s one process applies writes, over time.',
  },
  staleReads: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about:
      'Reads answered by a replica that lacked a committed write of the row, over reads answered by replicas.',
  },
  staleness: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'For how long a replica’s answer had been out of date; 0 for one that was not.',
  },
});

export const redirectMeters = meterSet({
  redirectedReads: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Reads that went further away because the nearer replicas were further behind than maxStaleness.',
  },
});

/** Of databases that some write waits for the replicas of. */
export const waitMeters = meterSet({
  replicaWait: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From a write’s commit on the primary to the answer of the last replica that it waits for.',
  },
  waitTimeouts: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Writes whose deadline passed before as many replicas had answered as they wait for.',
  },
  withoutQuorum: {
    kind: 'value',
    unit: 'duration',
    better: 'lower',
    about:
      'Time in which a shard had a primary that reached fewer replicas than its writes wait for, so that none was acknowledged: of all shards the longest, whole run.',
  },
});

export const alertMeters = meterSet({
  lagAlerts: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Times that a replica fell further behind than lagAlert, having been less than half as far behind before.',
  },
});

export const regionMeters = meterSet({
  readThroughput: {
    kind: 'rate',
    unit: 'rate',
    better: 'neither',
    about: 'Reads answered by nodes of this region, a second.',
  },
  utilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Core time executing over core time there, nodes of this region.',
  },
});

export const shardMeters = meterSet({
  share: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'neither',
    about: 'Share of the operations that this shard gets.',
  },
  throughput: {
    kind: 'rate',
    unit: 'rate',
    better: 'neither',
    about: 'Reads, writes and parts of scans done by this shard, a second.',
  },
  utilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Core time executing over core time there, all nodes of this shard.',
  },
  primaryUtilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'As utilization, of this shard’s primary.',
  },
  commitUtilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Time during which this shard’s log is being flushed, over time.',
  },
});

/** Which meters the whole has beside `databaseMeters`. */
export const wholeSets = (config: DatabaseConfig, uses: Uses, torn: ReadonlySet<Torn>) => ({
  ...databaseMeters,
  ...(replicaCount(config) > 0 ? { ...replicaMeters, ...redirectMeters } : {}),
  ...(uses.waits ? waitMeters : {}),
  ...(uses.outboxes.size > 0 ? outboxMeters : {}),
  ...(torn.has('unpublished') ? unpublishedMeters : {}),
  ...(torn.has('unwritten') ? unwrittenMeters : {}),
  ...(config.tablePartitions === undefined ? {} : partitionMeters),
  ...(config.failover === undefined ? {} : failoverMeters),
  ...(config.replication.lagAlert === undefined ? {} : alertMeters),
});

export function databaseScopes(
  name: string,
  config: DatabaseConfig,
  uses: Uses,
  torn: ReadonlySet<Torn>,
  regions: readonly string[],
): Scope[] {
  const path = ['databases', name];
  return [
    { path, meters: definitionsOf(wholeSets(config, uses, torn)) },
    ...copyPlacements(config, regions).map(({ region }) => ({
      path: [...path, 'in', region],
      meters: definitionsOf({
        ...regionMeters,
        ...((config.replicas[region] ?? 0) > 0 ? replicaMeters : {}),
      }),
    })),
    ...Array.from({ length: config.shards }, (_, shard) => ({
      path: [...path, 'shards', String(shard)],
      meters: definitionsOf(shardMeters),
    })),
    ...(config.tablePartitions === undefined ? [] : tierScopes(path, config.tablePartitions)),
  ];
}

const withReplicas = 'where it has replicas';

export const databaseFamilies: readonly MeterFamily[] = [
  familyOf('databases.<database>', databaseMeters),
  familyOf('databases.<database>', { ...replicaMeters, ...redirectMeters }, withReplicas),
  familyOf('databases.<database>', waitMeters, 'where writes wait for replicas'),
  familyOf('databases.<database>', outboxMeters, 'where writes have an `outbox`'),
  familyOf('databases.<database>', unpublishedMeters, 'where an operation writes, then publishes'),
  familyOf('databases.<database>', unwrittenMeters, 'where an operation publishes, then writes'),
  familyOf('databases.<database>', partitionMeters, 'where it has `tablePartitions`'),
  familyOf('databases.<database>', failoverMeters, 'where it has a `failover`'),
  familyOf('databases.<database>', alertMeters, 'where it has `replication.lagAlert`'),
  familyOf('databases.<database>.in.<region>', regionMeters),
  familyOf('databases.<database>.in.<region>', replicaMeters, 'where it has replicas there'),
  familyOf('databases.<database>.shards.<n>', shardMeters),
  familyOf('databases.<database>.tiers.<tier>', tierMeters, 'where it has `tablePartitions`'),
  familyOf('databases.<database>.tiers.<tier>', coldMeters, 'of the tier `cold`'),
];

import type { MeterFamily, Scope } from '../../metrics/index.ts';
import type { Design } from '../design.ts';
import { definitionsOf, familyOf, type MetersOf, meterSet } from '../meters.ts';
import { type ClusterConfig, regionsOf } from './config.ts';

/** The same for the whole and for each region. */
export const clusterMeters = meterSet({
  utilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Time that brokers spend appending over time there.',
  },
  hottestBrokerUtilization: {
    kind: 'value',
    unit: 'ratio',
    better: 'lower',
    about: 'Utilization of the broker that has most to do.',
  },
  requests: {
    kind: 'rate',
    unit: 'rate',
    better: 'neither',
    about: 'Requests of producers that reached a broker.',
  },
  replicationTime: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about:
      'From a batch’s append at the leader until all in-sync replicas have it: the high watermark passes it.',
  },
  offlinePartitions: {
    kind: 'level',
    unit: 'count',
    better: 'lower',
    about: 'Partitions without a leader that is alive: nothing can be published to or read from them.',
  },
  underReplicatedPartitions: {
    kind: 'level',
    unit: 'count',
    better: 'lower',
    about: 'Partitions of which not all replicas are in sync.',
  },
  elections: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Times that a partition got another leader.',
  },
});

export type ClusterMeters = MetersOf<typeof clusterMeters>;

/** Path of what one cluster measures: its region's where it is alone there. */
export const shardPath = (
  name: string,
  { shards }: ClusterConfig,
  region: string,
  shard: number,
): string[] => ['clusters', name, 'in', region, ...(shards === 1 ? [] : ['shards', String(shard)])];

export function clusterScopes(name: string, config: ClusterConfig, design: Design): Scope[] {
  const meters = definitionsOf(clusterMeters);
  const shards = config.shards === 1 ? 0 : config.shards;
  return [
    { path: ['clusters', name], meters },
    ...regionsOf(config, design).flatMap((region) => [
      { path: ['clusters', name, 'in', region], meters },
      ...Array.from({ length: shards }, (_, shard) => ({
        path: shardPath(name, config, region, shard),
        meters,
      })),
    ]),
  ];
}

export const clusterFamilies: readonly MeterFamily[] = [
  familyOf('clusters.<cluster>', clusterMeters),
  familyOf('clusters.<cluster>.in.<region>', clusterMeters),
  familyOf('clusters.<cluster>.in.<region>.shards.<n>', clusterMeters, 'where `shards` is more than one'),
];

import type { Reference } from '../../scenario/index.ts';
import type { Design } from '../design.ts';
import { Load } from '../load.ts';
import { type ConsumerConfig, serviceOf } from './config.ts';

/** Where members stand and what they read, from the scenario alone. */
export interface GroupOutline {
  /** Region of the cluster that the group reads. */
  readonly region: string;
  /** Regions whose instances join it, with the instances that each begins with. */
  readonly homes: readonly { readonly region: string; readonly instances: number }[];
}

/** A service and a topic with its cluster, as much of them as a consumer must know before they are built. */
interface ServiceOutline {
  readonly regions: 'all' | readonly Reference[] | Readonly<Record<string, { readonly instances: number }>>;
  readonly instances: number;
}
interface TopicOutline {
  readonly cluster: Reference;
  readonly partitions: number;
  readonly mirrored: boolean;
}
interface ClusterOutline {
  /** Clusters a region. */
  readonly shards: number;
  readonly regions: 'all' | readonly Reference[];
  /** Which regions' records it copies to the others; nobody's where it does not say. */
  readonly mirror?: 'all' | readonly Reference[];
}

/**
 * The groups of a consumer: one in each region of the topic's cluster. Instances join the group of their own region's
 * cluster, else of the nearest. One that reads what is mirrored has a group in one region: each record is there once.
 */
export function groupsOf(config: ConsumerConfig, design: Design): GroupOutline[] {
  const groups = readersOf(config, design);
  const { mirrored } = config;
  if (mirrored === false) return groups;
  if (mirrored !== true) return groups.filter(({ region }) => region === mirrored.name);
  const read = groups.filter(({ homes }) => homes.length > 0);
  return read.length === 1 ? read : groups;
}

/** The regions for which the one of `failover` goes on when they are lost. */
export function takenOver(config: ConsumerConfig, design: Design): readonly string[] {
  const { failover } = config;
  if (failover === undefined) return [];
  const { copied } = clusterOf(config, design);
  const { name } = failover.to;
  return groupsOf(config, design)
    .filter(({ homes, region }) => region !== name && homes.length > 0 && copied.includes(region))
    .map(({ region }) => region);
}

/** Who would read in each region of the topic, if it is read there. */
export function readersOf(config: ConsumerConfig, design: Design): GroupOutline[] {
  const load = new Load(design);
  const regions = topicRegions(config, design);
  const homes = instancesOf(config, design);
  return regions.map((region) => ({
    region,
    homes: homes.filter((home) => load.nearest(home.region, regions) === region),
  }));
}

/** Partitions that a group shares out: of all clusters of its region, with the copies of other regions' if it reads them. */
export function partitionsOf(config: ConsumerConfig, design: Design): number {
  const { cluster, partitions } = design.entry<TopicOutline>('topics', config.topic.name) as TopicOutline;
  const { shards } = design.entry<ClusterOutline>('clusters', cluster.name) as ClusterOutline;
  const copies = config.mirrored === false ? 1 : Math.max(1, clusterOf(config, design).copied.length);
  return partitions * shards * copies;
}

/** Names of the regions where a consumer's topic stands. */
export function topicRegions(config: ConsumerConfig, design: Design): readonly string[] {
  const { cluster } = design.entry<TopicOutline>('topics', config.topic.name) as TopicOutline;
  const { regions } = design.entry<ClusterOutline>('clusters', cluster.name) as ClusterOutline;
  return regions === 'all' ? design.regions : regions.map(({ name }) => name);
}

/** The cluster that keeps a consumer's topic, and the regions between which the topic is copied. */
export function clusterOf(
  config: ConsumerConfig,
  design: Design,
): { name: string; copied: readonly string[] } {
  const topic = design.entry<TopicOutline>('topics', config.topic.name) as TopicOutline;
  const { name } = topic.cluster;
  const { mirror } = design.entry<ClusterOutline>('clusters', name) as ClusterOutline;
  if (mirror === undefined || !topic.mirrored) return { name, copied: [] };
  return {
    name,
    copied: mirror === 'all' ? topicRegions(config, design) : mirror.map((region) => region.name),
  };
}

function instancesOf(config: ConsumerConfig, design: Design): GroupOutline['homes'] {
  const { regions, instances } = design.entry<ServiceOutline>(
    'services',
    serviceOf(config),
  ) as ServiceOutline;
  if (regions === 'all') return design.regions.map((region) => ({ region, instances }));
  if (isList(regions)) return regions.map(({ name: region }) => ({ region, instances }));
  return Object.entries(regions).map(([region, each]) => ({ region, instances: each.instances }));
}

const isList = (regions: ServiceOutline['regions']): regions is readonly Reference[] =>
  Array.isArray(regions);

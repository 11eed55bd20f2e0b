import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import { clustersSection } from '../contracts/cluster.ts';
import { type Topic, topicsSection } from '../contracts/topic.ts';
import type { Design } from '../design.ts';
import { defineFault, type FaultContext } from '../fault.ts';
import type { Finding } from '../kind.ts';
import { type ClusterConfig, regionsOf } from './config.ts';
import type { ClusterModel } from './model.ts';
import type { ClusterInRegion } from './region.ts';

/** Which broker a fault is about. */
interface BrokerOptions {
  readonly cluster: Reference;
  readonly region?: Reference;
  readonly shard?: number;
  readonly broker?: number;
  readonly leaderOf?: Reference;
  readonly partition?: number;
  /** Present where its times are drawn. */
  readonly random?: object;
}

const whichBroker = {
  cluster: reference(clustersSection, 'Whose broker.'),
  region: reference(
    'regions',
    'In which region’s cluster. Default: the only one that the cluster has.',
  ).optional(),
  shard: quantity('count', {
    integer: true,
    about: 'Which of the region’s clusters, where it has several, counted from 0. Default: 0.',
  }).optional(),
  broker: quantity('count', {
    integer: true,
    about:
      'Which broker, counted from 0. Default: 0; at random times any of them, each with the time between failures.',
  }).optional(),
  leaderOf: reference(
    topicsSection,
    'The broker that leads a partition of this topic at that moment, instead of a numbered one.',
  ).optional(),
  partition: quantity('count', {
    integer: true,
    about: 'Which partition’s leader. Default: 0.',
  }).optional(),
};

interface CrashOptions extends BrokerOptions {
  readonly data: 'kept' | 'destroyed';
}

export const brokerCrash = defineFault<CrashOptions>({
  fault: 'broker-crash',
  about:
    'A broker’s process dies with what it was about to append, and clients see their connections go. Nine seconds after its last heartbeat it is taken for dead, and its partitions get other leaders. After `for` it starts again and catches up.',
  shape: {
    ...whichBroker,
    data: z
      .enum(['kept', 'destroyed'])
      .default('kept')
      .describe(
        'What it has on its disk when it is back. destroyed: nothing, it must copy all that is retained.',
      ),
  },
  lasts: 'may',
  population: aliveBrokers,
  check: checkBroker,
  begin: (options, context) => {
    const failing = failingOf(options, context);
    if (failing === undefined) return undefined;
    const { broker, cluster } = failing;
    cluster.failures.crash(broker, options.data === 'destroyed');
    return () => cluster.failures.restart(broker);
  },
});

interface SlowOptions extends BrokerOptions {
  readonly factor: number;
}

export const brokerSlow = defineFault<SlowOptions>({
  fault: 'broker-slow',
  about:
    'A broker works slower than usual, though it lives: its disk is failing, or somebody else’s. As a follower it holds acks: all back until it has not kept up for thirty seconds and is left out of the in-sync replicas.',
  shape: {
    ...whichBroker,
    factor: quantity('factor', {
      positive: true,
      about: 'How many times longer it takes to append what comes meanwhile.',
    }),
  },
  lasts: 'may',
  population: aliveBrokers,
  check: checkBroker,
  begin: (options, context) => {
    const failing = failingOf(options, context);
    return failing?.cluster.failures.slow(failing.broker, options.factor);
  },
});

/** Whether it may be any broker of a cluster: each fails by itself. */
const isAny = ({ broker, leaderOf, random }: BrokerOptions): boolean =>
  random !== undefined && broker === undefined && leaderOf === undefined;

/** The clusters of the region that is meant, and all brokers of a cluster. */
function meant({ cluster, region }: BrokerOptions, { wiring }: FaultContext) {
  const { brokers, regions } = wiring.find<ClusterModel>(clustersSection, cluster.name);
  return { brokers, clusters: regions.find(([each]) => each.region === region?.name) ?? regions[0] };
}

const numbersAlive = ({ brokers }: ClusterInRegion): number[] =>
  brokers.flatMap(({ isAlive }, number) => (isAlive ? [number] : []));

/** Brokers that may fail now, where any of them may. */
function aliveBrokers(options: BrokerOptions, context: FaultContext): number | undefined {
  const { clusters } = meant(options, context);
  return isAny(options) ? numbersAlive(clusters[options.shard ?? 0]).length : undefined;
}

/** Undefined where the partition has no leader, or no broker is alive, so that nobody can be made to fail. */
function failingOf(
  options: BrokerOptions,
  context: FaultContext,
): { cluster: ClusterInRegion; broker: number } | undefined {
  const { shard = 0, broker = 0, leaderOf, partition = 0 } = options;
  const { wiring } = context;
  const { brokers, clusters } = meant(options, context);
  if (isAny(options)) {
    const alive = numbersAlive(clusters[shard]);
    const drawn = alive[Math.floor(wiring.stream(`faults.${context.name}`)() * alive.length)];
    return drawn === undefined ? undefined : { cluster: clusters[shard], broker: drawn };
  }
  if (leaderOf === undefined) return { cluster: clusters[shard], broker };
  const topic = wiring.find<Topic>(topicsSection, leaderOf.name);
  const there = topic.regions.find((each) => each.region === clusters[0].region);
  const partitions = topic.partitions / clusters.length;
  const leader = there?.logs[shard * partitions + partition].leader ?? -1;
  return leader < 0 ? undefined : { cluster: clusters[shard], broker: leader - shard * brokers };
}

function checkBroker(options: BrokerOptions, design: Design): Finding[] {
  const { cluster, region, shard, broker, leaderOf, partition } = options;
  const config = design.entry<ClusterConfig>(clustersSection, cluster.name) as ClusterConfig;
  const regions = regionsOf(config, design);
  const findings: Finding[] = [];
  if (region === undefined && regions.length > 1) {
    findings.push({
      path: [],
      message: `${cluster.name} has a cluster in each of ${regions.join(', ')}`,
      expected: 'region: in which of them a broker fails',
    });
  }
  if (region !== undefined && !regions.includes(region.name)) {
    findings.push({
      path: ['region'],
      message: `${cluster.name} has no brokers in ${region.name}`,
      expected: `one of ${regions.join(', ')}`,
    });
  }
  if (shard !== undefined && shard >= config.shards) {
    findings.push({
      path: ['shard'],
      message: `there is no cluster ${shard} of ${cluster.name}`,
      expected:
        config.shards === 1 ? 'no shard: there is one cluster' : `a number from 0 to ${config.shards - 1}`,
    });
  }
  if (broker !== undefined && broker >= config.brokers) {
    findings.push({
      path: ['broker'],
      message: `there is no broker ${broker}`,
      expected: `a number from 0 to ${config.brokers - 1}`,
    });
  }
  if (broker !== undefined && leaderOf !== undefined) {
    findings.push({ path: ['broker'], message: 'a broker is named twice', expected: 'broker or leaderOf' });
  }
  if (partition !== undefined && leaderOf === undefined) {
    findings.push({
      path: ['partition'],
      message: 'partition is of no topic',
      expected: 'leaderOf: its topic',
    });
  }
  return [...findings, ...checkLeader(options, design)];
}

/** What a topic says of itself in the scenario, as far as it matters here. */
interface TopicEntry {
  readonly cluster: Reference;
  readonly partitions: number;
}

function checkLeader({ cluster, leaderOf, partition = 0 }: BrokerOptions, design: Design): Finding[] {
  const topic = leaderOf && design.entry<TopicEntry>(topicsSection, leaderOf.name);
  if (leaderOf === undefined || topic === undefined) return [];
  if (topic.cluster.name !== cluster.name) {
    return [
      {
        path: ['leaderOf'],
        message: `${leaderOf.name} is not on ${cluster.name}`,
        expected: `cluster: ${topic.cluster.name}, or a topic of ${cluster.name}`,
      },
    ];
  }
  if (partition < topic.partitions) return [];
  return [
    {
      path: ['partition'],
      message: `there is no partition ${partition} of ${leaderOf.name}`,
      expected: `a number from 0 to ${topic.partitions - 1}`,
    },
  ];
}

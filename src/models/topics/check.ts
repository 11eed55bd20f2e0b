import type { Reference } from '../../scenario/index.ts';
import { batchHeader, recordsPerBatch } from '../algorithms/batching/record-batch.ts';
import type { Design } from '../design.ts';
import { missingKeys } from '../key-reach.ts';
import type { Finding } from '../kind.ts';
import type { StepConfig } from '../step.ts';
import { strayData } from '../stray-data.ts';
import { brokersOf, mirrorsOf, regionsOf, replicationOf, shardsOf, type TopicConfig } from './config.ts';

/** What the schema cannot see of a topic. */
export function check(name: string, config: TopicConfig, design: Design): Finding[] {
  return [
    ...checkReplicas(config, design),
    ...checkShards(config, design),
    ...checkBatches(config),
    ...checkKeys(name, config, design),
    ...checkResidency(name, config, design),
  ];
}

function checkShards(config: TopicConfig, design: Design): Finding[] {
  const { cluster, key, partitions, shardBy } = config;
  const shards = shardsOf(config, design);
  if (shards === 1) {
    if (shardBy === undefined) return [];
    return [
      {
        path: ['shardBy'],
        message: `${cluster.name} is one cluster in each region: there is nothing to choose`,
        expected: `clusters.${cluster.name}.shards above 1, or no shardBy`,
      },
    ];
  }
  if (shardBy === undefined || key === undefined) {
    return [
      {
        path: [],
        message: `${cluster.name} is ${shards} clusters in each region, and nothing says which one has a record`,
        expected:
          key === undefined ? 'a key, and shardBy' : 'shardBy: jump, or another function of the key’s text',
      },
    ];
  }
  const common = greatestCommonDivisor(shards, partitions);
  if (shardBy !== 'kafka-murmur2' || common === 1) return [];
  return [
    {
      path: ['shardBy'],
      message: `cluster and partition follow from the same hash: of each cluster’s ${partitions} partitions ${partitions / common} get all`,
      expected: `another function, or partitions that have no divisor in common with ${shards} clusters`,
      severity: 'warning',
    },
  ];
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

function checkReplicas(config: TopicConfig, design: Design): Finding[] {
  const brokers = brokersOf(config, design);
  const { cluster, replicationFactor, minInsyncReplicas } = config;
  if (replicationFactor !== undefined && replicationFactor > brokers) {
    return [
      {
        path: ['replicationFactor'],
        message: `${replicationFactor} copies do not fit on ${brokers} brokers`,
        expected: `at most ${brokers}: each copy has a broker of its own`,
        hint: `clusters.${cluster.name}.brokers says how many there are`,
      },
    ];
  }
  const copies = replicationOf(config, design);
  if (minInsyncReplicas <= copies) return leavesNoneToLose(config, copies);
  return [
    {
      path: ['minInsyncReplicas'],
      message: `${minInsyncReplicas} in-sync replicas are asked for and there are ${copies}`,
      expected: `at most the replication factor, ${copies}`,
      hint: 'with fewer in sync than that, acks: all is refused and nothing becomes readable',
    },
  ];
}

/** A topic of several copies that takes no publish as soon as one is missing. */
const leavesNoneToLose = ({ minInsyncReplicas, producer }: TopicConfig, copies: number): Finding[] =>
  copies === 1 || minInsyncReplicas < copies || producer.acks !== 'all'
    ? []
    : [
        {
          path: ['minInsyncReplicas'],
          message: `all ${copies} copies must be in sync: while one of their brokers is away, publishes are refused`,
          expected: `fewer than the replication factor, ${copies}`,
          severity: 'warning',
        },
      ];

function checkBatches({ recordSize, producer }: TopicConfig): Finding[] {
  if (producer.linger === 0 || recordsPerBatch(recordSize, producer.batchSize) > 1) return [];
  return [
    {
      path: ['producer', 'batchSize'],
      message: 'a batch has room for one record, so every record is sent on its own',
      expected: `at least ${2 * recordSize + batchHeader} bytes, for two records of ${recordSize}`,
      severity: 'warning',
    },
  ];
}

function checkKeys(name: string, config: TopicConfig, design: Design): Finding[] {
  const missing = missingKeys(design, (step) => keysNeeded(name, config, step));
  return missing.map(({ operation, workload, key }) => ({
    path: config.key === undefined ? [] : ['key'],
    message: `${operation} publishes by ${key}, which the calls of ${workload} do not carry`,
    expected: `${key} among the keys of workloads.${workload}`,
  }));
}

/** The key by which a step publishes to this topic. */
function keysNeeded(name: string, config: TopicConfig, { verb, options }: StepConfig): string[] {
  if (verb !== 'publish') return [];
  const { to, key } = options as { to: Reference; key?: Reference };
  const by = key ?? config.key;
  return to.name !== name || by === undefined ? [] : [by.name];
}

/** Mirrors in regions to which the records of a workload may not go; or its cluster, where that stands in one region alone. */
function checkResidency(name: string, config: TopicConfig, design: Design): Finding[] {
  const mirrors = mirrorsOf(config, design);
  const own = regionsOf(config, design);
  const isPublished = ({ verb, options }: StepConfig) => {
    const { outbox, to } = options as { to?: Reference; outbox?: Reference };
    return (verb === 'publish' ? to : outbox)?.name === name;
  };
  const standing = mirrors.length > 0 ? mirrors : own.length === 1 ? own : [];
  return strayData(design, isPublished, standing, () => (mirrors.length > 0 ? [] : ['cluster']));
}

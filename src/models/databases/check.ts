import { listed } from '../../scenario/index.ts';
import { InvalidShardOptions, UnplaceableKey } from '../algorithms/partitioning/index.ts';
import type { Design } from '../design.ts';
import { missingKeys } from '../key-reach.ts';
import type { Finding } from '../kind.ts';
import { type DatabaseConfig, replicaCount } from './config.ts';
import { coresOfClass } from './defaults.ts';
import { populationShape, sampleTexts } from './population-shape.ts';
import { shardFunctionOf } from './shard-by.ts';
import { optionsOn, stepsOn } from './uses.ts';

/** What is wrong with a database beyond its shape. */
export function checkDatabase(name: string, config: DatabaseConfig, design: Design): Finding[] {
  return [
    ...checkNodes(config),
    ...checkSharding(name, config, design),
    ...checkReplicas(name, config, design),
    ...checkKeys(name, config, design),
  ];
}

function checkNodes(config: DatabaseConfig): Finding[] {
  if (config.class === undefined || config.cpu !== undefined || coresOfClass(config.class) !== undefined)
    return [];
  return [
    {
      path: ['class'],
      message: `how many cores a ${config.class} has is not known`,
      expected: 'a class that ends in a size, such as db.r6g.2xlarge, or cpu beside it',
      hint: 'cpu: 8',
    },
  ];
}

function checkSharding(name: string, config: DatabaseConfig, design: Design): Finding[] {
  const { shardBy, shards } = config;
  if (shardBy === undefined) {
    if (shards === 1) return [];
    const message = `${shards} shards, but nothing says which key goes to which`;
    return [
      {
        path: ['shards'],
        message,
        expected: 'shardBy',
        hint: 'shardBy: { key: accountId, function: java-hash }',
      },
    ];
  }
  const population = populationShape(shardBy.key.name, design);
  try {
    const place = shardFunctionOf(shardBy, shards, population);
    const used = stepsOn(name, design).flatMap((step) => optionsOn(name, step)?.key?.name ?? []);
    for (const key of new Set([shardBy.key.name, ...used])) {
      for (const text of sampleTexts(key, design)) place(text);
    }
    return [];
  } catch (error) {
    if (error instanceof InvalidShardOptions) return [{ path: ['shardBy'], message: error.message }];
    if (error instanceof UnplaceableKey) {
      const hint = error.expected.includes('integer')
        ? 'format: "{n}" makes the texts of a key whole numbers'
        : undefined;
      return [
        {
          path: ['shardBy', 'function'],
          message: error.message,
          expected: `keys that are ${error.expected}`,
          hint,
        },
      ];
    }
    throw error;
  }
}

function checkReplicas(name: string, config: DatabaseConfig, design: Design): Finding[] {
  if (replicaCount(config) > 0) return [];
  const wants = stepsOn(name, design).some(
    ({ options }) => ((options as { consistency?: string }).consistency ?? config.readFrom) === 'replica',
  );
  if (!wants && config.readFrom !== 'replica') return [];
  const path = config.readFrom === 'replica' ? ['readFrom'] : [];
  return [
    {
      path,
      message: 'reads go to replicas, but there are none',
      expected: 'replicas, by region',
      hint: 'replicas: { us-east: 1 }',
    },
  ];
}

function checkKeys(name: string, config: DatabaseConfig, design: Design): Finding[] {
  const needs = missingKeys(design, (step) => {
    const options = optionsOn(name, step);
    if (options === undefined || step.verb === 'scan') return [];
    const key = options.key ?? config.shardBy?.key;
    return [key, options.row].flatMap((each) => each?.name ?? []);
  });
  return needs.map(({ operation, step, workload, key }) => {
    const own = Object.values(optionsOn(name, step) ?? {}).some(
      (value) => String(value) === key && value !== undefined,
    );
    return {
      path: own || config.shardBy === undefined ? [] : ['shardBy', 'key'],
      message: `the ${step.verb} in ${operation} needs ${key}, which operations of workloads.${workload} do not carry`,
      expected: `every workload that reaches it to carry ${listed([key])}`,
      hint: `add ${key} to workloads.${workload}.keys`,
    };
  });
}

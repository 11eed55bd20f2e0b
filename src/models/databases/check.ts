import { listed, type Reference } from '../../scenario/index.ts';
import { InvalidShardOptions, type ShardFunction, UnplaceableKey } from '../algorithms/partitioning/index.ts';
import type { Design } from '../design.ts';
import { silenceOf } from '../fault.ts';
import { missingKeys } from '../key-reach.ts';
import type { Finding } from '../kind.ts';
import { answersNeeded, replicasLeft } from './answers-needed.ts';
import { copyPlacements, type DatabaseConfig, replicaCount } from './config.ts';
import { coresOfClass } from './defaults.ts';
import { checkFailover, isTakenOver } from './failover/check.ts';
import { checkDateSteps, checkTablePartitions } from './partitions/check.ts';
import { populationShape } from './population-shape.ts';
import { checkResidency } from './residency.ts';
import { shardFunctionOf } from './shard-by.ts';
import { optionsOn, stepsOn, type WriteOptions } from './uses.ts';

/** What is wrong with a database beyond its shape. */
export function checkDatabase(name: string, config: DatabaseConfig, design: Design): Finding[] {
  return [
    ...checkNodes(config),
    ...checkSharding(name, config, design),
    ...checkReplicas(name, config, design),
    ...checkFailover(config, design.regions),
    ...checkSurvivors(name, config, design),
    ...checkPatience(name, config, design),
    ...checkMode(config),
    ...checkWaits(name, config, design),
    ...checkKeys(name, config, design),
    ...checkResidency(name, config, design),
    ...(config.tablePartitions === undefined ? [] : checkTablePartitions(config.tablePartitions)),
    ...checkDateSteps(name, config.tablePartitions, stepsOn(name, design)),
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
  const others = stepsOn(name, design).flatMap((step) => optionsOn(name, step)?.key?.name ?? []);
  try {
    const place = shardFunctionOf(shardBy, shards, populationShape(shardBy.key.name, design));
    const keys = [...new Set([shardBy.key.name, ...others])];
    return keys.flatMap((key) => checkTexts(key, place, config, design));
  } catch (error) {
    if (!(error instanceof InvalidShardOptions)) throw error;
    return [{ path: ['shardBy'], message: error.message }];
  }
}

/** Populations whose texts are all tried. */
const tried = 100_000;

/** Whether the function takes a key's texts at all, and how many of them it has no shard for. */
function checkTexts(key: string, place: ShardFunction, config: DatabaseConfig, design: Design): Finding[] {
  const { count, isExact, text } = populationShape(key, design);
  const path = ['shardBy', 'function'];
  try {
    const values = isExact && count <= tried ? count : 1;
    const homeless = Array.from({ length: values }, (_, value) => text(value)).filter((each) => {
      const shard = place(each);
      return shard < 0 || shard >= config.shards;
    });
    if (homeless.length === 0) return [];
    const message = `${homeless.length} of ${values} values of ${key} have no shard: ${homeless[0]} goes to ${place(homeless[0])}`;
    return [{ path, message, hint: 'operations with such a key will fail', severity: 'warning' }];
  } catch (error) {
    if (!(error instanceof UnplaceableKey)) throw error;
    const wantsIntegers = error.expected.includes('integer');
    const hint = wantsIntegers ? `keys.${key}.format: "{n}" makes whole numbers of its texts` : undefined;
    return [{ path, message: error.message, expected: `texts of ${key} that are ${error.expected}`, hint }];
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

/** Whether there is somebody for all writes to wait for. */
function checkMode(config: DatabaseConfig): Finding[] {
  const { mode } = config.replication;
  if (mode === 'async' || replicaCount(config) > 0) return [];
  const message = `writes wait for replicas (${mode}), but there are none`;
  const hint = 'replicas: { us-east: 1 }';
  return [{ path: ['replication', 'mode'], message, expected: 'replicas, by region', hint }];
}

/** Regions any of which leaves too few replicas for what writes wait for when it is lost; those of a fault are told with it. */
function checkSurvivors(name: string, config: DatabaseConfig, design: Design): Finding[] {
  if (config.failover === undefined) return [];
  const needed = answersNeeded(name, config, design);
  const home = config.primary?.name ?? design.regions[0];
  const struck = design
    .entries<{ region?: Reference }>('faults')
    .flatMap(([, { region }]) => region?.name ?? []);
  const found = design.regions.filter((region) => {
    const left = replicasLeft(config, design.regions, 1, { region });
    if (struck.includes(region) || (region === home && !isTakenOver(config, home))) return false;
    return left >= 0 && left < Math.min(needed, replicaCount(config));
  });
  if (found.length === 0) return [];
  const replicas = needed === 1 ? 'replica' : 'replicas';
  const elsewhere = Math.max(...found.map((region) => copiesElsewhere(name, config, design, region)));
  return [
    {
      path: ['replicas'],
      message: `without ${listed(found)} there is no quorum, failover or not: writes wait for ${needed} ${replicas}, and fewer are left beside a primary`,
      expected:
        config.replication.mode === 'quorum' && design.regions.length === 2
          ? 'copies in a third region: of two, one has half of all copies or more'
          : `copies elsewhere: ${elsewhere} or more without any one region`,
      severity: 'warning',
    },
  ];
}

/** Copies that must be outside of a region for writes to have what they wait for without it, if all further ones are put there. */
function copiesElsewhere(name: string, config: DatabaseConfig, design: Design, region: string): number {
  const here = copyPlacements(config, design.regions).find((placement) => placement.region === region);
  const [site = ''] = design.regions.filter((other) => other !== region);
  const isEnough = (more: number): boolean => {
    const replicas = { ...config.replicas, [site]: (config.replicas[site] ?? 0) + more };
    const larger = { ...config, replicas };
    // A quorum grows with the copies.
    return replicasLeft(larger, design.regions, 1, { region }) >= answersNeeded(name, larger, design);
  };
  let more = 1;
  while (!isEnough(more)) more += 1;
  return replicaCount(config) + 1 - (here?.copies ?? 0) + more;
}

/** Whether callers of a node that falls silent hang for as long as TCP does, whoever is primary then. */
function checkPatience(name: string, config: DatabaseConfig, design: Design): Finding[] {
  const { client, failover } = config;
  const silence = silenceOf(design);
  const isPatient = client.connectTimeout === undefined && client.tcpUserTimeout === undefined;
  const canTakeOver = failover !== undefined && replicaCount(config) > 0;
  if (!canTakeOver || silence === undefined || !isPatient) return [];
  return [
    {
      path: ['failover'],
      message: `whoever asks a node of ${name} that ${silence} has made silent hangs for 127 s (a new connection) or 925 s (an open one), although there is a new primary long before`,
      expected: 'client, with timeouts, if its drivers have them',
      hint: 'client: { connectTimeout: 2s, tcpUserTimeout: 5s }',
      severity: 'warning',
    },
  ];
}

/** Whether writes can have what they wait for. */
function checkWaits(name: string, config: DatabaseConfig, design: Design): Finding[] {
  const there = replicaCount(config);
  return stepsOn(name, design).flatMap(({ options }): Finding[] => {
    const { waitFor } = options as WriteOptions;
    if (waitFor === undefined) return [];
    const { replicas, deadline, else: otherwise } = waitFor;
    if (replicas > there) {
      const message = `a write waits for ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}, and there ${there === 1 ? 'is' : 'are'} ${there}`;
      return [{ path: [], message, expected: `replicas, by region: ${replicas} or more in all` }];
    }
    if (otherwise === 'fail' || deadline !== undefined) return [];
    const message = 'a write is to go on when its deadline has passed, and has none';
    return [{ path: [], message, expected: 'a deadline', hint: 'waitFor: { …, deadline: 5s }' }];
  });
}

function checkKeys(name: string, config: DatabaseConfig, design: Design): Finding[] {
  const needs = missingKeys(design, (step) => {
    const options = optionsOn(name, step);
    if (options === undefined || step.verb === 'scan') return [];
    const key = options.key ?? config.shardBy?.key;
    const { outbox } = options as WriteOptions;
    const published = outbox && design.entry<{ key?: Reference }>('topics', outbox.name)?.key;
    return [key, options.row, published].flatMap((each) => each?.name ?? []);
  });
  const findings = needs.map(({ operation, step, workload, key }): Finding => {
    const isOwn = config.shardBy?.key.name !== key;
    return {
      path: isOwn ? [] : ['shardBy', 'key'],
      message: `the ${step.verb} in ${operation} needs ${key}, which operations of workloads.${workload} do not carry`,
      expected: `${key} among the keys of every workload that gets there`,
      hint: `add it to workloads.${workload}.keys`,
    };
  });
  return [...new Map(findings.map((finding) => [finding.message, finding])).values()];
}

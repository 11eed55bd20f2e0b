import { formatQuantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import { keyReach } from '../key-reach.ts';
import type { Finding } from '../kind.ts';
import { Load } from '../load.ts';
import { walkSteps } from '../steps.ts';
import { publishedIn } from './causes.ts';
import { checkFailover } from './check-failover.ts';
import { checkGroup } from './check-group.ts';
import { checkMirrored } from './check-mirrored.ts';
import { type ConsumerConfig, serviceOf } from './config.ts';
import { type GroupOutline, groupsOf, partitionsOf } from './placement.ts';
import { putsOff } from './puts-off.ts';

/** What the schema cannot see of a consumer. */
export function check(_name: string, config: ConsumerConfig, design: Design): Finding[] {
  const groups = groupsOf(config, design);
  const partitions = partitionsOf(config, design);
  return [
    ...checkMirrored(config, design),
    ...checkFailover(config, design),
    ...checkReaders(config, groups, design),
    ...groups.flatMap((group) => [...checkDistance(group), ...checkMembers(config, group, partitions)]),
    ...checkGroup(config),
    ...checkCommit(config, design),
    ...checkRetries(config),
    ...checkGroups(config, design),
    ...checkDeadLetter(config, design),
  ];
}

function checkReaders(config: ConsumerConfig, groups: readonly GroupOutline[], design: Design): Finding[] {
  const readerless = groups.filter(({ homes }) => homes.length === 0).map(({ region }) => region);
  if (readerless.length === 0) return [];
  const published = publishedIn(config, design);
  const unread = readerless.filter((region) => published.has(region));
  if (unread.length === 0) return [];
  const service = serviceOf(config);
  return [
    {
      path: ['call'],
      message: `nobody reads what is published in ${unread.join(', ')}: ${service} does not stand there`,
      expected: `${service} in every region that ${config.topic.name} has, or fewer regions for its cluster`,
      severity: 'warning',
    },
  ];
}

function checkDistance({ region, homes }: GroupOutline): Finding[] {
  const far = homes.filter((home) => home.region !== region).map((home) => home.region);
  if (far.length === 0) return [];
  return [
    {
      path: ['call'],
      message: `members in ${far.join(', ')} read the cluster of ${region}: each record waits for the way`,
      expected: 'a cluster in every region where the called service stands',
      severity: 'warning',
    },
  ];
}

function checkMembers(
  config: ConsumerConfig,
  { region, homes }: GroupOutline,
  partitions: number,
): Finding[] {
  const members = homes.reduce((sum, { instances }) => sum + instances, 0) * config.members;
  if (members <= partitions) return [];
  return [
    {
      path: ['members'],
      message: `${members} members in ${region} share ${partitions} partitions: ${members - partitions} have nothing to do`,
      expected: `at most ${partitions}, since a partition has one owner`,
      severity: 'warning',
    },
  ];
}

function checkCommit({ call, commit }: ConsumerConfig, design: Design): Finding[] {
  if (commit !== 'after-flush' || putsOff(call.name, design)) return [];
  return [
    {
      path: ['commit'],
      message: `nothing is flushed later in ${call.name}: after-flush is the same as after`,
      expected: 'after, or an operation with a batch',
      severity: 'warning',
    },
  ];
}

/** While a record is tried again its member does not poll. */
function checkRetries({ maxPollInterval, retries }: ConsumerConfig): Finding[] {
  if (retries === undefined) return [];
  const { backoff, base, cap, max } = retries;
  let longest = 0;
  for (let attempt = 0; backoff !== 'none' && attempt < max; attempt += 1) {
    longest += Math.min(cap, base * 2 ** attempt);
  }
  if (longest < maxPollInterval) return [];
  const [wait, limit] = [longest, maxPollInterval].map((seconds) => formatQuantity(seconds, 'duration'));
  return [
    {
      path: ['retries'],
      message: `one record may back off for ${wait}, and after ${limit} without a poll its member is thrown out`,
      expected: `back-offs that add up to less than maxPollInterval, ${limit}`,
      severity: 'warning',
    },
  ];
}

/** A record that was grouped with others is in its group already, and maybe done. */
function checkGroups({ call, retries }: ConsumerConfig, design: Design): Finding[] {
  const steps = new Load(design).callable(call.name)?.steps ?? [];
  if (retries === undefined || ![...walkSteps(steps)].some(({ step }) => step.verb === 'groupBy')) return [];
  return [
    {
      path: ['retries'],
      message: `${call.name} groups the records of a poll, and a record of a group cannot be tried again alone`,
      expected: 'no retries, or an operation without groupBy',
    },
  ];
}

function checkDeadLetter({ call, deadLetter, topic }: ConsumerConfig, design: Design): Finding[] {
  if (deadLetter === undefined) return [];
  if (deadLetter.name === topic.name) {
    return [
      {
        path: ['deadLetter'],
        message: 'what cannot be processed would come back for ever: it is the topic that is read',
        expected: 'another topic',
      },
    ];
  }
  const key = design.entry<{ key?: { name: string } }>('topics', deadLetter.name)?.key?.name;
  if (key === undefined) return [];
  const lacking = keyReach(design).filter(
    ({ operation, keys }) => operation.name === call.name && !keys.has(key),
  );
  return [...new Set(lacking.map(({ workload }) => workload))].map((workload) => ({
    path: ['deadLetter'],
    message: `${deadLetter.name} is partitioned by ${key}, which the calls of ${workload} do not carry`,
    expected: `${key} among the keys of workloads.${workload}, or a topic without a key`,
  }));
}

import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import { type ConsumerConfig, serviceOf } from './config.ts';
import { type GroupOutline, groupsOf, partitionsOf } from './placement.ts';

/** What the schema cannot see of a consumer. */
export function check(_name: string, config: ConsumerConfig, design: Design): Finding[] {
  const groups = groupsOf(config, design);
  const partitions = partitionsOf(config, design);
  return [
    ...checkReaders(config, groups),
    ...groups.flatMap((group) => [...checkDistance(group), ...checkMembers(config, group, partitions)]),
  ];
}

function checkReaders(config: ConsumerConfig, groups: readonly GroupOutline[]): Finding[] {
  const unread = groups.filter(({ homes }) => homes.length === 0).map(({ region }) => region);
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

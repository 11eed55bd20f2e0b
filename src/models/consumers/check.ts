import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import { type ConsumerConfig, serviceOf } from './config.ts';
import { groupsOf, partitionsOf } from './placement.ts';

/** What the schema cannot see of a consumer. */
export function check(_name: string, config: ConsumerConfig, design: Design): Finding[] {
  const partitions = partitionsOf(config, design);
  const groups = groupsOf(config, design);
  const unread = groups.filter(({ homes }) => homes.length === 0).map(({ region }) => region);
  const crowded = groups
    .map(({ region, homes }) => ({
      region,
      members: homes.reduce((sum, each) => sum + each.instances, 0) * config.members,
    }))
    .filter(({ members }) => members > partitions);
  const service = serviceOf(config);
  return [
    ...(unread.length === 0
      ? []
      : [
          {
            path: ['call'],
            message: `nobody reads what is published in ${unread.join(', ')}: ${service} does not stand there`,
            expected: `${service} in every region that ${config.topic.name} has, or fewer regions for its cluster`,
            severity: 'warning' as const,
          },
        ]),
    ...crowded.map(({ region, members }) => ({
      path: ['members'],
      message: `${members} members in ${region} share ${partitions} partitions: ${members - partitions} have nothing to do`,
      expected: `at most ${partitions}, since a partition has one owner`,
      severity: 'warning' as const,
    })),
  ];
}

import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import { type ClusterConfig, regionsOf } from './config.ts';

/** What the schema cannot see of a cluster. */
export function check(name: string, config: ClusterConfig, design: Design): Finding[] {
  const { mirror } = config;
  if (mirror === undefined) return [];
  const regions = regionsOf(config, design);
  if (regions.length < 2) {
    return [
      {
        path: ['mirror'],
        message: `${name} stands in one region: there is nobody to copy to`,
        expected: 'a cluster in two regions or more, or no mirror',
      },
    ];
  }
  if (mirror === 'all') return [];
  return mirror.flatMap((region, at): Finding[] =>
    regions.includes(region.name)
      ? []
      : [
          {
            path: ['mirror', at],
            message: `${name} has no brokers in ${region.name}`,
            expected: `some of ${regions.join(', ')}`,
          },
        ],
  );
}

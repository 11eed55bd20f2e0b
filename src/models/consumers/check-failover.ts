import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import { type ConsumerConfig, serviceOf } from './config.ts';
import { clusterOf, readersOf } from './placement.ts';

/** Whether the region that is to go on for others can. */
export function checkFailover(config: ConsumerConfig, design: Design): Finding[] {
  const { failover, mirrored } = config;
  if (failover === undefined) return [];
  const { name } = failover.to;
  const service = serviceOf(config);
  const path = ['failover', 'to'];
  const readers = readersOf(config, design).filter(({ homes }) => homes.length > 0);
  const { copied, name: cluster } = clusterOf(config, design);
  if (mirrored !== false) {
    const message = 'who reads what all regions publish has nothing to go on for';
    return [{ path: ['failover'], message, expected: 'failover, or mirrored, not both' }];
  }
  if (!readers.some(({ region }) => region === name)) {
    return [
      {
        path,
        message: `nobody would go on in ${name}: ${service} does not stand there, or ${config.topic.name} does not`,
        expected: readers.map(({ region }) => region).join(' or '),
      },
    ];
  }
  if (!copied.includes(name)) {
    const message = `${name} has no copies of what other regions publish to ${config.topic.name}`;
    return [{ path, message, expected: `mirror: all for clusters.${cluster}` }];
  }
  if (readers.every(({ region }) => region === name)) {
    return [
      { path, message: `${name} is the only region that reads ${config.topic.name}`, expected: 'another' },
    ];
  }
  return [];
}

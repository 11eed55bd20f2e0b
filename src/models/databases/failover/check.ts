import type { Finding } from '../../kind.ts';
import { type DatabaseConfig, replicaCount } from '../config.ts';
import { witnessesOf } from '../replication-mode.ts';

/** What is wrong with a failover beyond its shape. */
export function checkFailover(config: DatabaseConfig, regions: readonly string[]): Finding[] {
  if (config.failover === undefined) return [];
  if (replicaCount(config) > 0) return checkQuorum(config, regions);
  return [
    {
      path: ['failover'],
      message: 'there is no replica that could become primary',
      expected: 'replicas, by region',
      hint: 'replicas: { us-east: 1 }',
    },
  ];
}

/** Where most copies stand in the primary's region, nobody elsewhere can know what a quorum of them had acknowledged. */
function checkQuorum(config: DatabaseConfig, regions: readonly string[]): Finding[] {
  if (config.replication.mode !== 'quorum') return [];
  const home = config.primary?.name ?? regions[0];
  const away = replicaCount(config) - (config.replicas[home] ?? 0);
  const wanted = witnessesOf(replicaCount(config));
  if (away >= wanted || away === 0) return [];
  const message = `when ${home} is lost nobody takes over: ${away} of ${replicaCount(config) + 1} copies stand elsewhere, and a quorum’s writes may be on the others only`;
  return [
    {
      path: ['replicas'],
      message,
      expected: `${wanted} copies or more outside ${home}`,
      severity: 'warning',
    },
  ];
}

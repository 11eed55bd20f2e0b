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

/** Copies outside the primary's region. */
const copiesAway = (config: DatabaseConfig, home: string): number =>
  replicaCount(config) - (config.replicas[home] ?? 0);

/** Whether somebody can take over when the primary's region is lost: under a quorum only who knows what one acknowledged. */
export const isTakenOver = (config: DatabaseConfig, home: string): boolean =>
  copiesAway(config, home) >= (config.replication.mode === 'quorum' ? witnessesOf(replicaCount(config)) : 1);

/** Where most copies stand in the primary's region, nobody elsewhere can know what a quorum of them had acknowledged. */
function checkQuorum(config: DatabaseConfig, regions: readonly string[]): Finding[] {
  if (config.replication.mode !== 'quorum') return [];
  const home = config.primary?.name ?? regions[0];
  const away = copiesAway(config, home);
  // One more than at home: then they are a majority, know of every acknowledged write, and can acknowledge further ones.
  const wanted = replicaCount(config) - away + 2;
  if (isTakenOver(config, home) || away === 0) return [];
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

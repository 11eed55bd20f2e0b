import type { Finding } from '../../kind.ts';
import { type DatabaseConfig, replicaCount } from '../config.ts';

/** What is wrong with a failover beyond its shape. */
export function checkFailover(config: DatabaseConfig): Finding[] {
  if (config.failover === undefined || replicaCount(config) > 0) return [];
  return [
    {
      path: ['failover'],
      message: 'there is no replica that could become primary',
      expected: 'replicas, by region',
      hint: 'replicas: { us-east: 1 }',
    },
  ];
}

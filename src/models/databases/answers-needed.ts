import type { Design } from '../design.ts';
import type { Place } from '../kind.ts';
import { copyPlacements, type DatabaseConfig, replicaCount } from './config.ts';
import { termsOf } from './replication-mode.ts';
import { stepsOn, type WriteOptions } from './uses.ts';

/**
 * Replicas without which some write of a database is not acknowledged: the most that any waits for. Those are left out that
 * go on without them in the end: after a deadline, or once they are known to be gone.
 */
export function answersNeeded(name: string, config: DatabaseConfig, design: Design): number {
  const needs = stepsOn(name, design)
    .filter(({ verb }) => verb === 'write')
    .map(({ options }) => (options as WriteOptions).waitFor ?? termsOf(config))
    .map((terms) => {
      const isBound = terms?.else === 'fail' && !('isShrinking' in terms && terms.isShrinking);
      return isBound ? terms.replicas : 0;
    });
  return Math.max(0, ...needs);
}

/** Replicas of the shard that is struck hardest that are left beside a primary while a place is lost; −1 without any copy. */
export function replicasLeft(
  config: DatabaseConfig,
  regions: readonly string[],
  zones: number,
  { region, zone }: Place,
): number {
  const copies =
    copyPlacements(config, regions).find((placement) => placement.region === region)?.copies ?? 0;
  // A shard's copies are spread over the zones in turn: the first zones of its own have one more.
  const struck = zone === undefined ? copies : Math.ceil(copies / zones);
  return replicaCount(config) - struck;
}

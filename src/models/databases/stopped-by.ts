import type { Place } from '../kind.ts';
import { replicasLeft } from './answers-needed.ts';
import { copyPlacements, type DatabaseConfig } from './config.ts';
import { isTakenOver } from './failover/check.ts';

/**
 * What a database does no more while a place is lost: its primaries go with it, and without a failover nobody takes over; or
 * too few replicas are left for what its writes wait for.
 * @param needed replicas without which a write is not acknowledged
 */
export function stoppedByLossOf(
  name: string,
  config: DatabaseConfig,
  needed: number,
  regions: readonly string[],
  zones: number,
  lost: Place,
): string[] {
  const gone = primariesLost(name, config, regions, zones, lost);
  return gone.length > 0 ? gone : quorumLost(name, config, needed, regions, zones, lost);
}

function quorumLost(
  name: string,
  config: DatabaseConfig,
  needed: number,
  regions: readonly string[],
  zones: number,
  lost: Place,
): string[] {
  const left = replicasLeft(config, regions, zones, lost);
  // Where no copy is left, that is told.
  if (left < 0 || left >= needed) return [];
  const home = config.primary?.name ?? regions[0];
  if (lost.zone === undefined && lost.region === home && !isTakenOver(config, home))
    return [
      `databases.${name} has no primary while ${home} is lost: nobody takes over, since a quorum’s writes may be on lost copies only`,
    ];
  const place = lost.zone === undefined ? lost.region : `zone ${lost.zone} of ${lost.region}`;
  return [
    `databases.${name} has no quorum while ${place} is lost: writes wait for ${needed} ${needed === 1 ? 'replica' : 'replicas'}, and beside a primary ${left === 0 ? 'none is' : `${left} ${left === 1 ? 'is' : 'are'}`} left, so that none is acknowledged until it is back`,
  ];
}

function primariesLost(
  name: string,
  config: DatabaseConfig,
  regions: readonly string[],
  zones: number,
  { region, zone }: Place,
): string[] {
  const copies = copyPlacements(config, regions);
  const home = copies.find(({ hasPrimary }) => hasPrimary);
  if (home === undefined || home.region !== region) return [];
  const place = zone === undefined ? region : `zone ${zone} of ${region}`;
  const struck = zone === undefined ? config.shards : shardsIn(zone, zones, config.shards);
  if (struck === 0) return [];
  const some = struck === config.shards ? '' : ` of ${struck} of ${config.shards} shards`;
  const isElsewhere = copies.length > 1 || (zone !== undefined && home.copies > 1 && zones > 1);
  if (!isElsewhere)
    return [
      `databases.${name} has all copies${some} in ${place}: its reads and writes wait until that is back`,
    ];
  if (config.failover !== undefined) return [];
  const whose = some || (config.shards > 1 ? ' of every shard' : '');
  return [
    `databases.${name} has the primary${whose} in ${place} and no failover: writes, and reads from the primary, wait until that is back`,
  ];
}

/** Shards whose primary stands in a zone: each shard’s copies are spread over the zones from the next one on. */
const shardsIn = (zone: number, zones: number, shards: number): number =>
  Array.from({ length: shards }, (_, shard) => shard % zones).filter((at) => at === zone - 1).length;

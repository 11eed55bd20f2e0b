import { toTicks } from '../../sim/clock.ts';
import type { Consistency } from './config.ts';
import type { DatabaseModel } from './model.ts';
import type { Node } from './node.ts';
import type { DateOptions } from './partitions/config.ts';
import type { Shard } from './shard.ts';
import type { StoreStepOptions } from './uses.ts';

export interface ReadOptions extends StoreStepOptions, DateOptions {
  readonly consistency?: Consistency;
  /** Seconds. */
  readonly maxStaleness?: number;
}

/**
 * To which copy of a shard a read goes: region by region, the nearest to the caller first; in a region the copy with the
 * fewest requests under way. Copies further behind than `maxStaleness` are passed by; the primary always qualifies.
 */
export class ReadPolicy {
  private readonly consistency: Consistency;
  private readonly staleness: number;

  constructor(
    private readonly model: DatabaseModel,
    options: ReadOptions,
  ) {
    const { config } = model;
    this.consistency = options.consistency ?? config.readFrom;
    const bound = options.maxStaleness ?? config.replication.maxStaleness;
    this.staleness = bound === undefined ? Number.POSITIVE_INFINITY : toTicks(bound);
  }

  /** @param place the caller's region */
  nodeFor(shard: Shard, place: number, now: number): Node {
    if (this.consistency === 'primary') return shard.primaryFor(place);
    const onlyReplicas = this.consistency === 'replica';
    const isBounded = this.staleness < Number.POSITIVE_INFINITY;
    const regions = this.model.placesFrom(place);
    let passed = false;
    for (let at = 0; at < regions.length; at += 1) {
      const group = shard.groupIn(regions[at]);
      if (onlyReplicas && !group.hasReplicas) continue;
      const node = isBounded ? group.pickFresh(onlyReplicas, this.staleness, now) : group.pick(onlyReplicas);
      if (node === undefined) {
        passed = true;
      } else {
        if (passed) this.model.metering.redirected();
        return node;
      }
    }
    if (passed) this.model.metering.redirected();
    return shard.primaryFor(place);
  }
}

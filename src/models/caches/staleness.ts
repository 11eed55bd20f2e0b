import type { CacheKey } from './cache-key.ts';
import type { CacheNode, CacheRegion } from './region.ts';
import { WriteLog } from './write-log.ts';

/**
 * Which entries of a cache lack a write: those that were there when it was acknowledged, until they are written anew or
 * removed; and those that are filled later with a value that was read before it was committed.
 *
 * Whether a node's entry is stale stands with the node. The writes of the last five minutes are remembered: a load that
 * lasts longer would be taken to be fresh.
 */
export class Staleness {
  private isUsed = false;
  private readonly log = new WriteLog();

  /** @param isRead whether any caller looks entries up: if not nobody meets a stale one, and nothing is remembered */
  constructor(
    private readonly regions: readonly CacheRegion[],
    private readonly isRead: boolean,
  ) {}

  /** A write of an entry, committed at an instant, is acknowledged now. */
  acknowledged(key: CacheKey, number: number, committedAt: number, knownAt: number): void {
    if (!this.isRead) return;
    this.isUsed = true;
    this.log.append(number, committedAt, knownAt);
    for (const region of this.regions) {
      const { stale, store } = region.nodeOf(key, number);
      if (store.holds(number) && !stale.has(number)) stale.set(number, { committedAt, knownAt });
    }
  }

  /** A node has been given an entry with a value that is current as of an instant. */
  filled(key: CacheKey, node: CacheNode, number: number, asOf: number): void {
    if (!this.isUsed) return;
    const lacked = this.log.oldestAfter(number, asOf) ?? this.lackedElsewhere(key, number, asOf);
    if (lacked === undefined) {
      if (node.stale.size > 0) node.stale.delete(number);
    } else if (node.store.holds(number)) {
      node.stale.set(number, lacked);
    }
  }

  /** A write that an entry lacks somewhere, and so may the value that came from there. */
  private lackedElsewhere(key: CacheKey, number: number, asOf: number) {
    for (const region of this.regions) {
      const { stale } = region.nodeOf(key, number);
      const lacked = stale.size > 0 ? stale.get(number) : undefined;
      if (lacked !== undefined && lacked.committedAt > asOf) return lacked;
    }
    return undefined;
  }
}

import { toTicks } from '../../sim/clock.ts';
import { StuckMessage } from '../stuck-message.ts';
import type { CacheKey } from './cache-key.ts';
import { messageSize } from './defaults.ts';
import type { CacheModel } from './model.ts';
import type { CacheRegion } from './region.ts';

/** What waits to get through from one place to a region, by entry: the last message says it all. */
type Waiting = Map<number, CacheKey>;

/**
 * Word to the other regions’ caches that an entry is no longer true. Where it arrives the entry is removed, at once: who
 * looks it up next loads it anew.
 *
 * Source: Redis’ Pub/Sub delivers at most once, and nothing to a subscriber that is not connected; a stream is read on from
 * where its reader left off. Differs: word by Pub/Sub that is under way when a link is cut still arrives.
 */
export class Invalidations {
  private readonly isKept: boolean;
  /** Nanoseconds. */
  private readonly delay: number;
  /** By the sender’s place, then by region. */
  private readonly stuck: Map<CacheRegion, Waiting>[] = [];
  private readonly ticks: number;

  constructor(private readonly cache: CacheModel) {
    const { channel = 'pub-sub', delay = 0 } = cache.config.invalidation ?? {};
    this.isKept = channel === 'stream';
    this.delay = toTicks(delay);
    this.ticks = toTicks(cache.putTime.mean);
  }

  /** @param uniform a draw of this message's own */
  send(from: number, region: CacheRegion, key: CacheKey, number: number, uniform: number): void {
    const { cache, delay, isKept } = this;
    const { network } = cache;
    const { counts } = cache.orderFrom(from)[0];
    counts.invalidations += 1;
    network.carry(from, region.place, messageSize);
    const waiting = this.stuck[from]?.get(region);
    if (waiting !== undefined) {
      waiting.set(number, key);
      return;
    }
    const way = network.delay(from, region.place, uniform);
    if (way < Number.POSITIVE_INFINITY) {
      const at = cache.wiring.simulation.now + delay + way;
      cache.agenda.at(at, { fire: () => this.arrive(region, key, number, at) });
    } else if (isKept) {
      this.keep(from, region, key, number, uniform);
    } else {
      counts.lostInvalidations += 1;
    }
  }

  /** Nothing passes: it waits, and what is sent after it. */
  private keep(from: number, region: CacheRegion, key: CacheKey, number: number, uniform: number): void {
    const { agenda, network, wiring } = this.cache;
    this.stuck[from] ??= new Map();
    const waiting: Waiting = new Map([[number, key]]);
    this.stuck[from].set(region, waiting);
    new StuckMessage(network, agenda, wiring.simulation, { from, to: region.place, uniform }, (instant) => {
      const at = instant + this.delay;
      agenda.at(at, {
        fire: () => {
          this.stuck[from].delete(region);
          for (const [each, itsKey] of waiting) this.arrive(region, itsKey, each, at);
        },
      });
    });
  }

  private arrive(region: CacheRegion, key: CacheKey, number: number, now: number): void {
    const node = region.nodeOf(key, number);
    if (node.isDown) return;
    node.line.serve(now, this.ticks);
    region.remove(node, number, now);
  }
}

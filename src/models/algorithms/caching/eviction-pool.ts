/**
 * Redis' memory of good candidates for eviction: the 16 highest scores among all keys sampled so far.
 *
 * Rule: a sampled key joins in order of score if there is room or it beats the lowest; the best leaves first,
 * and is passed over if it is no longer stored.
 * Source: redis/redis 4f8cdc2a1, src/evict.c, evictionPoolPopulate and performEvictions. Differs: nothing; a
 * key may sit in the pool twice and a score may be stale, as there. Cost: 16 comparisons a sample at most.
 */
import type { KeyIndex } from './key-index.ts';

const poolSize = 16;

export class EvictionPool {
  private readonly keys = new Float64Array(poolSize);
  /** Ascending. */
  private readonly scores = new Float64Array(poolSize);
  private count = 0;

  /** Offers a key; the higher its score the sooner it goes. */
  offer(key: number, score: number): void {
    const { keys, scores } = this;
    let place = 0;
    while (place < this.count && scores[place] < score) place++;
    if (this.count < poolSize) {
      keys.copyWithin(place + 1, place, this.count);
      scores.copyWithin(place + 1, place, this.count);
      this.count++;
    } else {
      if (place === 0) return;
      place--;
      keys.copyWithin(0, 1, place + 1);
      scores.copyWithin(0, 1, place + 1);
    }
    keys[place] = key;
    scores[place] = score;
  }

  /** The entry of the highest score that is still stored, or −1; it and those passed over leave the pool. */
  takeStored(index: KeyIndex): number {
    while (this.count > 0) {
      const entry = index.find(this.keys[--this.count]);
      if (entry >= 0) return entry;
    }
    return -1;
  }

  clear(): void {
    this.count = 0;
  }
}

/**
 * Rendezvous (highest random weight) hashing: removing a shard moves only the keys that lived on it.
 *
 * Rule: score(shard, key) = xorshift*(FNV-1a 64(key) xor FNV-1a 64(name)); the highest wins, the earlier on a
 * tie.
 * Source: dgryski/go-rendezvous with Go's FNV-1a 64 as hasher. Differs: two 32-bit halves instead of one
 * word.
 * Cost: O(n) a key.
 */
import { fnv1a64 } from './fnv1a64.ts';
import { type ShardFunction, type ShardOptions, shardNames } from './shard-function.ts';
import { utf8 } from './utf8.ts';
import { upperProduct } from './word64.ts';

const MULTIPLIER_HIGH = 0x2545f491;
const MULTIPLIER_LOW = 0x4f6cdd1d;

/** Shards by rendezvous hashing of the key with the shards' names. */
export function rendezvousShards(options: Pick<ShardOptions, 'count' | 'names'>): ShardFunction {
  const hashes = shardNames(options).map((name) => fnv1a64(utf8(name)));
  const highs = Int32Array.from(hashes, ({ high }) => high);
  const lows = Int32Array.from(hashes, ({ low }) => low);
  return (key) => {
    const hash = fnv1a64(utf8(key));
    let winner = 0;
    let bestHigh = -1;
    let bestLow = -1;
    for (let shard = 0; shard < highs.length; shard++) {
      let high = hash.high ^ highs[shard];
      let low = hash.low ^ lows[shard];
      low ^= (low >>> 12) | (high << 20);
      high ^= high >>> 12;
      high ^= (high << 25) | (low >>> 7);
      low ^= low << 25;
      low ^= (low >>> 27) | (high << 5);
      high ^= high >>> 27;
      const scoreHigh =
        (upperProduct(low, MULTIPLIER_LOW) +
          Math.imul(low, MULTIPLIER_HIGH) +
          Math.imul(high, MULTIPLIER_LOW)) >>>
        0;
      const scoreLow = Math.imul(low, MULTIPLIER_LOW) >>> 0;
      if (scoreHigh > bestHigh || (scoreHigh === bestHigh && scoreLow > bestLow)) {
        winner = shard;
        bestHigh = scoreHigh;
        bestLow = scoreLow;
      }
    }
    return winner;
  };
}

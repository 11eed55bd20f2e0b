import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CacheStore, hit } from '../../../../src/models/algorithms/caching/cache-store.ts';
import { EvictionPool } from '../../../../src/models/algorithms/caching/eviction-pool.ts';
import { KeyIndex } from '../../../../src/models/algorithms/caching/key-index.ts';
import { lfu } from '../../../../src/models/algorithms/caching/lfu.ts';
import {
  counterAfterHit,
  decayedCounter,
  initialCounter,
} from '../../../../src/models/algorithms/caching/lfu-counter.ts';
import { lru } from '../../../../src/models/algorithms/caching/lru.ts';
import { randomEviction } from '../../../../src/models/algorithms/caching/random-eviction.ts';
import { ttl } from '../../../../src/models/algorithms/caching/ttl.ts';
import { keySource, randomSource, zipfShares } from '../random-source.ts';

const never = Number.POSITIVE_INFINITY;
const second = 1e9;
const read = <File>(name: string): File =>
  JSON.parse(readFileSync(new URL(`../../../vectors/${name}.json`, import.meta.url), 'utf8'));

describe('the key index', () => {
  it('finds what a map finds, through additions, removals, replacements and growth', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('add', 'remove', 'replace'), fc.nat(60), fc.nat(60)), {
          maxLength: 400,
        }),
        fc.constantFrom(1, 2 ** 21, 2 ** 32, 2 ** 45),
        (steps, spread) => {
          const index = new KeyIndex(4);
          const oracle = new Set<number>();
          for (const [action, first, other] of steps) {
            const key = first * spread;
            const entry = index.find(key);
            expect(entry >= 0).toBe(oracle.has(key));
            if (action === 'add' && entry < 0) {
              index.add(key);
              oracle.add(key);
            } else if (action === 'remove' && entry >= 0) {
              index.remove(entry);
              oracle.delete(key);
            } else if (action === 'replace' && entry >= 0 && !oracle.has(other * spread)) {
              index.replace(entry, other * spread);
              oracle.delete(key);
              oracle.add(other * spread);
            }
            expect([...index.keys.subarray(0, index.size)].sort()).toEqual([...oracle].sort());
          }
          for (const key of oracle) expect(index.keys[index.find(key)]).toBe(key);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });
});

describe('the eviction pool', () => {
  it('gives up the sixteen best of all offered, best first, and passes over what has gone', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { maxLength: 60 }), fc.nat(2), (scores, modulus) => {
        const pool = new EvictionPool();
        const index = new KeyIndex(1001);
        for (const score of scores) {
          pool.offer(score, score);
          if (score % 3 !== modulus) index.add(score);
        }
        const best = [...scores].sort((a, b) => b - a).slice(0, 16);
        for (const score of best.filter((key) => key % 3 !== modulus)) {
          expect(index.keys[pool.takeStored(index)]).toBe(score);
        }
        expect(pool.takeStored(index)).toBe(-1);
      }),
      { seed: 7 },
    );
  });
});

describe('lru', () => {
  it('evicts what a list ordered by use has at its end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.tuple(fc.constantFrom('use', 'use', 'use', 'remove'), fc.nat(20)), { maxLength: 300 }),
        (entries, steps) => {
          const store = lru({ entries });
          let byUse: number[] = [];
          for (const [action, key] of steps) {
            if (action === 'remove') {
              store.remove(key);
              byUse = byUse.filter((other) => other !== key);
              continue;
            }
            const there = byUse.includes(key);
            byUse = [key, ...byUse.filter((other) => other !== key)];
            if (store.lookup(key, 0) === hit) {
              expect(there).toBe(true);
              continue;
            }
            const oldest = byUse.length > entries ? byUse.pop() : -1;
            expect(store.insert(key, 0, never)).toBe(oldest);
          }
        },
      ),
      { seed: 6, numRuns: 300 },
    );
  });
});

describe("Redis' counter", () => {
  interface CounterVectors {
    runs: { lfu_log_factor: number; counter_after: Record<string, number> }[];
  }
  const { runs } = read<CounterVectors>('redis-lfu-counter');
  const uniforms = new Float64Array(1_000_000);
  let state = 42n;
  for (let index = 0; index < uniforms.length; index++) {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    uniforms[index] = Number(state >> 33n) / 2 ** 31;
  }

  it.each(runs)('grows with factor $lfu_log_factor as in evict.c', ({ lfu_log_factor, counter_after }) => {
    let counter = initialCounter;
    const seen: Record<string, number> = {};
    uniforms.forEach((uniform, index) => {
      counter = counterAfterHit(counter, lfu_log_factor, uniform);
      if (String(index + 1) in counter_after) seen[index + 1] = counter;
    });
    expect(seen).toEqual(counter_after);
  });

  it('loses one a decay period, down to nothing, and nothing where decay is off', () => {
    expect([0, 1, 3, 99].map((minutes) => decayedCounter(7, minutes, 1))).toEqual([7, 6, 4, 0]);
    expect([1, 2, 5].map((minutes) => decayedCounter(7, minutes, 2))).toEqual([7, 6, 5]);
    expect(decayedCounter(7, 1000, 0)).toBe(7);
  });

  it('starts at 5 in the store, keeps its count when renewed, and fades by the minute', () => {
    const store = lfu({ entries: 2, logFactor: 0 }, () => 0);
    store.insert(1, 0, never);
    expect(store.counterOf(1, 0)).toBe(5);
    store.lookup(1, 0);
    store.insert(1, 0, never);
    expect(store.counterOf(1, 0)).toBe(7);
    expect(store.counterOf(1, 150 * second)).toBe(5);
  });
});

describe('ttl', () => {
  it('forgets the expired without being asked for them: memory follows the live entries', () => {
    const store = ttl({}, randomSource(1));
    let largest = 0;
    for (let key = 0; key < 200_000; key++) {
      store.insert(key, key, key + 1000);
      if (key > 10_000) largest = Math.max(largest, store.size);
    }
    // 1,000 live; a round of the sweep takes a third as many inserts as there are entries, and so many die meanwhile.
    expect(largest).toBeLessThanOrEqual(1500);
    expect(largest).toBeGreaterThanOrEqual(1000);
  });

  it('under noeviction turns a newcomer away and keeps what it has', () => {
    const store = ttl({ entries: 2, whenFull: 'noeviction' }, randomSource(1));
    store.insert(1, 0, 100);
    store.insert(2, 0, 200);
    expect(store.insert(3, 50, 300)).toBe(3);
    expect(store.insert(3, 150, 300)).toBe(-1);
    expect([1, 2, 3].map((key) => store.lookup(key, 160))).toEqual([0, 1, 1]);
  });

  it('under volatile-ttl prefers what expires soon', () => {
    const store = ttl({ entries: 1000, whenFull: 'volatile-ttl' }, randomSource(8));
    const order = Array.from({ length: 1000 }, (_, key) => (key * 389) % 1000);
    for (const key of order) store.insert(key, 0, 1e6 + key);
    const lost = Array.from({ length: 200 }, (_, index) => store.insert(1000 + index, 0, 3e6));
    const meanPlace = lost.reduce((sum, key) => sum + key, 0) / lost.length;
    expect(new Set(lost).size).toBe(200);
    // Blind choice gives 500 ± 20; the 200 soonest 100.
    expect(meanPlace).toBeLessThan(250);
    expect(meanPlace).toBeGreaterThan(100);
  });
});

describe('hit ratios measured on redis-server 7.0.15 (20,000 keys, Zipf 0.99, 2,025 resident, 400/s for 400 s)', () => {
  interface Measured {
    slow: { policy: string; samples: number; redis_hit: number; exact_lru: number }[];
  }
  const { slow } = read<Measured>('redis-eviction-hit-ratio');
  const shares = zipfShares(20_000, 0.99);
  const requests = 160_000;
  const counted = 0.6 * requests;

  const hitRatio = (store: CacheStore): number => {
    const draw = keySource(shares, randomSource(77));
    let hits = 0;
    for (let request = 0; request < requests; request++) {
      const now = (request / 400) * second;
      const key = draw();
      if (store.lookup(key, now) === hit) {
        if (request >= requests - counted) hits++;
      } else store.insert(key, now, never);
    }
    return hits / counted;
  };
  // Both figures are counts of 96,000 requests: 3.3 standard deviations of their difference, were requests independent.
  const interval = 3.3 * Math.sqrt((2 * 0.7 * 0.3) / counted);
  const redis = (policy: string) => slow.find((row) => row.policy === policy && row.samples === 5)!;

  it('lie within sampling error of the LRU store', () => {
    expect(Math.abs(hitRatio(lru({ entries: 2025 })) - redis('allkeys-lru').exact_lru)).toBeLessThan(
      interval,
    );
  });

  it('lie within sampling error of the LFU store', () => {
    const store = lfu({ entries: 2025 }, randomSource(5));
    expect(Math.abs(hitRatio(store) - redis('allkeys-lfu').redis_hit)).toBeLessThan(interval);
  });

  it('lie within sampling error of random eviction', () => {
    const store = randomEviction({ entries: 2025 }, randomSource(5));
    expect(Math.abs(hitRatio(store) - redis('allkeys-random').redis_hit)).toBeLessThan(interval);
  });
});

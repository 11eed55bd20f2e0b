import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CacheStore,
  expired,
  hit,
  miss,
} from '../../../../src/models/algorithms/caching/cache-store.ts';
import { lfu } from '../../../../src/models/algorithms/caching/lfu.ts';
import { lru } from '../../../../src/models/algorithms/caching/lru.ts';
import { randomEviction } from '../../../../src/models/algorithms/caching/random-eviction.ts';
import { ttl } from '../../../../src/models/algorithms/caching/ttl.ts';
import { randomSource } from '../random-source.ts';

type Step =
  | { do: 'lookup'; key: number }
  | { do: 'remove'; key: number }
  | { do: 'insert'; key: number; lives: number }
  | { do: 'wait'; time: number }
  | { do: 'clear' };

/** Few keys that collide often, and some at the ends of the range. */
const key = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => Number.MAX_SAFE_INTEGER - n) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => n * 2 ** 32) },
);
const lives = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 50 }) },
  { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 50, arbitrary: fc.record({ do: fc.constant('lookup'), key }) },
  { weight: 50, arbitrary: fc.record({ do: fc.constant('insert'), key, lives }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('remove'), key }) },
  { weight: 15, arbitrary: fc.record({ do: fc.constant('wait'), time: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear') }) },
);

interface Subject {
  make: (entries: number) => CacheStore;
  bounded: boolean;
  /** Expired entries may leave on their own: a lookup then misses. */
  sweeps?: boolean;
  /** A full store turns newcomers away. */
  refuses?: boolean;
}

const subjects: Record<string, Subject> = {
  lru: { make: (entries) => lru({ entries }), bounded: true },
  lfu: { make: (entries) => lfu({ entries }, randomSource(1)), bounded: true },
  'random eviction': { make: (entries) => randomEviction({ entries }, randomSource(2)), bounded: true },
  'ttl, unbounded': { make: () => ttl({}, randomSource(3)), bounded: false, sweeps: true },
  'ttl, noeviction': {
    make: (entries) => ttl({ entries, whenFull: 'noeviction' }, randomSource(4)),
    bounded: true,
    sweeps: true,
    refuses: true,
  },
  'ttl, volatile-ttl': {
    make: (entries) => ttl({ entries, whenFull: 'volatile-ttl' }, randomSource(5)),
    bounded: true,
    sweeps: true,
  },
};

describe.each(Object.entries(subjects))('%s keeps the contract of a store:', (_name, subject) => {
  const { make, bounded, sweeps = false, refuses = false } = subject;

  it('it holds what went in and neither left, was taken out nor expired, as a plain map says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.array(step, { maxLength: 300 }), (entries, steps) => {
        const store = make(entries);
        const oracle = new Map<number, number>();
        let now = 0;
        for (const todo of steps) {
          if (todo.do === 'wait') now += todo.time;
          else if (todo.do === 'clear') {
            store.clear();
            oracle.clear();
          } else if (todo.do === 'remove') {
            const there = store.remove(todo.key);
            if (!sweeps || (oracle.get(todo.key) ?? 0) > now) expect(there).toBe(oracle.has(todo.key));
            oracle.delete(todo.key);
          } else if (todo.do === 'lookup') {
            const expiresAt = oracle.get(todo.key);
            const found = store.lookup(todo.key, now);
            if (expiresAt === undefined) expect(found).toBe(miss);
            else if (now < expiresAt) expect(found).toBe(hit);
            else {
              expect(sweeps ? [miss, expired] : [expired]).toContain(found);
              oracle.delete(todo.key);
            }
          } else {
            const full = store.size === entries;
            const evicted = store.insert(todo.key, now, now + todo.lives);
            if (sweeps) {
              // Whatever was swept had expired; forget what the store may have forgotten.
              for (const [other, expiresAt] of oracle) if (expiresAt <= now) oracle.delete(other);
            }
            if (evicted === todo.key) {
              expect(refuses && full).toBe(true);
              continue;
            }
            if (evicted >= 0) {
              expect(bounded && full).toBe(true);
              if (!sweeps) expect(oracle.has(evicted)).toBe(true);
              oracle.delete(evicted);
            }
            oracle.set(todo.key, now + todo.lives);
          }
          if (bounded) expect(store.size).toBeLessThanOrEqual(entries);
          if (!sweeps) expect(store.size).toBe(oracle.size);
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('the same steps give the same answers again', () => {
    const answers = (): number[] => {
      const store = make(50);
      const random = randomSource(9);
      return Array.from({ length: 5000 }, (_, index) => {
        const wanted = Math.floor(random() ** 3 * 200);
        const found = store.lookup(wanted, index);
        return found === hit ? found : store.insert(wanted, index, index + 700);
      });
    };
    expect(answers()).toEqual(answers());
  });

  it('a key lives up to the instant at which it expires, and not at it', () => {
    const store = make(10);
    store.insert(7, 0, 100);
    expect(store.lookup(7, 99)).toBe(hit);
    expect(store.lookup(7, 100)).toBe(expired);
    expect(store.lookup(7, 100)).toBe(miss);
  });

  it('an insert of a key that is there renews it and evicts nobody', () => {
    const store = make(2);
    store.insert(1, 0, 100);
    store.insert(2, 0, 100);
    expect(store.insert(1, 50, 200)).toBe(-1);
    expect([store.lookup(1, 150), store.lookup(2, 150)]).toEqual([hit, expired]);
  });

  it('its size is bounded by its room, or by half again the entries that live', () => {
    const store = make(1000);
    const random = randomSource(3);
    for (let index = 0; index < 50_000; index++) {
      const wanted = Math.floor(random() * 5000);
      if (store.lookup(wanted, index) !== hit) store.insert(wanted, index, index + 3000);
    }
    expect(store.size).toBeLessThanOrEqual(bounded ? 1000 : 4500);
  });
});

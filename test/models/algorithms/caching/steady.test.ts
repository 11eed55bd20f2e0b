import { describe, expect, it } from 'vitest';
import { hit } from '../../../../src/models/algorithms/caching/cache-store.ts';
import { characteristicTime, chesApproximation } from '../../../../src/models/algorithms/caching/che.ts';
import { drawFillAge, hitsPerFill } from '../../../../src/models/algorithms/caching/fill-cycle.ts';
import { lru } from '../../../../src/models/algorithms/caching/lru.ts';
import { steadyLru } from '../../../../src/models/algorithms/caching/steady.ts';
import { keySource, randomSource, zipfShares } from '../random-source.ts';

const second = 1e9;
const never = Number.POSITIVE_INFINITY;

/** Hits over references of an LRU fed with Poisson references of one a second in all; `ttl` in seconds. */
function simulate(
  shares: Float64Array,
  entries: number,
  ttl: number,
  requests: { warmUp: number; counted: number },
  seed: number,
): number {
  const store = lru({ entries });
  const random = randomSource(seed);
  const draw = keySource(shares, random);
  let now = 0;
  let hits = 0;
  for (let request = 0; request < requests.warmUp + requests.counted; request++) {
    now += -Math.log1p(-random()) * second;
    const key = draw();
    if (store.lookup(key, now) !== hit) store.insert(key, now, now + ttl * second);
    else if (request >= requests.warmUp) hits++;
  }
  return hits / requests.counted;
}

describe("Che's approximation", () => {
  it('gives the exact LRU ratio that was measured at Zipf 0.99, 20,000 keys, 2,025 entries', () => {
    // 0.6868 over 96,000 requests: 3.3 standard deviations of that count.
    const interval = 3.3 * Math.sqrt((0.6868 * 0.3132) / 96_000);
    const { hitRatio } = chesApproximation(zipfShares(20_000, 0.99), 2025);
    expect(Math.abs(hitRatio - 0.6868)).toBeLessThan(interval);
  });

  it.each([0.7, 0.99, 1.2])('agrees with a simulated LRU at Zipf %d', (exponent) => {
    const shares = zipfShares(10_000, exponent);
    const { hitRatio } = chesApproximation(shares, 1000);
    const simulated = simulate(shares, 1000, never, { warmUp: 50_000, counted: 500_000 }, 21);
    const interval = 3.3 * Math.sqrt((hitRatio * (1 - hitRatio)) / 500_000);
    expect(Math.abs(simulated - hitRatio)).toBeLessThan(interval);
  });

  // The characteristic time is about 1,900 s here: below, near and above it.
  it.each([200, 1900, 6000, 60_000])('agrees with a simulated LRU whose entries live %d s', (ttl) => {
    const shares = zipfShares(10_000, 0.99);
    const { hitRatio } = chesApproximation(shares, 1000, ttl);
    const simulated = simulate(shares, 1000, ttl, { warmUp: 200_000, counted: 500_000 }, 22);
    const interval = 3.3 * Math.sqrt((hitRatio * (1 - hitRatio)) / 500_000);
    expect(Math.abs(simulated - hitRatio)).toBeLessThan(interval);
  });

  it('fills the room: the chances of being in add up to the entries', () => {
    const rates = zipfShares(5000, 0.9);
    const time = characteristicTime(rates, 321);
    expect(rates.reduce((sum, rate) => sum + 1 - Math.exp(-rate * time), 0)).toBeCloseTo(321, 6);
  });

  it('is exact where keys are alike: the ratio is entries over keys', () => {
    const { hitRatio } = chesApproximation(new Float64Array(400).fill(3), 100);
    expect(hitRatio).toBeCloseTo(0.25, 9);
  });

  it('keeps everything where everything fits, and loses only what expires', () => {
    const rates = [5, 1, 0];
    expect(chesApproximation(rates, 2)).toMatchObject({ characteristicTime: never, hitRatio: 1 });
    // A key alone: λT hits follow each fill.
    expect(chesApproximation(rates, 2, 10).perKey).toEqual(Float64Array.from([50 / 51, 10 / 11, 0]));
  });
});

describe('the hits that a fill earns', () => {
  it('meet the closed forms at either end', () => {
    expect(hitsPerFill(2, 3, 1.5)).toBe(3);
    expect(hitsPerFill(2, 3, never)).toBeCloseTo(Math.expm1(6), 9);
    expect(hitsPerFill(2, 3, 1e9)).toBeCloseTo(Math.expm1(6), 4);
    expect(hitsPerFill(2, 1000, never)).toBe(never);
    expect(hitsPerFill(2, 1000, 1500)).toBe(3000);
  });

  it('join without a step where the series is cut', () => {
    for (const [rate, time] of [
      [1, 0.5],
      [1, 2],
      [0.01, 9],
      [3, 2],
    ]) {
      const cut = time + 15 / (rate * Math.exp(-rate * time));
      const [before, after] = [hitsPerFill(rate, time, cut * 0.9999), hitsPerFill(rate, time, cut * 1.0001)];
      expect(Math.abs(after / before - 1)).toBeLessThan(1e-5);
    }
  });

  it('and the age of the fill agree with cycles played through', () => {
    const random = randomSource(4);
    const gap = (): number => -Math.log1p(-random());
    const [time, ttl, cycles] = [2, 5, 200_000];
    let hits = 0;
    let ageSum = 0;
    for (let cycle = 0; cycle < cycles; cycle++) {
      for (let age = 0, next = gap(); next <= time && age + next < ttl; next = gap()) {
        age += next;
        hits++;
        ageSum += age;
      }
    }
    const expected = hitsPerFill(1, time, ttl);
    // Hits in a cycle spread about as widely as their mean: 3.3 standard errors of the mean.
    expect(Math.abs(hits / cycles - expected)).toBeLessThan((3.3 * expected) / Math.sqrt(cycles));

    let drawn = 0;
    for (let cycle = 0; cycle < cycles; cycle++) drawn += drawFillAge(1, time, ttl, random);
    // Beyond the characteristic time the draw is an approximation: within 3% in the mean.
    expect(drawn / cycles / (ageSum / (hits + cycles))).toBeGreaterThan(0.97);
    expect(drawn / cycles / (ageSum / (hits + cycles))).toBeLessThan(1.03);
  });
});

describe('the age of a fill where everything fits', () => {
  it('is as even over the time to live as references come', () => {
    const random = randomSource(5);
    const draws = 100_000;
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) sum += drawFillAge(1, never, 4, random);
    // Of a cycle's references the first is the fill; the four hits lie evenly: mean 4/5 · 2, spread below 4/√12 + 0.8.
    expect(Math.abs(sum / draws - 1.6)).toBeLessThan((3.3 * 2) / Math.sqrt(draws));
  });
});

describe('a prefilled LRU', () => {
  const shares = zipfShares(10_000, 0.99);
  const entries = 1000;

  /** Hits among the first requests, over many prefilled stores. */
  function firstHits(ttl: number | undefined, stores: number, requests: number): number {
    let hits = 0;
    for (let seed = 0; seed < stores; seed++) {
      const random = randomSource(1000 + seed);
      const steady = steadyLru({ rates: shares, entries, ttl }, random);
      const store = lru({ entries });
      steady.keys.forEach((key, place) => {
        store.insert(key, 0, steady.expiresIn[place] * second);
      });
      const draw = keySource(shares, random);
      let now = 0;
      for (let request = 0; request < requests; request++) {
        now += -Math.log1p(-random()) * second;
        const key = draw();
        if (store.lookup(key, now) === hit) hits++;
        else store.insert(key, now, now + (ttl ?? never) * second);
      }
    }
    return hits / (stores * requests);
  }

  it.each([
    { ttl: undefined, stores: 400, requests: 100 },
    { ttl: undefined, stores: 20, requests: 2000 },
    { ttl: 300, stores: 400, requests: 100 },
    { ttl: 1900, stores: 400, requests: 100 },
    { ttl: 1900, stores: 20, requests: 2000 },
    { ttl: 8000, stores: 400, requests: 100 },
  ])(
    'with a time to live of $ttl s hits as often in its first $requests requests as it does for ever',
    ({ ttl, stores, requests }) => {
      const forEver = chesApproximation(shares, entries, ttl).hitRatio;
      const interval = 3.3 * Math.sqrt((forEver * (1 - forEver)) / (stores * requests));
      expect(Math.abs(firstHits(ttl, stores, requests) - forEver)).toBeLessThan(interval);
    },
  );

  it('is told its keys least recently used first, once each, and no more than fit', () => {
    const { keys, ages, expiresIn } = steadyLru({ rates: shares, entries }, randomSource(5));
    expect(keys.length).toBe(entries);
    expect(new Set(keys).size).toBe(entries);
    expect([...ages].sort((a, b) => b - a)).toEqual([...ages]);
    expect(new Set(expiresIn)).toEqual(new Set([never]));
  });

  it('is told nothing that no reference has reached within the time to live', () => {
    const { keys, ages, expiresIn } = steadyLru({ rates: shares, entries, ttl: 20 }, randomSource(5));
    expect(keys.length).toBeLessThan(20);
    ages.forEach((age, place) => {
      expect(age).toBeLessThanOrEqual(20);
      expect(expiresIn[place]).toBeLessThanOrEqual(20 - age);
    });
  });

  it('tells keys of equal age apart, and leaves out keys without references', () => {
    const { keys } = steadyLru({ rates: [1, 1, 0, 1], entries: 10 }, () => 0.5);
    expect([...keys].sort()).toEqual([0, 1, 3]);
    expect(steadyLru({ rates: [0, 0], entries: 10 }, () => 0).keys.length).toBe(0);
  });
});

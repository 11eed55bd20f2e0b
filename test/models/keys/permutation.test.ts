import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Permutation } from '../../../src/models/keys/permutation.ts';
import { stream } from '../../../src/sim/random/index.ts';

const order = (count: number, seed = 1) => new Permutation(count, stream(seed, 0, 'places'));

describe('a permutation without a table', () => {
  test.each([1, 2, 3, 4, 5, 16, 17, 1000, 4096, 4097])('of %d has each value once', (count) => {
    const permutation = order(count);
    const values = Array.from({ length: count }, (_, place) => permutation.at(place));
    expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, place) => place));
  });

  test('knows the place of each value, up to 2^52', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 52 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (count, share) => {
          const permutation = order(count);
          const place = Math.min(count - 1, Math.floor(share * count));
          const value = permutation.at(place);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThan(count);
          expect(permutation.placeOf(value)).toBe(place);
        },
      ),
      { seed: 1 },
    );
  });

  test('puts the first places anywhere: evenly over tenths, another way under another seed', () => {
    const tenths = new Array<number>(10).fill(0);
    const count = 50_000_000;
    for (let seed = 0; seed < 200; seed += 1) {
      const permutation = order(count, seed);
      for (let place = 0; place < 5; place += 1)
        tenths[Math.floor((permutation.at(place) / count) * 10)] += 1;
    }
    // χ² with 9 degrees of freedom: 27.9 at 99.9%.
    expect(tenths.reduce((sum, seen) => sum + (seen - 100) ** 2 / 100, 0)).toBeLessThan(27.9);
  });
});

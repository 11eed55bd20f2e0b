import { describe, expect, it } from 'vitest';
import {
  childIdentity,
  KeyedDraws,
  LARGEST_DRAW,
  SMALLEST_DRAW,
  type Words,
} from '../../../src/sim/random/index.ts';
import { openUnit } from '../../../src/sim/random/openUnit.ts';
import { suspicionOf, worst } from './suspicion.ts';

const DRAWS = 2 ** 20;

/**
 * How far a z-score may lie from 0. Over the 14 walks below there are 14 × 72 of them (a worst of 16 or 52 counts as so many);
 * a perfect generator exceeds 4.2 somewhere with probability 14 × 72 × 2.7e-5 = 2.7%. The seed is fixed, so nothing flickers.
 */
const LIMIT = 4.2;

const walk = (draw: (i: number) => number): Float64Array =>
  Float64Array.from({ length: DRAWS }, (_, i) => draw(i));

describe('KeyedDraws', () => {
  const draws = new KeyedDraws(42, 0, 'tests of randomness');
  const other = new KeyedDraws(42, 1, 'tests of randomness');
  const child: Words = { high: 0, low: 0 };

  const walks: Record<string, (i: number) => number> = {
    'operations numbered one after the other': (i) => draws.uniform(3, i, 0),
    'numbers of the high word': (i) => draws.uniform(i, 3, 0),
    'steps of one operation': (i) => draws.uniform(3, 3, i),
    'steps in the high bits of the word': (i) => draws.uniform(3, 3, i << 12),
    'four indices of each operation': (i) => draws.uniform(0, i >>> 2, i & 3),
    'operation and step that move together': (i) => draws.uniform(0, i, i),
    'two runs by turns': (i) => (i & 1 ? draws : other).uniform(1, i >>> 1, 7),
    'children of children': (i) => {
      childIdentity(9, i, 5, 0, child);
      childIdentity(child.high, child.low, 5, 1, child);
      return draws.uniform(child.high, child.low, 0);
    },
  };

  it.each(Object.keys(walks))('along %s look random', (name) => {
    expect(worst(Object.values(suspicionOf(walk(walks[name]))))).toBeLessThan(LIMIT);
  });

  it('would be caught by these statistics if their mixer had 32 bits of state or too few rounds', () => {
    const murmur = walk((i) => {
      let word = Math.imul(i ^ (i >>> 16), 0x85ebca6b);
      word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
      return ((word ^ (word >>> 16)) >>> 0) / 2 ** 32;
    });
    expect(suspicionOf(murmur).repeats).toBeLessThan(-LIMIT);
    const fewRounds = walk((i) => {
      const x = Math.imul(i, 0x9e3779b1);
      return openUnit(x, Math.imul(x ^ (x >>> 15), 0x85ebca6b));
    });
    expect(worst(Object.values(suspicionOf(fewRounds)))).toBeGreaterThan(10 * LIMIT);
  });

  it('under purposes, runs and seeds of similar names are unrelated', () => {
    const streams = [
      new KeyedDraws(1, 0, 'a'),
      new KeyedDraws(1, 0, 'aa'),
      new KeyedDraws(1, 0, 'b'),
      new KeyedDraws(1, 1, 'a'),
      new KeyedDraws(2, 0, 'a'),
      new KeyedDraws('1', 0, 'a'),
    ];
    const count = 100_000;
    for (let s = 0; s < streams.length; s++) {
      for (let t = 0; t < s; t++) {
        let sum = 0;
        for (let i = 0; i < count; i++)
          sum += (streams[s].uniform(0, i, 0) - 0.5) * (streams[t].uniform(0, i, 0) - 0.5);
        expect(Math.abs((sum * 12) / Math.sqrt(count))).toBeLessThan(LIMIT);
      }
    }
  });

  it('give the same number for the same words, in any order of asking', () => {
    const again = new KeyedDraws(42, 0, 'tests of randomness');
    const late = again.uniform(1, 2, 3);
    for (let i = 0; i < 100; i++) again.uniform(i, i, i);
    expect(again.uniform(1, 2, 3)).toBe(late);
    expect(draws.uniform(1, 2, 3)).toBe(late);
    expect(draws.uniform(-1, -2, -3)).toBe(draws.uniform(0xffffffff, 0xfffffffe, 0xfffffffd));
  });

  it('have not changed since the first release', () => {
    // Recorded from this code; a change here changes every result, and the version must say so.
    expect(draws.uniform(0, 0, 0)).toBe(0.09636427233694544);
    expect(draws.uniform(1, 2, 3)).toBe(0.7438654650488327);
  });

  it('are strictly inside (0, 1), and so is one minus them', () => {
    expect(openUnit(0, 0)).toBe(SMALLEST_DRAW);
    expect(openUnit(-1, -1)).toBe(LARGEST_DRAW);
    expect(1 - LARGEST_DRAW).toBe(SMALLEST_DRAW);
    expect(1 - SMALLEST_DRAW).toBe(LARGEST_DRAW);
  });

  it('refuse a seed or run that is not a whole number', () => {
    expect(() => new KeyedDraws(1.5, 0, 'a')).toThrow(RangeError);
    expect(() => new KeyedDraws(1, -1, 'a')).toThrow(RangeError);
  });
});

describe('childIdentity', () => {
  const sites: Record<string, (i: number, out: Words) => void> = {
    'parents numbered one after the other': (i, out) => childIdentity(0, i, 1, 0, out),
    'call sites of one parent': (i, out) => childIdentity(0, 5, i, 0, out),
    'calls of one site': (i, out) => childIdentity(0, 5, 1, i, out),
  };

  it.each(Object.keys(sites))('looks random over %s', (name) => {
    const out: Words = { high: 0, low: 0 };
    const turned = (word: number) => (word << 16) | (word >>> 16); // a draw leaves out the lowest six bits of a word
    const upper = walk((i) => {
      sites[name](i, out);
      return openUnit(out.high, out.low);
    });
    const lower = walk((i) => {
      sites[name](i, out);
      return openUnit(turned(out.high), turned(out.low));
    });
    expect(worst([...Object.values(suspicionOf(upper)), ...Object.values(suspicionOf(lower))])).toBeLessThan(
      LIMIT,
    );
  });

  it('never gives two children of a million the same identity', () => {
    const out: Words = { high: 0, low: 0 };
    const identities = new Float64Array(1_000_000);
    for (let i = 0; i < identities.length; i++) {
      childIdentity(0, i >>> 2, i & 3, 0, out);
      // 53 of the 64 bits: 5.5e-5 of chance repeats among a million.
      identities[i] = (out.high >>> 0) * 2 ** 21 + (out.low >>> 11);
    }
    identities.sort();
    expect(identities.findIndex((identity, i) => i > 0 && identity === identities[i - 1])).toBe(-1);
  });

  it('may write over its parent', () => {
    const own: Words = { high: 7, low: 8 };
    const apart: Words = { high: 0, low: 0 };
    childIdentity(7, 8, 1, 2, apart);
    childIdentity(own.high, own.low, 1, 2, own);
    expect(own).toEqual(apart);
  });
});

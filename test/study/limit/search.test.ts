import { describe, expect, it } from 'vitest';
import type { PointState } from '../../../src/result/index.ts';
import { type SearchOptions, searchLimit } from '../../../src/study/limit/search.ts';

const options: SearchOptions = {
  width: 0.02,
  growth: 1.25,
  least: 0.01,
  most: 1000,
  below: [0.25, 0.5, 0.75],
};

/** A search, with what it asked in order. */
async function search(stateAt: (factor: number) => PointState, more: Partial<SearchOptions> = {}) {
  const asked: number[] = [];
  const found = await searchLimit(
    async (factor) => {
      asked.push(factor);
      return stateAt(factor);
    },
    { ...options, ...more },
  );
  return { ...found, asked };
}

const holdsUpTo = (limit: number) => (factor: number) => (factor <= limit ? 'holds' : 'fails');

describe('the search for the largest load that holds', () => {
  it.each([0.013, 0.4, 0.999, 1, 1.001, 1.42, 7.7, 120])('finds %d within 2%%', async (limit) => {
    const { low, high, asked } = await search(holdsUpTo(limit));
    expect(low).toBeLessThanOrEqual(limit);
    expect(high).toBeGreaterThan(limit);
    expect((high as number) / low).toBeLessThanOrEqual(1.0201);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('grows by a quarter to the first failure', async () => {
    const { asked } = await search(holdsUpTo(1.42));
    expect(asked.slice(0, 3)).toEqual([1, 1.25, 1.5625]);
  });

  it('tries a bound on its way, and goes past it where it holds all the same', async () => {
    const { asked } = await search(holdsUpTo(1.09), { bound: () => 1.1 });
    expect(asked.slice(0, 2)).toEqual([1, 1.1]);
    expect(asked).not.toContain(1.25);
    const loose = await search(holdsUpTo(2), { bound: () => 1.1 });
    expect(loose.asked.slice(0, 3)).toEqual([1, 1.1, 1.375]);
    expect(loose.high).toBeGreaterThan(2);
  });

  it('narrows both ends of a stretch in which nobody can tell', async () => {
    const { low, high } = await search((factor) =>
      factor <= 1.3 ? 'holds' : factor < 1.7 ? 'undecided' : 'fails',
    );
    expect(low).toBeGreaterThan(1.27);
    expect(low).toBeLessThanOrEqual(1.3);
    expect(high).toBeGreaterThanOrEqual(1.7);
    expect(high).toBeLessThan(1.74);
  });

  it('finds both ends where the load as it is cannot be told', async () => {
    const { low, high } = await search((factor) =>
      factor <= 0.9 ? 'holds' : factor < 1.1 ? 'undecided' : 'fails',
    );
    expect(low).toBeGreaterThan(0.88);
    expect(high).toBeLessThan(1.13);
  });

  it('looks below what it found, where it may fail again', async () => {
    const { asked, low } = await search((factor) =>
      factor > 0.8 && factor < 1.05 ? 'holds' : factor > 1.05 && factor < 2 ? 'holds' : 'fails',
    );
    expect(low).toBeGreaterThan(1.9);
    expect(asked.filter((factor) => factor < 0.8)).toHaveLength(1);
    expect(asked.some((factor) => Math.abs(factor / low - 0.5) < 0.03)).toBe(true);
  });

  it('ends where nothing holds, and where nothing fails', async () => {
    expect(await search(() => 'fails')).toMatchObject({ low: 0, high: 0.01 });
    const all = await search(() => 'holds', { most: 4 });
    expect(all.low).toBe(4);
    expect(all.high).toBeUndefined();
    expect((await search(() => 'undecided', { most: 4 })).low).toBe(0);
  });
});

describe('the search where something is full far from here', () => {
  it('jumps to a step below it, and needs few loads', async () => {
    const { asked, low, high } = await search(holdsUpTo(24), { bound: () => 25 });
    expect(asked.slice(0, 3)).toEqual([1, 20, 25]);
    expect(asked.length).toBeLessThanOrEqual(12);
    expect([low <= 24, (high as number) > 24]).toEqual([true, true]);
  });

  it('still finds a limit far below it', async () => {
    const { low, high } = await search(holdsUpTo(2.9), { bound: () => 25 });
    expect(low).toBeLessThanOrEqual(2.9);
    expect(high).toBeGreaterThan(2.9);
  });
});

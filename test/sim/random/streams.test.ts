import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/sim/random/index.ts';
import { nameHash } from '../../../src/sim/random/nameHash.ts';
import { suspicionOf, worst } from './suspicion.ts';

describe('stream', () => {
  it('looks random', () => {
    const next = stream(42, 0, 'failures of node 1');
    // 72 z-scores: 4.2 is exceeded somewhere with probability 0.2%.
    expect(worst(Object.values(suspicionOf(Float64Array.from({ length: 2 ** 20 }, next))))).toBeLessThan(4.2);
  });

  it('gives the same numbers again for the same seed, run and name, and others for any other', () => {
    const start = (seed: number | string, run: number, name: string) => {
      const next = stream(seed, run, name);
      return [next(), next(), next()].join();
    };
    expect(start(1, 0, 'a')).toBe(start(1, 0, 'a'));
    const starts = [
      start(1, 0, 'a'),
      start(2, 0, 'a'),
      start(1, 1, 'a'),
      start(1, 0, 'b'),
      start('1', 0, 'a'),
    ];
    expect(new Set(starts).size).toBe(5);
  });

  it('has unrelated first numbers for names that differ in one digit', () => {
    const firsts = Float64Array.from({ length: 4096 }, (_, i) => stream(1, 0, `node ${i}`)());
    const cells = new Array<number>(64).fill(0);
    for (const first of firsts) cells[Math.floor(first * 64)]++;
    const statistic = cells.reduce((sum, count) => sum + (count - 64) ** 2 / 64, 0);
    // χ² with 63 degrees of freedom exceeds 103.4 with probability 0.1%.
    expect(statistic).toBeLessThan(103.4);
    let sum = 0;
    for (let i = 1; i < firsts.length; i++) sum += (firsts[i] - 0.5) * (firsts[i - 1] - 0.5);
    expect(Math.abs((sum * 12) / Math.sqrt(firsts.length))).toBeLessThan(3.3);
  });
});

describe('nameHash', () => {
  it('keeps seed, run and name apart, however they are cut', () => {
    const hashes = [
      nameHash(1, 11, 'a'),
      nameHash(11, 1, 'a'),
      nameHash('1', 11, 'a'),
      nameHash(1, 1, '1a'),
      nameHash('1,1', 1, 'a'),
      nameHash(1, 11, 'aa'),
      nameHash(1, 11, ''),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{32}$/);
  });
});

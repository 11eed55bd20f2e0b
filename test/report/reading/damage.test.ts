import { describe, expect, it } from 'vitest';
import { damageOf } from '../../../src/report/reading/damage.ts';
import type { Result } from '../../../src/result/index.ts';

const resultOf = (totals: Readonly<Record<string, number>>): Result =>
  ({
    metrics: Object.fromEntries(Object.entries(totals).map(([id, value]) => [`${id}.total`, { value }])),
  }) as unknown as Result;

describe('what was lost and doubled', () => {
  it('tells of a split brain how much was accepted and answered beside the new primary', () => {
    const damages = damageOf(
      resultOf({
        'databases.d.lostWrites': 14,
        'databases.d.splitBrainWrites': 13,
        'databases.d.splitBrainReads': 5,
        'databases.d.orphanedReads': 0,
      }),
    );
    expect(damages.map(({ path, what, metric }) => [path, what, metric.value])).toEqual([
      ['databases.d', 'acknowledged and lost', 14],
      ['databases.d', 'accepted beside a new primary', 13],
      ['databases.d', 'answered beside a new primary', 5],
    ]);
  });

  it('is nothing where all counters are 0', () => {
    expect(damageOf(resultOf({ 'databases.d.splitBrainWrites': 0 }))).toEqual([]);
  });
});

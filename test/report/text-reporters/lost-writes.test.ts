import { describe, expect, it } from 'vitest';
import { lostWritesText } from '../../../src/report/reading/lost-writes.ts';
import { besideTarget } from '../../../src/report/reading/within.ts';
import type { MetricResult, Result, TargetResult } from '../../../src/result/index.ts';

const metric = (kind: MetricResult['kind'], runs: readonly number[], value: number): MetricResult => ({
  value,
  unit: kind === 'duration' ? 'duration' : 'count',
  better: 'lower',
  kind,
  data: 'ok',
  runs: runs.map((num) => ({ num, den: 1, n: 1 })),
});

/** Two of five runs lose writes: the median recovery point is 0. */
const result = {
  metrics: {
    'faults.f.rpo': metric('duration', [0, 0, 0, 0.02, 0.03], 0),
    'faults.f.lostWrites': metric('mean', [0, 0, 0, 1, 5], 1.2),
    'databases.d.rpo': metric('duration', [0.02], 0.02),
    'databases.d.lostWrites.total': metric('count', [1], 1),
    'faults.calm.rpo': metric('duration', [0], 0),
    'faults.calm.lostWrites': metric('mean', [0], 0),
  },
} as unknown as Result;

describe('a recovery point in a report', () => {
  it('of 0 has beside it what was lost all the same, also where the target is kept', () => {
    const target = { metric: 'faults.f.rpo', operator: '<=', limit: 0, status: 'pass' } as TargetResult;
    expect(besideTarget(target, result)).toBe(
      'within the limit in 3 of 5 runs, worst 30 ms; 1.2 acknowledged writes lost a run',
    );
  });

  it('has nothing beside it where nothing was lost', () => {
    expect(lostWritesText('faults.calm.rpo', result)).toBeUndefined();
    expect(lostWritesText('faults.f.rto', result)).toBeUndefined();
  });

  it('of a store counts that store’s', () => {
    expect(lostWritesText('databases.d.rpo', result)).toBe('1 acknowledged write lost');
  });
});

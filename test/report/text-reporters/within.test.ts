import { describe, expect, test } from 'vitest';
import { withinText } from '../../../src/report/reading/within.ts';
import type { MetricResult, TargetResult } from '../../../src/result/index.ts';

const target = (operator: TargetResult['operator'], limit: number) => ({ operator, limit }) as TargetResult;
const recoveries = (...seconds: (number | 'censored' | 'none')[]) =>
  ({
    kind: 'duration',
    unit: 'duration',
    runs: seconds.map((each) =>
      each === 'none'
        ? { num: 0, den: 0, n: 0 }
        : {
            num: each === 'censored' ? 600 : each,
            den: 1,
            n: 1,
            ...(each === 'censored' && { censored: true }),
          },
    ),
  }) as unknown as MetricResult;

describe('a target on a recovery time', () => {
  test('says in how many runs the limit was kept, and how long the longest took', () => {
    expect(withinText(target('<', 300), recoveries(60, 120, 300, 360))).toBe(
      'within the limit in 2 of 4 runs, worst 6 m',
    );
    expect(withinText(target('<=', 300), recoveries(60, 120, 300, 360))).toContain('in 3 of 4 runs');
    expect(withinText(target('<', 300), recoveries(60))).toBe('within the limit in 1 of 1 run, worst 1 m');
  });

  test('counts a run that ended before as out of the limit, whatever was seen of it', () => {
    expect(withinText(target('<', 3600), recoveries(60, 'censored', 'none'))).toBe(
      'within the limit in 1 of 2 runs, not over in 1',
    );
  });

  test('is nothing for what is measured otherwise, or was not at all', () => {
    expect(withinText(target('<', 1), { ...recoveries(60), kind: 'mean' })).toBeUndefined();
    expect(withinText(target('>', 1), recoveries(60))).toBeUndefined();
    expect(withinText(target('<', 1), recoveries('none'))).toBeUndefined();
    expect(withinText(target('<', 1), undefined)).toBeUndefined();
  });
});

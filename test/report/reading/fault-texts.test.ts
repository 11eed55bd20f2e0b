import { describe, expect, it } from 'vitest';
import { noQuorumText } from '../../../src/report/reading/verdict-facts.ts';
import { togetherText } from '../../../src/report/reading/way-back.ts';
import type { FaultResult, Result } from '../../../src/result/index.ts';

const fault = (
  name: string,
  at: number,
  recoveredAt?: number,
  rest: Partial<FaultResult> = {},
): FaultResult => ({
  name,
  fault: 'surge',
  at,
  ...(recoveredAt === undefined ? {} : { recoveredAt }),
  ...rest,
});
const textOf = (one: FaultResult, ...others: FaultResult[]) =>
  togetherText(one, { faults: [one, ...others] } as unknown as Result);

describe('a fault that was felt', () => {
  const long = fault('long', 60, 180);

  it.each([
    ['began before it was over', fault('other', 120, 240)],
    ['was not over when it began', fault('other', 30, 61)],
    ['was not recovered from in the run', fault('other', 30)],
  ])('while another %s is told with that one', (_title, other) => {
    expect(textOf(long, other)).toContain('felt together with other');
    expect(textOf(other, long)).toContain('felt together with long');
  });

  it.each([
    ['was over before', fault('other', 10, 60)],
    ['began later', fault('other', 180, 200)],
    ['nobody felt', fault('other', 100, 100)],
    ['comes at random times', fault('other', 100, 150, { occurrences: [] })],
  ])('is told alone where another %s', (_title, other) => {
    expect(textOf(long, other)).toBeUndefined();
  });
});

it('a time without a quorum that is longer than the run says what was counted', () => {
  expect(noQuorumText(300, 0.5)).toBe(
    'no write was acknowledged for 5 m: too few replicas were in reach for what writes wait for, and callers wait behind them',
  );
  expect(noQuorumText(1080, 1)).toContain(
    'for 18 m, the time after the end counted in which the run goes on',
  );
});

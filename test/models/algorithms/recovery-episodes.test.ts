import { describe, expect, test } from 'vitest';
import type { Cohorts } from '../../../src/models/algorithms/recovery/cohort-windows.ts';
import { episodesOf } from '../../../src/models/algorithms/recovery/episodes.ts';

/** A thousand arrivals a second, so that a window is ten seconds; all of them fail in some stretches. */
const failingIn = (...stretches: [from: number, to: number][]): Cohorts => {
  const isBad = (bin: number) => stretches.some(([from, to]) => bin >= from && bin < to);
  return {
    binWidth: 1,
    bins: 1000,
    arrivedIn: () => 1000,
    goodIn: (bin) => (isBad(bin) ? 0 : 1000),
    badIn: (bin) => (isBad(bin) ? 1000 : 0),
  };
};
const rule = { ratio: 0.99, settle: 100 };
const felt = (cohorts: Cohorts, ...occurrences: [from: number, to: number][]) =>
  episodesOf(
    cohorts,
    occurrences.map(([from, to]) => ({ from, to })),
    rule,
  ).map(({ first, seconds, isSettled, unanswered }) => ({ first, seconds, isSettled, unanswered }));

describe('several occurrences of a fault', () => {
  test('are felt each for itself where all is well between them, for however short', () => {
    // The second comes 50 s after the first was over, and settling takes 100.
    expect(felt(failingIn([100, 130], [180, 200]), [100, 130], [180, 200])).toEqual([
      { first: 0, seconds: 30, isSettled: true, unanswered: 30_000 },
      { first: 1, seconds: 20, isSettled: true, unanswered: 20_000 },
    ]);
  });

  test('are one where the second comes before the first was over', () => {
    expect(felt(failingIn([100, 200]), [100, 130], [160, 170])).toEqual([
      { first: 0, seconds: 100, isSettled: true, unanswered: 100_000 },
    ]);
  });

  test('took no time where nobody felt them', () => {
    expect(felt(failingIn(), [100, 130], [500, 530]).map(({ seconds }) => seconds)).toEqual([0, 0]);
  });

  test('are not over where the last was not, when the counts end', () => {
    expect(felt(failingIn([100, 130], [950, 1000]), [100, 130], [950, 960])).toMatchObject([
      { first: 0, isSettled: true },
      { first: 1, isSettled: false },
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { type Cohorts, cohortWindows } from '../../../../src/models/algorithms/recovery/cohort-windows.ts';
import { degradedTime, recoveryOf } from '../../../../src/models/algorithms/recovery/recovery-time.ts';

/** Arrivals of 100 a second; each stretch of seconds has a share that is answered, and perhaps some of unknown fate. */
function cohortsOf(...stretches: [seconds: number, good: number, unknown?: number][]): Cohorts {
  const bins = stretches.flatMap(([seconds, good, unknown = 0]) =>
    Array.from({ length: seconds }, () => ({ good, bad: 100 - good - unknown })),
  );
  return {
    binWidth: 1,
    bins: bins.length,
    arrivedIn: () => 100,
    goodIn: (bin) => bins[bin].good,
    badIn: (bin) => bins[bin].bad,
  };
}

const rule = { ratio: 0.99, settle: 60 };
const recovery = (cohorts: Cohorts, onset: number, lasting = 0, least = 10) =>
  recoveryOf(cohortWindows(cohorts, onset, { least, arrivals: 1000 }), rule, lasting);

describe('windows', () => {
  test('last ten seconds where a thousand come in less, and until a thousand have come where they take longer', () => {
    const busy = cohortWindows(cohortsOf([100, 100]), 20, { least: 10, arrivals: 500 });
    expect(busy.map(({ from }) => from)).toEqual([20, 30, 40, 50, 60, 70, 80, 90]);
    const quiet = cohortWindows(cohortsOf([100, 100]), 20, { least: 10, arrivals: 2500 });
    expect(quiet.map(({ from, to }) => [from, to])).toEqual([
      [20, 45],
      [45, 70],
      [70, 95],
      [95, 100],
    ]);
  });
});

describe('the time to recover', () => {
  test('runs from the onset to the end of the last bad window', () => {
    const found = recovery(cohortsOf([100, 100], [30, 0], [30, 80], [100, 100]), 100);
    expect(found).toEqual({ seconds: 60, at: 160, isSettled: true, unanswered: 30 * 100 + 30 * 20 });
  });

  test('is zero where nobody noticed while the fault lasted and a settling time after it', () => {
    expect(recovery(cohortsOf([300, 100]), 100, 60)).toMatchObject({ seconds: 0, isSettled: true });
    expect(recovery(cohortsOf([210, 100]), 100, 60)).toMatchObject({ seconds: 0, isSettled: false });
  });

  test('counts from the first bad window where the fault was not felt before', () => {
    const late = recovery(cohortsOf([100, 100], [90, 100], [20, 0], [100, 100]), 100, 120);
    expect(late).toMatchObject({ seconds: 20, at: 210, isSettled: true });
  });

  test('goes on through a good spell that is shorter than the settling time', () => {
    const relapse = recovery(cohortsOf([100, 100], [20, 0], [50, 100], [20, 0], [100, 100]), 100);
    expect(relapse).toMatchObject({ seconds: 90, isSettled: true });
  });

  test('is known to ten seconds where few arrive: to the stretch from which the rest of a long window is good', () => {
    const course = cohortsOf([100, 100], [44, 0], [300, 100]);
    const window = (arrivals: number) =>
      recoveryOf(cohortWindows(course, 100, { least: 10, arrivals }), rule, 30);
    expect(window(1000)).toMatchObject({ seconds: 50, unanswered: 4400, isSettled: true });
    expect(window(16_700)).toMatchObject({ seconds: 50, unanswered: 4400, isSettled: true });
    // Cut off by the end of the counts: nobody was refused any more for as long as it takes to settle.
    expect(window(100_000)).toMatchObject({ seconds: 50, isSettled: true });
    expect(degradedTime(cohortWindows(course, 100, { least: 10, arrivals: 16_700 }), 0.99)).toBe(50);
  });

  test('is not over in a long window that goes bad again at its end', () => {
    const course = cohortsOf([100, 100], [20, 0], [160, 100], [20, 0], [100, 100]);
    const windows = cohortWindows(course, 100, { least: 10, arrivals: 20_000 });
    expect(recoveryOf(windows, { ratio: 0.99, settle: 90 })).toMatchObject({ seconds: 200, isSettled: true });
  });

  test('leaves to others what goes bad after it has settled', () => {
    const settled = recovery(cohortsOf([100, 100], [20, 0], [60, 100], [20, 0], [100, 100]), 100);
    expect(settled).toMatchObject({ seconds: 20, isSettled: true });
  });

  test('is not known while there are operations that may still be answered', () => {
    const open = recovery(cohortsOf([100, 100], [20, 0], [30, 100], [30, 90, 10]), 100);
    expect(open).toMatchObject({ seconds: 20, isSettled: false });
  });

  test('is the same as looking at every window again and again, for any course of events', () => {
    let word = 1;
    const draw = () => {
      word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
      return word / 2 ** 32;
    };
    for (let round = 0; round < 2000; round += 1) {
      const course = Array.from({ length: 30 }, (): [number, number] => [10, draw() < 0.75 ? 100 : 50]);
      const onset = 10 * Math.floor(draw() * 10);
      const windows = cohortWindows(cohortsOf(...course), onset, { least: 10, arrivals: 1000 });
      const bad = windows.filter((window) => window.bad > 0);
      expect(degradedTime(windows, 0.99)).toBe(10 * bad.length);
      // Dumb: the first instant that is an onset or the end of a bad window and has 60 good seconds after it.
      const ends = [onset, ...bad.map(({ to }) => to)];
      const calm = ends.find(
        (end) => end + 60 <= 300 && !bad.some(({ from }) => from >= end && from < end + 60),
      );
      const found = recovery(cohortsOf(...course), onset);
      expect(found.isSettled).toBe(calm !== undefined);
      if (calm !== undefined) expect(found.seconds).toBe(calm - onset);
    }
  });
});

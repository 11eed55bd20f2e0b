import { describe, expect, test } from 'vitest';
import {
  delayOfLosses,
  givenUpAfter,
  lossesInARow,
  open,
  opening,
  repetitionFrom,
  uniformLeft,
} from '../../../../src/models/algorithms/transport/retransmission.ts';

describe('TCP on Linux', () => {
  test('opening a connection tries at 1, 3, 7, 15, 31 and 63 s and gives up after 127 s', () => {
    const persistence = opening(1);
    const tries = [0, 1.5, 4, 8, 16, 32].map((elapsed) => repetitionFrom(persistence, elapsed));
    expect(tries).toEqual([1, 3, 7, 15, 31, 63]);
    expect(repetitionFrom(persistence, 64)).toBe(Number.POSITIVE_INFINITY);
    expect(givenUpAfter(persistence)).toBe(127);
  });

  test('an open connection without distance gives up after 924.6 s, fifteen repetitions', () => {
    const persistence = open(0, 1);
    let at = 0;
    let repetitions = 0;
    for (;;) {
      at = repetitionFrom(persistence, at + 1e-6);
      if (at === Number.POSITIVE_INFINITY) break;
      repetitions += 1;
    }
    expect(repetitions).toBe(15);
    expect(givenUpAfter(persistence)).toBeCloseTo(924.6, 6);
  });

  test('an open connection over a distance gives up at the first repetition due after 924.6 s', () => {
    // Waits of 0.412 × 2^k up to 105.472 s add up to 210.532 s; then six of 120 s end at 930.532 s.
    expect(givenUpAfter(open(0.212, 1))).toBeCloseTo(930.532, 6);
  });

  test('each loss in a row doubles the wait', () => {
    expect([0, 1, 2, 3].map((losses) => delayOfLosses(open(0.1, 1), losses))).toEqual([
      0,
      expect.closeTo(0.3, 9),
      expect.closeTo(0.9, 9),
      expect.closeTo(2.1, 9),
    ]);
  });
});

describe('losses in a row', () => {
  test('are n or more for a share pⁿ of the draws, and leave a uniform draw', () => {
    const share = 0.2;
    const draws = Array.from({ length: 100_000 }, (_, at) => (at + 0.5) / 100_000);
    const losses = draws.map((uniform) => lossesInARow(share, uniform));
    for (const least of [1, 2, 3]) {
      const part = losses.filter((each) => each >= least).length / draws.length;
      expect(part).toBeCloseTo(share ** least, 4);
    }
    const left = draws.map((uniform, at) => uniformLeft(share, uniform, losses[at]));
    expect(Math.min(...left)).toBeGreaterThan(0);
    expect(Math.max(...left)).toBeLessThanOrEqual(1);
    // Each stretch of draws with equal losses is spread over (0, 1): a grid's mean is exact to a step of the coarsest.
    expect(left.reduce((sum, each) => sum + each, 0) / left.length).toBeCloseTo(0.5, 3);
  });

  test('do not happen on a link that loses nothing', () => {
    expect(lossesInARow(0, 0.3)).toBe(0);
    expect(uniformLeft(0, 0.3, 0)).toBe(0.3);
  });
});

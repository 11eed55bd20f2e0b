import { expect, test } from 'vitest';
import { cohortWindows } from '../../../src/models/algorithms/recovery/cohort-windows.ts';
import { recoveryOf } from '../../../src/models/algorithms/recovery/recovery-time.ts';
import { Settling } from '../../../src/models/faults/settling.ts';

/** Arrivals by the second that grow while they are looked at, each of a known fate or not yet. */
class Growing {
  readonly binWidth = 1;
  readonly known: { arrived: number; good: number; bad: number }[] = [];

  get bins(): number {
    return this.known.length;
  }

  arrivedIn = (bin: number) => this.known[bin].arrived;
  goodIn = (bin: number) => this.known[bin].good;
  badIn = (bin: number) => this.known[bin].bad;
}

test('asked every few seconds it says what looking at all windows anew says, for any course of events', () => {
  let word = 7;
  const draw = () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return word / 2 ** 32;
  };
  let settled = 0;
  for (let round = 0; round < 300; round += 1) {
    const cohorts = new Growing();
    const look = { onset: 20 + Math.floor(draw() * 30), lasting: Math.floor(draw() * 40), settle: 60 };
    const settling = new Settling(cohorts, look);
    let isWell = true;
    for (let second = 0; second < 400; second += 1) {
      if (draw() < 0.03) isWell = !isWell;
      const arrived = Math.floor(draw() * 300);
      const bad = isWell ? 0 : Math.ceil(arrived / 2);
      // What came in the last seconds may still be under way.
      for (const each of cohorts.known.slice(-4, -3)) each.good = each.arrived - each.bad;
      cohorts.known.push({ arrived, bad, good: draw() < 0.5 ? arrived - bad : 0 });
      if (second <= look.onset || second % 7 > 0) continue;
      const rule = { ratio: 0.99, settle: look.settle };
      const anew = recoveryOf(cohortWindows(cohorts, look.onset), rule, look.lasting).isSettled;
      expect(settling.isOver).toBe(anew);
      if (anew) {
        settled += 1;
        break;
      }
    }
  }
  expect(settled).toBeGreaterThan(100);
});

import type { KeyPopulation } from '../contracts/keys.ts';

/** One value for the values of several keys: a number where all combinations can be numbered, else a text. */
export class GroupKey {
  private readonly slots: readonly number[];
  private readonly counts: readonly number[];
  private readonly isNumber: boolean;

  constructor(keys: readonly KeyPopulation[]) {
    this.slots = keys.map(({ slot }) => slot);
    this.counts = keys.map(({ count }) => count);
    this.isNumber = this.counts.reduce((product, count) => product * count, 1) <= Number.MAX_SAFE_INTEGER;
  }

  /** Whether all of the keys are there. */
  isIn(values: readonly number[]): boolean {
    for (const slot of this.slots) if (Number.isNaN(values[slot])) return false;
    return true;
  }

  of(values: readonly number[]): number | string {
    const { counts, isNumber, slots } = this;
    if (!isNumber) return slots.map((slot) => values[slot]).join(' ');
    let number = 0;
    for (let at = 0; at < slots.length; at += 1) number = number * counts[at] + values[slots[at]];
    return number;
  }

  /** The same values with all others left out (NaN). */
  only(values: readonly number[]): readonly number[] {
    const kept = new Array<number>(values.length).fill(Number.NaN);
    for (const slot of this.slots) kept[slot] = values[slot];
    return kept;
  }
}

import type { KeyPopulation } from '../contracts/keys.ts';

/** One value for the values of several keys: a number where all combinations can be numbered, else a text. */
export class GroupKey {
  private readonly slots: readonly number[];
  private readonly counts: readonly number[];
  private readonly isNumber: boolean;
  private readonly none: readonly number[];

  /** @param values how many values an operation carries, of all keys of the design */
  constructor(keys: readonly KeyPopulation[], values: number) {
    this.none = new Array<number>(values).fill(Number.NaN);
    this.slots = keys.map(({ slot }) => slot);
    this.counts = keys.map(({ count }) => count);
    this.isNumber = this.counts.reduce((product, count) => product * count, 1) <= Number.MAX_SAFE_INTEGER;
  }

  /** Whether all of the keys are there. */
  isIn(values: readonly number[]): boolean {
    const { slots } = this;
    for (let at = 0; at < slots.length; at += 1) if (Number.isNaN(values[slots[at]])) return false;
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
    const { slots } = this;
    const kept = this.none.slice();
    for (let at = 0; at < slots.length; at += 1) kept[slots[at]] = values[slots[at]];
    return kept;
  }
}

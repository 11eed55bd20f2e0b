/** A table partition of a range-partitioned table: rows from a bound (included) to another (not included). */
export interface RangePartition {
  /** One value a key column; −∞ is MINVALUE. */
  readonly from: readonly number[];
  /** ∞ is MAXVALUE. */
  readonly to: readonly number[];
}

/** The place of no partition: rows there go to the default partition, if there is one. */
export const nobody = -1;

/**
 * The bounds of all partitions in order, each once. What lies below bound number `i` and not below the one before belongs to
 * the partition `owners[i]`; `owners` has one more, for what lies above all.
 */
export class RangeBounds {
  readonly bounds: readonly (readonly number[])[];
  readonly owners: readonly number[];

  /** @throws RangeError where partitions overlap or have no room */
  constructor(partitions: readonly RangePartition[]) {
    const order = partitions.map((_, index) => index);
    order.sort((a, b) => compare(partitions[a].from, partitions[b].from));
    const bounds: (readonly number[])[] = [];
    const owners: number[] = [];
    for (const index of order) {
      const { from, to } = partitions[index];
      const last = bounds.at(-1);
      const distance = last === undefined ? 1 : compare(from, last);
      if (compare(from, to) >= 0) throw new RangeError(`partition ${index} has no room`);
      if (distance < 0) throw new RangeError(`partition ${index} overlaps the one before`);
      if (distance > 0) {
        bounds.push(from);
        owners.push(nobody);
      }
      bounds.push(to);
      owners.push(index);
    }
    this.bounds = bounds;
    this.owners = [...owners, nobody];
  }

  /** Whether bound number `at` is below (< 0), equal to or above values for the first columns of the key. */
  compare(at: number, values: readonly number[]): number {
    return compare(this.bounds[at], values);
  }

  /** The number of a bound that is at most these values: one that equals them if there is one, else the greatest; −1 for none. */
  find(values: readonly number[]): number {
    let low = -1;
    let high = this.bounds.length - 1;
    while (low < high) {
      const middle = Math.floor((low + high + 1) / 2);
      const difference = this.compare(middle, values);
      if (difference === 0) return middle;
      if (difference < 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Compares a bound with values for its first columns, column by column. */
function compare(bound: readonly number[], values: readonly number[]): number {
  for (let column = 0; column < values.length; column += 1) {
    if (bound[column] < values[column]) return -1;
    if (bound[column] > values[column]) return 1;
  }
  return 0;
}

/** A population of key values that workloads draw from and that stores and topics place by. */
export interface KeyPopulation {
  readonly name: string;
  /** Place of its value in an operation's `keys`. */
  readonly slot: number;
  /** How many values; Infinity for a key that is new each time. */
  readonly count: number;
  /** For whom a value that is new each time is new; otherwise absent. */
  readonly lasts?: 'session' | 'operation';
  /** The value for a uniform draw: an index of the population, hot ones more often. */
  pick(uniform: number): number;
  /** The value that is drawn most often (rank 0), second (1), … in this run; NaN for a key that is new each time. */
  valueAt(rank: number): number;
  /** Share of all draws that value `index` gets. */
  share(index: number): number;
  /** The real string of a value, as the real systems would hash it. */
  text(value: number): string;
}

export const keysSection = 'keys';

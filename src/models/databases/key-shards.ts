import { type ShardFunction, UnplaceableKey } from '../algorithms/partitioning/index.ts';
import type { KeyPopulation } from '../contracts/keys.ts';

/** The shard of a key that has none: its hash names one that does not exist, or its text cannot be hashed. */
export const nowhere = -1;

/** Populations up to this size have a table; the others a memo. */
const tabled = 1_000_000;
const memoSize = 16_384;
const unknown = -2;

/** Told once for each computation that finds no shard. */
export type Unplaced = (text: string, why: string) => void;

/**
 * The shards of one population's values, by their real texts, each worked out when it is first met. A population of up
 * to a million values keeps them all; of a larger one, or of values that are new each time, the last ones met.
 */
export class KeyShards {
  private readonly shards: Int32Array;
  private readonly values: Float64Array | undefined;

  constructor(
    private readonly population: KeyPopulation,
    private readonly place: ShardFunction,
    private readonly count: number,
    private readonly unplaced: Unplaced,
  ) {
    const isTabled = population.count <= tabled;
    this.shards = new Int32Array(isTabled ? population.count : memoSize).fill(unknown);
    if (!isTabled) this.values = new Float64Array(memoSize).fill(Number.NaN);
  }

  /** The shard of a value, or `nowhere`. */
  of(value: number): number {
    const { values } = this;
    const at = values === undefined ? value : (value >>> 0) & (memoSize - 1);
    if (this.shards[at] !== unknown && (values === undefined || values[at] === value)) return this.shards[at];
    const shard = this.work(value);
    this.shards[at] = shard;
    if (values !== undefined) values[at] = value;
    return shard;
  }

  private work(value: number): number {
    const text = this.population.text(value);
    try {
      const shard = this.place(text);
      if (shard >= 0 && shard < this.count) return shard;
      this.unplaced(text, `goes to shard ${shard}, which does not exist`);
    } catch (error) {
      if (!(error instanceof UnplaceableKey)) throw error;
      this.unplaced(text, error.message);
    }
    return nowhere;
  }
}

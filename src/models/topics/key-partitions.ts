import { kafkaPartition } from '../algorithms/partitioning/kafka-murmur2.ts';
import { utf8 } from '../algorithms/partitioning/utf8.ts';
import type { KeyPopulation } from '../contracts/keys.ts';

/** Populations up to this size are hashed once a value. */
const tabled = 1_000_000;
const unknown = -1;
/** Values without a table whose partition is remembered: a session publishes under the same key again and again. */
const remembered = 1 << 16;

/** The partition of each value of a key, by the hash of its real text. */
export class KeyPartitions {
  private readonly table: Int32Array | undefined;
  private readonly values: Float64Array | undefined;
  private readonly places: Int32Array | undefined;

  constructor(
    private readonly key: KeyPopulation,
    private readonly partitions: number,
  ) {
    if (key.count <= tabled) {
      this.table = new Int32Array(key.count).fill(unknown);
    } else {
      this.values = new Float64Array(remembered).fill(Number.NaN);
      this.places = new Int32Array(remembered);
    }
  }

  of(value: number): number {
    const { table } = this;
    if (table === undefined) return this.recalled(value);
    if (table[value] === unknown) table[value] = this.hashed(value);
    return table[value];
  }

  private recalled(value: number): number {
    const values = this.values as Float64Array;
    const places = this.places as Int32Array;
    const at = (value >>> 0) & (remembered - 1);
    if (values[at] !== value) {
      values[at] = value;
      places[at] = this.hashed(value);
    }
    return places[at];
  }

  private hashed(value: number): number {
    return kafkaPartition(utf8(this.key.text(value)), this.partitions);
  }
}

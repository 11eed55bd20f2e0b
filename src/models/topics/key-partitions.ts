import { murmur2, toPositive } from '../algorithms/partitioning/murmur2.ts';
import { utf8 } from '../algorithms/partitioning/utf8.ts';
import type { KeyPopulation } from '../contracts/keys.ts';

/** Populations up to this size are hashed once a value. */
const tabled = 1_000_000;
const unknown = -1;
/** Values without a table whose hash is remembered: a session publishes under the same key again and again. */
const remembered = 1 << 16;

/** A number that follows from the real text of each value of a key, worked out once a value where there are not too many. */
class Remembered {
  private readonly table: Int32Array | undefined;
  private readonly values: Float64Array | undefined;
  private readonly hashes: Int32Array | undefined;

  /** @param number of a text; not negative */
  constructor(
    private readonly key: KeyPopulation,
    private readonly number: (text: string) => number,
  ) {
    if (key.count <= tabled) {
      this.table = new Int32Array(key.count).fill(unknown);
    } else {
      this.values = new Float64Array(remembered).fill(Number.NaN);
      this.hashes = new Int32Array(remembered);
    }
  }

  of(value: number): number {
    const { table } = this;
    if (table === undefined) return this.recalled(value);
    if (table[value] === unknown) table[value] = this.number(this.key.text(value));
    return table[value];
  }

  private recalled(value: number): number {
    const values = this.values as Float64Array;
    const hashes = this.hashes as Int32Array;
    const at = (value >>> 0) & (remembered - 1);
    if (values[at] !== value) {
      values[at] = value;
      hashes[at] = this.number(this.key.text(value));
    }
    return hashes[at];
  }
}

/** Kafka's hash without its sign, the same for all topics. */
const hashesOf = new WeakMap<KeyPopulation, Remembered>();

const hashOf = (text: string): number => toPositive(murmur2(utf8(text)));

/** The partition of each value of a key, as Kafka's producer places the real text: on the cluster that the text belongs to. */
export class KeyPartitions {
  private readonly hashes: Remembered;
  private readonly shards: Remembered | undefined;

  /** @param shardOf from a text to its cluster, where there are several */
  constructor(
    key: KeyPopulation,
    private readonly partitions: number,
    shardOf?: (text: string) => number,
  ) {
    this.hashes = hashesOf.get(key) ?? new Remembered(key, hashOf);
    hashesOf.set(key, this.hashes);
    if (shardOf !== undefined) this.shards = new Remembered(key, shardOf);
  }

  /** Its number among those of all clusters. */
  of(value: number): number {
    const { partitions, shards } = this;
    const partition = this.hashes.of(value) % partitions;
    return shards === undefined ? partition : shards.of(value) * partitions + partition;
  }
}

/** What a partition of several clusters is called. */
export const placeName = (place: number, partitions: number): string =>
  `${Math.floor(place / partitions)}.${place % partitions}`;

import { murmur2, toPositive } from '../algorithms/partitioning/murmur2.ts';
import { utf8 } from '../algorithms/partitioning/utf8.ts';
import type { KeyPopulation } from '../contracts/keys.ts';

/** Populations up to this size are hashed once a value. */
const tabled = 1_000_000;
const unknown = -1;
/** Values without a table whose hash is remembered: a session publishes under the same key again and again. */
const remembered = 1 << 16;

/** Kafka's hash of the real text of each value of a key, without its sign; the same for all topics. */
class KeyHashes {
  private readonly table: Int32Array | undefined;
  private readonly values: Float64Array | undefined;
  private readonly hashes: Int32Array | undefined;

  constructor(private readonly key: KeyPopulation) {
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
    if (table[value] === unknown) table[value] = this.hashed(value);
    return table[value];
  }

  private recalled(value: number): number {
    const values = this.values as Float64Array;
    const hashes = this.hashes as Int32Array;
    const at = (value >>> 0) & (remembered - 1);
    if (values[at] !== value) {
      values[at] = value;
      hashes[at] = this.hashed(value);
    }
    return hashes[at];
  }

  private hashed(value: number): number {
    return toPositive(murmur2(utf8(this.key.text(value))));
  }
}

const hashesOf = new WeakMap<KeyPopulation, KeyHashes>();

/** The partition of each value of a key, as Kafka's producer places the real text. */
export class KeyPartitions {
  private readonly hashes: KeyHashes;

  constructor(
    key: KeyPopulation,
    private readonly partitions: number,
  ) {
    this.hashes = hashesOf.get(key) ?? new KeyHashes(key);
    hashesOf.set(key, this.hashes);
  }

  of(value: number): number {
    return this.hashes.of(value) % this.partitions;
  }
}

import { kafkaPartition } from '../algorithms/partitioning/kafka-murmur2.ts';
import { utf8 } from '../algorithms/partitioning/utf8.ts';
import type { KeyPopulation } from '../contracts/keys.ts';

/** Populations up to this size are hashed once a value. */
const tabled = 1_000_000;
const unknown = -1;

/** The partition of each value of a key, by the hash of its real text. */
export class KeyPartitions {
  private readonly table: Int32Array | undefined;

  constructor(
    private readonly key: KeyPopulation,
    private readonly partitions: number,
  ) {
    if (key.count <= tabled) this.table = new Int32Array(key.count).fill(unknown);
  }

  of(value: number): number {
    const { table } = this;
    if (table === undefined) return this.hashed(value);
    if (table[value] === unknown) table[value] = this.hashed(value);
    return table[value];
  }

  private hashed(value: number): number {
    return kafkaPartition(utf8(this.key.text(value)), this.partitions);
  }
}

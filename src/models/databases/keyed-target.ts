import { type KeyPopulation, keysSection } from '../contracts/keys.ts';
import type { Cursor } from '../cursor.ts';
import { type KeyShards, nowhere } from './key-shards.ts';
import type { DatabaseModel } from './model.ts';
import type { RowWrites } from './row-writes.ts';
import type { Shard } from './shard.ts';
import type { StoreStepOptions } from './uses.ts';

const noKey = -1;

/** Finds a request's shard and row by the keys that its operation carries. */
export class KeyedTarget {
  private readonly shards: KeyShards | undefined;
  private readonly keySlot: number;
  private readonly rowSlot: number;
  private readonly table: RowWrites | undefined;

  constructor(
    private readonly model: DatabaseModel,
    options: StoreStepOptions,
  ) {
    const { config, wiring } = model;
    const slotOf = (name: string | undefined): number =>
      name === undefined ? noKey : wiring.find<KeyPopulation>(keysSection, name).slot;
    const key = options.key?.name ?? config.shardBy?.key.name;
    this.keySlot = slotOf(key);
    this.shards = key === undefined || config.shardBy === undefined ? undefined : model.shardsByKey(key);
    const row = options.row?.name ?? key;
    this.rowSlot = slotOf(row);
    this.table = row === undefined ? undefined : model.tableOfRows(row);
  }

  /**
   * The shard of a request, or of one of its rows; undefined where it has none: the cursor has failed then.
   * @param keys of the row, by slot
   */
  shardOf(cursor: Cursor, keys: readonly number[]): Shard | undefined {
    const { model, shards } = this;
    if (shards === undefined) return model.shards[0];
    const value = keys[this.keySlot];
    if (Number.isNaN(value)) {
      cursor.fail('missing-key');
      return undefined;
    }
    const shard = shards.of(value);
    if (shard !== nowhere) return model.shards[shard];
    model.metering.unplaceable();
    cursor.fail('unplaceable-key');
    return undefined;
  }

  /** Who remembers the newest write of the row that a request is about; null where rows are not told apart. */
  rowsIn(shard: Shard): RowWrites | null {
    return this.rowSlot === noKey ? null : (this.table ?? shard.rowsOf(this.rowSlot));
  }

  rowOf(keys: readonly number[]): number {
    return this.rowSlot === noKey ? 0 : keys[this.rowSlot];
  }
}

import type { Cursor, Failure, Root } from '../cursor.ts';
import type { Operation, Settlement } from '../operation.ts';
import type { Grouping } from './grouping.ts';
import type { Lane } from './lane.ts';

const none: readonly Settlement[] = [];

/**
 * Records of one poll with the same keys, and the operation that is run once for them. What its own steps put off is put
 * off for all of its records.
 */
export class Group implements Operation, Settlement, Root {
  readonly counted: boolean;
  readonly arrivedAt: number;
  readonly origin: number;
  size = 0;
  lane!: Lane;
  private settlements: Settlement[] | null = null;

  /**
   * @param first its first record's operation
   * @param high identity, hashed from the first record's
   * @param keys those that its records have in common by its being a group
   */
  constructor(
    private readonly grouping: Grouping,
    first: Operation,
    readonly high: number,
    readonly low: number,
    readonly keys: readonly number[],
  ) {
    this.counted = first.counted;
    this.arrivedAt = first.arrivedAt;
    this.origin = first.origin;
  }

  get settlement(): Settlement {
    return this;
  }

  add({ settlement }: Operation): void {
    this.size += 1;
    if (settlement === undefined) return;
    if (this.settlements === null) this.settlements = [settlement];
    else this.settlements.push(settlement);
    settlement.hold();
  }

  hold(): void {
    for (const settlement of this.settlements ?? none) settlement.hold();
  }

  settle(failure: string | null): void {
    for (const settlement of this.settlements ?? none) settlement.settle(failure);
  }

  lose(): void {
    for (const settlement of this.settlements ?? none) settlement.lose();
  }

  completed(cursor: Cursor): void {
    this.grouping.ended(this, cursor, null);
    cursor.release();
  }

  failed(cursor: Cursor, reason: Failure): void {
    this.grouping.ended(this, cursor, reason);
    cursor.release();
  }
}

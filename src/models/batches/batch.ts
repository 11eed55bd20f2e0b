import type { Cursor, Failure, Root } from '../cursor.ts';
import type { Operation, Settlement } from '../operation.ts';
import type { Batcher } from './batcher.ts';

/** Why a batch is flushed. `stop`: its instance ends in order. */
export type Reason = 'full' | 'timer' | 'stop';

/** Entries that an instance has in memory and flushes together; the flush is an operation of its own. */
export class Batch implements Operation, Root {
  /** Of the flush: hashed from the first entry's. */
  high = 0;
  low = 0;
  readonly word = 0;
  arrivedAt = 0;
  counted = false;
  readonly rows: (readonly number[])[] = [];
  /** Instants at which the entries came. */
  readonly addedAt: number[] = [];
  private readonly settlements: (Settlement | undefined)[] = [];
  private hasSettlements = false;
  /** Who waits for the flush, each with the number by which it knows its wait. */
  private readonly waiters: Cursor[] = [];
  private readonly waits: number[] = [];
  reason: Reason = 'timer';
  closedAt = 0;
  /** The instant at which the flush began. */
  begunAt = 0;
  /** How often the list had been cleared when the flush began; where nothing guards it. */
  clearings = 0;

  constructor(
    private readonly batcher: Batcher,
    readonly origin: number,
    /** A flush carries none. */
    readonly keys: readonly number[],
  ) {}

  get size(): number {
    return this.rows.length;
  }

  add(operation: Operation, now: number): void {
    const { settlement } = operation;
    this.rows.push(operation.keys);
    this.addedAt.push(now);
    if (settlement !== undefined && !this.hasSettlements) this.beginSettlements();
    if (this.hasSettlements) this.settlements.push(settlement);
    settlement?.hold();
  }

  private beginSettlements(): void {
    this.hasSettlements = true;
    while (this.settlements.length < this.rows.length - 1) this.settlements.push(undefined);
  }

  /** @param wait what the cursor's `awaitAt` gave */
  await(cursor: Cursor, wait: number): void {
    this.waiters.push(cursor);
    this.waits.push(wait);
  }

  /** Has the entries of another one, which came before its own. */
  takeBack(earlier: Batch): void {
    this.rows.unshift(...earlier.rows);
    this.addedAt.unshift(...earlier.addedAt);
    if (!this.hasSettlements && !earlier.hasSettlements) return;
    if (!this.hasSettlements)
      for (let at = earlier.size; at < this.size; at += 1) this.settlements.push(undefined);
    if (!earlier.hasSettlements) earlier.settlements.push(...earlier.rows.map(() => undefined));
    this.settlements.unshift(...earlier.settlements);
    this.hasSettlements = true;
  }

  completed(cursor: Cursor): void {
    this.batcher.flushed(this, cursor, null);
    cursor.release();
  }

  failed(cursor: Cursor, reason: Failure): void {
    this.batcher.flushed(this, cursor, reason);
    cursor.release();
  }

  /** The entries are stored, or will not be. */
  settle(failure: Failure | null): void {
    for (const settlement of this.settlements) settlement?.settle(failure);
  }

  lose(): void {
    for (const settlement of this.settlements) settlement?.lose();
  }

  /** Those who wait for the flush go on: their time since it began is the flush's. */
  wake(flush: Cursor, failure: Failure | null, waitSegment: number): void {
    const { begunAt, waiters, waits } = this;
    for (let at = 0; at < waiters.length; at += 1) {
      const waiter = waiters[at];
      if (!waiter.awaits(waits[at])) continue;
      waiter.spendUntil(waitSegment, begunAt);
      waiter.absorb(flush);
      if (failure === null) waiter.finished();
      else waiter.fail(failure);
    }
  }
}

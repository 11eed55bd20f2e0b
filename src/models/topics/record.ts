import type { OutgoingRecord, Passage } from '../contracts/cluster.ts';
import type { ReadableRecord } from '../contracts/topic.ts';
import type { Cursor, Failure, FrameOwner } from '../cursor.ts';
import type { Step } from '../step.ts';
import type { Log } from './log.ts';

/**
 * One record, from the publish to the last consumer group that reads it. While somebody waits for its acknowledgement it
 * owns the frame in which the cursor stands.
 */
export class TopicRecord implements OutgoingRecord, ReadableRecord, FrameOwner {
  log!: Log;
  visibleAt = 0;
  /** Whether some group is known to have applied it never or more than once. */
  isMisapplied = false;
  isGone = false;
  /** Who waits for the acknowledgement. */
  private cursor: Cursor | null = null;

  constructor(
    readonly high: number,
    readonly low: number,
    readonly keys: readonly number[],
    readonly publishedAt: number,
  ) {}

  /** The cursor waits until the record is acknowledged, and then goes on at `next`. */
  hold(cursor: Cursor, next: Step, place: number): void {
    this.cursor = cursor;
    cursor.push(this, next, place, null);
  }

  acknowledged(passage: Passage): void {
    const { cursor, log } = this;
    log.owner.acknowledged(this);
    if (cursor === null) return;
    passage.credit(cursor, log.owner.waitsForBatch);
    cursor.pop();
  }

  lost(): void {
    this.log.lost(this);
    this.cursor?.fail('crashed');
  }

  undelivered(isInLog: boolean): void {
    this.log.undelivered(this, isInLog);
    this.cursor?.fail('undelivered');
  }

  leave(cursor: Cursor, _callerPlace: number, failure: Failure | null): number {
    this.cursor = null;
    const isUncredited = failure !== null && cursor.since < cursor.now;
    if (isUncredited) cursor.spendUntil(this.log.owner.waitsForBatch, cursor.now);
    return 0;
  }
}

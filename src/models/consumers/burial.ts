import { childIdentity } from '../../sim/random/childIdentity.ts';
import type { ServiceHost } from '../contracts/service.ts';
import type { ReadableRecord } from '../contracts/topic.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, Failure, FrameOwner } from '../cursor.ts';
import type { CursorPool } from '../cursor-pool.ts';
import type { Step } from '../step.ts';
import { Delivery } from './delivery.ts';

const words = { high: 0, low: 0 };

/** Publishes records that could not be processed to the dead-letter topic, from the instance of their member. */
export class Burial implements FrameOwner {
  constructor(
    private readonly publish: Step,
    private readonly cursors: CursorPool,
  ) {}

  enter(cursor: Cursor, host: ServiceHost): void {
    cursor.push(this, finish, cursor.place, host);
    host.occupy?.(cursor);
    cursor.go(this.publish);
  }

  leave(cursor: Cursor): number {
    cursor.host?.vacate?.(cursor);
    return 0;
  }

  /** As `enter`, for a record that nobody has in hand any more. */
  bury(
    { high, keys, low }: ReadableRecord,
    site: number,
    place: number,
    host: ServiceHost,
    over: (failure: Failure | null) => void,
  ): void {
    childIdentity(high, low, site, 0, words);
    const cursor = this.cursors.take();
    cursor.high = words.high;
    cursor.low = words.low;
    cursor.word = 0;
    cursor.operation = new Delivery(
      words.high,
      words.low,
      cursor.now,
      place,
      false,
      keys,
      undefined,
      undefined,
    );
    cursor.root = {
      completed: (done) => {
        over(null);
        done.release();
      },
      failed: (done, reason) => {
        over(reason);
        done.release();
      },
    };
    cursor.place = place;
    this.enter(cursor, host);
  }
}

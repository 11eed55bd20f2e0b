import type { Cursor } from '../cursor.ts';
import { Stop } from './stop.ts';

/** What is known of the attempts of a request that its caller has given up. */
export class GivenUp {
  /** Attempts that were done, these and the one that was waited for. */
  done = 0;
  /** Words that are on their way to them. */
  private readonly stops: Stop[] = [];

  /** Word to one of them that nobody waits for it. */
  stop(cursor: Cursor): Stop {
    const stop = new Stop(cursor);
    this.stops.push(stop);
    return stop;
  }

  /** One of them has ended, or (`by`) goes on in another cursor. */
  follow(cursor: Cursor, by: Cursor | null): void {
    for (const stop of this.stops) stop.follow(cursor, by);
  }
}

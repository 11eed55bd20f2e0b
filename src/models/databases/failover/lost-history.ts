import { toSeconds } from '../../../sim/clock.ts';
import type { RecoveryPoint } from '../../recovery-point.ts';

/**
 * What of an old history is lost with it. Instants in nanoseconds.
 *
 * Rule: the recovery point is the commit of the oldest acknowledged write that is lost: all before it is still there. From it to the
 * end of the old history (its primary dies, is fenced, or hears of its successor) is the RPO: what the new primary lagged behind
 * then, so that it is above 0 also where a single write is lost.
 */
export class LostHistory {
  private oldest = Number.POSITIVE_INFINITY;
  private lastAcknowledged = Number.NEGATIVE_INFINITY;
  private rows = 0;

  /**
   * @param end when it ended for those who had it; Infinity while it goes on
   * @param fault name of what ended it: it killed the primary, or cut it off
   */
  constructor(
    private end: number,
    private readonly fault: string | undefined,
  ) {}

  /** Acknowledged rows are lost. */
  add(committedAt: number, acknowledgedAt: number, rows: number): void {
    this.oldest = Math.min(this.oldest, committedAt);
    this.lastAcknowledged = Math.max(this.lastAcknowledged, acknowledgedAt);
    this.rows += rows;
  }

  /** Its primary takes nothing more from this instant on; what has ended stays so. */
  ends(now: number): void {
    this.end = Math.min(this.end, now);
  }

  get point(): RecoveryPoint {
    const { lastAcknowledged, oldest, rows } = this;
    // One that still goes on is told as far as it has come.
    const end =
      this.end === Number.POSITIVE_INFINITY ? lastAcknowledged : Math.max(this.end, lastAcknowledged);
    return { fault: this.fault, seconds: rows === 0 ? 0 : toSeconds(end - oldest), lost: rows };
  }
}

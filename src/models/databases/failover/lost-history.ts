import { toSeconds } from '../../../sim/clock.ts';
import type { RecoveryPoint } from '../../recovery-point.ts';

/** What of an old history is lost with it. Instants in nanoseconds. */
export class LostHistory {
  private oldest = Number.POSITIVE_INFINITY;
  private lastAcknowledged = Number.NEGATIVE_INFINITY;
  private rows = 0;

  /** @param at when the old history ended, for those who go on */
  constructor(private readonly at: number) {}

  /** Acknowledged rows are lost. */
  add(committedAt: number, acknowledgedAt: number, rows: number): void {
    this.oldest = Math.min(this.oldest, committedAt);
    this.lastAcknowledged = Math.max(this.lastAcknowledged, acknowledgedAt);
    this.rows += rows;
  }

  get point(): RecoveryPoint {
    const ticks = this.rows === 0 ? 0 : this.lastAcknowledged - this.oldest;
    return { at: toSeconds(this.at), seconds: toSeconds(ticks), lost: this.rows };
  }
}

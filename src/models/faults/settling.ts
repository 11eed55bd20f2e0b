import { type Cohorts, isDecided, isWhole, windowFrom } from '../algorithms/recovery/cohort-windows.ts';
import { RecoveryCourse } from '../algorithms/recovery/recovery-time.ts';
import { type Look, ratios } from './felt.ts';

/** Whether some callers feel a fault no more: each window is looked at once, however often that is asked. */
export class Settling {
  private readonly course: RecoveryCourse;
  /** The first bin that has not been looked at for good. */
  private next: number;

  constructor(
    private readonly cohorts: Cohorts,
    { onset, lasting, settle }: Look,
  ) {
    const first = Math.floor(onset / cohorts.binWidth);
    this.next = first;
    this.course = new RecoveryCourse(first * cohorts.binWidth, { ratio: ratios.rto, settle }, lasting);
  }

  /** Whether all has been well for long enough, as far as is known now. */
  get isOver(): boolean {
    const { cohorts, course } = this;
    while (!course.recovery.isSettled && this.next < cohorts.bins) {
      const window = windowFrom(cohorts, this.next);
      if (!isDecided(window)) return false;
      // What the present cuts off may grow: it counts for this once.
      if (!isWhole(window)) return course.copy.add(window);
      course.add(window);
      this.next = Math.round(window.to / cohorts.binWidth);
    }
    return course.recovery.isSettled;
  }
}

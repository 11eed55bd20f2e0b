import type { MeasuredWindow } from '../window.ts';

/** A workload's latency over the measured window, for whoever asks whether it has settled. */
export interface CourseRecord {
  /** Answered operations by the stretch of the window in which they arrived; all stretches are equally long. */
  readonly counts: readonly number[];
  /** The sum of their latencies, nanoseconds: whole numbers, so that equal latencies have equal means. */
  readonly latencies: readonly number[];
}

/** Stretches of the window: a hundred batches of five, which is what MSER-5 looks at. */
const stretches = 512;

/** Adds up how the latency went over the window, in constant memory. */
export class Course {
  private readonly counts = new Float64Array(stretches);
  private readonly latencies = new Float64Array(stretches);
  private readonly from: number;
  private readonly perTick: number;

  constructor({ from, to }: MeasuredWindow) {
    this.from = from;
    this.perTick = stretches / (to - from);
  }

  /** @param latency nanoseconds of an operation that arrived in the window */
  add(arrivedAt: number, latency: number): void {
    const stretch = Math.floor((arrivedAt - this.from) * this.perTick);
    this.counts[stretch] += 1;
    this.latencies[stretch] += latency;
  }

  read(): CourseRecord {
    return { counts: [...this.counts], latencies: [...this.latencies] };
  }
}

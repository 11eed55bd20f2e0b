import { Histogram } from '../../sim/statistics/histogram.ts';

/** What can be amiss in a region. */
export const issues = ['unhealthy', 'lag', 'latency'] as const;
export type Issue = (typeof issues)[number];

/** Share of the answers that may be slower. */
const tail = 0.05;
/** With fewer answers a percentile says nothing. */
const fewest = 20;

/** What is known of one region: its answers since the last look, and since when something has been amiss. */
export class RegionWatch {
  /** Whether nothing was amiss at the last look. */
  isContent = true;
  readonly alerted = new Set<Issue>();
  private readonly since = new Map<Issue, number>();
  private readonly answers = new Histogram();
  /** Of the answers since it was last felt how things are: how many, the slow ones, and when the first of those came. */
  private recent = 0;
  private slow = 0;
  private firstSlowAt = Number.NaN;
  /** Whether too many answers were slow when it was last felt. */
  private isSlow = false;

  /** @param limit of the latency, in seconds */
  constructor(private readonly limit: number) {}

  answered(seconds: number, now: number): void {
    this.answers.record(seconds);
    this.recent += 1;
    if (seconds <= this.limit) return;
    if (this.slow === 0) this.firstSlowAt = now;
    this.slow += 1;
  }

  /** The p95 since the last look, in seconds; undefined where there were too few answers. Looking begins anew. */
  takeLatency(): number | undefined {
    const latency = this.answers.count < fewest ? undefined : this.answers.quantile(1 - tail);
    this.answers.clear();
    // A slow spell that did not make it into this look's percentile belongs to the next one only where it goes on.
    if ((latency === undefined || latency <= this.limit) && !this.isSlow) this.since.delete('latency');
    return latency;
  }

  /** Whether answers are slow, as far as enough of them came since this was last felt. */
  feelLatency(): void {
    const { firstSlowAt, recent, slow } = this;
    if (recent < fewest) return;
    this.isSlow = slow > tail * recent;
    if (this.isSlow && !this.since.has('latency')) this.since.set('latency', firstSlowAt);
    this.recent = 0;
    this.slow = 0;
  }

  /** How things are now, of what is there or not at an instant. */
  feel(issue: Exclude<Issue, 'latency'>, isAmiss: boolean, now: number): void {
    if (!isAmiss) this.since.delete(issue);
    else if (!this.since.has(issue)) this.since.set(issue, now);
  }

  /** When an issue that a look has found began, as far as it was felt. */
  beginningOf(issue: Issue, now: number): number {
    const isYoung = issue === 'latency' && this.slow > 0;
    return this.since.get(issue) ?? (isYoung ? this.firstSlowAt : now);
  }
}

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
  /** Since it was last felt how things are: answers, and those that were slow. */
  private recent = 0;
  private slow = 0;

  /** @param limit of the latency, in seconds */
  constructor(private readonly limit: number) {}

  answered(seconds: number): void {
    this.answers.record(seconds);
    this.recent += 1;
    if (seconds > this.limit) this.slow += 1;
  }

  /** The p95 since the last look, in seconds; undefined where there were too few answers. Looking begins anew. */
  takeLatency(): number | undefined {
    const latency = this.answers.count < fewest ? undefined : this.answers.quantile(1 - tail);
    this.answers.clear();
    return latency;
  }

  /** Whether answers have been slow since this was last asked; undefined where there were too few. */
  takeSlowness(): boolean | undefined {
    const { recent, slow } = this;
    if (recent < fewest) return undefined;
    this.recent = 0;
    this.slow = 0;
    return slow > tail * recent;
  }

  /** How things are now. */
  feel(issue: Issue, isAmiss: boolean, now: number): void {
    if (!isAmiss) this.since.delete(issue);
    else if (!this.since.has(issue)) this.since.set(issue, now);
  }

  /** When an issue began, as far as it was felt. */
  beginningOf(issue: Issue, now: number): number {
    return this.since.get(issue) ?? now;
  }
}

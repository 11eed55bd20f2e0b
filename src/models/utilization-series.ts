import type { Component, Occupancy } from './kind.ts';
import type { TimeSeries } from './timeline.ts';

/** What is asked, and where its answers go. */
interface Asked {
  readonly occupancy: (now: number) => readonly Occupancy[];
  /** The sums at the last look, and the series, by region. */
  readonly regions: Map<string, { busy: number; there: number; values: Float64Array }>;
}

/**
 * How busy everything is by bucket of the timeline, region by region: `services.desk.in.us-east.utilization`. Looks at
 * the end of each bucket only, so it costs nothing on the way; a bucket in which nothing was there has no value.
 */
export class UtilizationSeries {
  private readonly asked: Asked[];
  private bucket = 0;

  constructor(
    parts: readonly { readonly id: string; readonly component: Component }[],
    private readonly timeline: TimeSeries,
    private readonly length: number,
  ) {
    this.asked = parts.flatMap(({ id, component }) => {
      if (component.occupancy === undefined) return [];
      const occupancy = component.occupancy.bind(component);
      const regions = occupancy(0).map(({ region, busy, there }) => {
        const values = timeline.sampled(`${id}.in.${region}.utilization`, 'ratio');
        return [region, { busy, there, values }] as const;
      });
      return [{ occupancy, regions: new Map(regions) }];
    });
  }

  /** The instant of the next look: the end of the bucket under way. */
  get nextLook(): number {
    return this.bucket >= this.timeline.buckets
      ? Number.POSITIVE_INFINITY
      : Math.floor(((this.bucket + 1) * this.length) / this.timeline.buckets);
  }

  /** The bucket is over. */
  look(now: number): void {
    for (const { occupancy, regions } of this.asked) {
      for (const { region, busy, there } of occupancy(now)) {
        const last = regions.get(region);
        if (last === undefined) continue;
        if (there > last.there) last.values[this.bucket] = (busy - last.busy) / (there - last.there);
        last.busy = busy;
        last.there = there;
      }
    }
    this.bucket += 1;
  }

  /** Sums may have started anew: what is seen from here on is what counts. */
  windowOpened(now: number): void {
    for (const { occupancy, regions } of this.asked) {
      for (const { region, busy, there } of occupancy(now)) {
        const last = regions.get(region);
        if (last !== undefined) Object.assign(last, { busy, there });
      }
    }
  }
}

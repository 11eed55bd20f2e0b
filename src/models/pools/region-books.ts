import { Level } from '../../sim/statistics/level.ts';
import type { MetersOf } from '../meters.ts';
import type { nodeMeters } from './metrics.ts';
import { type NodeCounts, type Purchase, purchases } from './mix.ts';
import type { RegionNodes } from './region-nodes.ts';

export type NodeMeters = MetersOf<typeof nodeMeters>;

const meterOf = { reserved: 'reservedNodes', 'on-demand': 'onDemandNodes', spot: 'spotNodes' } as const;

/** What the nodes of a region were over time: for the meters, and for the bill. */
export class RegionBooks {
  private readonly bought: Readonly<Record<Purchase, Level>> = {
    reserved: new Level(),
    'on-demand': new Level(),
    spot: new Level(),
  };
  private readonly requested = new Level();
  private readonly room = new Level();
  private pending = 0;

  constructor(
    /** Of the region, and of the whole pool. */
    private readonly meters: readonly NodeMeters[],
  ) {}

  /** Writes down what is true from now on. */
  write(now: number, region: RegionNodes): void {
    for (const purchase of purchases) {
      const level = this.bought[purchase];
      const change = region.bought(purchase) - level.value;
      level.add(now, change);
      for (const meters of change === 0 ? [] : this.meters) {
        meters[meterOf[purchase]].add(now, change);
        meters.nodes.add(now, change);
      }
    }
    const up = region.nodes.filter(({ isUp }) => isUp);
    this.requested.set(now, sum(up.map(({ requested }) => requested)));
    this.room.set(now, sum(up.map(({ room }) => room)));
    for (const meters of this.meters) meters.pending.add(now, region.pending - this.pending);
    this.pending = region.pending;
  }

  openWindow(now: number): void {
    for (const level of [...Object.values(this.bought), this.requested, this.room]) level.reset(now);
  }

  closeWindow(now: number): void {
    const [requested, room] = [this.requested.integral(now), this.room.integral(now)];
    for (const meters of this.meters) meters.utilization.give(requested, room);
  }

  /** Core-seconds requested, and there, since the window opened. */
  occupancy(now: number): { readonly busy: number; readonly there: number } {
    return { busy: this.requested.integral(now), there: this.room.integral(now) };
  }

  /** Nodes on the mean since the window opened. */
  meanNodes(now: number): NodeCounts {
    const { reserved, 'on-demand': onDemand, spot } = this.bought;
    return { reserved: reserved.mean(now), 'on-demand': onDemand.mean(now), spot: spot.mean(now) };
  }

  /** Share of the cores that is requested; undefined where there are none. */
  utilization(now: number): number | undefined {
    const room = this.room.mean(now);
    return room > 0 ? this.requested.mean(now) / room : undefined;
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

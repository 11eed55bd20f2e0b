import type { Monitor } from '../contracts/monitor.ts';
import type { MetersOf } from '../meters.ts';
import type { Wiring } from '../wiring.ts';
import type { Admissions } from './admissions.ts';
import { regionMeters, type routingMeters } from './metrics.ts';

/** Keeps count of where attempts are sent, and passes on how they end. */
export class Dispatch {
  private readonly sentTo: Float64Array;
  private stale = 0;
  private readonly meters: MetersOf<typeof regionMeters>[];
  private admissions: Admissions | undefined;
  private monitor: Monitor | undefined;

  constructor(private readonly wiring: Wiring) {
    const { regions } = wiring.design;
    this.meters = regions.map((region) => wiring.meters(['routing', 'in', region], regionMeters));
    this.sentTo = new Float64Array(regions.length);
  }

  /** Addresses may change: stale ones are counted too, and the monitor wants to know how attempts end. */
  follow(admissions: Admissions, monitor: Monitor): void {
    this.admissions = admissions;
    this.monitor = monitor;
  }

  get listens(): boolean {
    return this.monitor !== undefined;
  }

  sent(region: number): void {
    if (!this.wiring.window.open) return;
    this.sentTo[region] += 1;
    if (this.admissions !== undefined && this.admissions.current[region] === 0) this.stale += 1;
  }

  ended(region: number, seconds: number): void {
    this.monitor?.attemptEnded(region, seconds);
  }

  closeWindow(routing: MetersOf<typeof routingMeters> | undefined): void {
    const all = this.sentTo.reduce((sum, count) => sum + count, 0);
    for (let region = 0; region < this.meters.length; region += 1)
      this.meters[region].share.give(this.sentTo[region], all);
    routing?.staleAnswers.give(this.stale, all);
  }
}

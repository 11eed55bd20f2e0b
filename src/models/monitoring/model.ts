import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Monitor } from '../contracts/monitor.ts';
import { type Router, routingSection } from '../contracts/router.ts';
import type { Component } from '../kind.ts';
import type { Loss } from '../loss.ts';
import type { MetersOf } from '../meters.ts';
import type { Meaning } from '../timeline.ts';
import type { Wiring } from '../wiring.ts';
import { type MonitoringConfig, watchesOver } from './config.ts';
import { monitoringMeters } from './metrics.ts';
import { type Issue, issues, RegionWatch } from './region-watch.ts';

/** How often it is felt whether something has begun to be amiss, to tell later how late an alert was. */
const feelEvery = toTicks(1);

const inSeconds = (seconds: number): string => formatQuantity(seconds, 'duration');

/** Looks at each region at a fixed rate, and alerts where it is unhealthy, behind, or slow. */
export class RegionMonitor implements Monitor, Component {
  readonly watches: boolean;
  private readonly regions: RegionWatch[];
  private readonly agenda: Agenda;
  private readonly meters: MetersOf<typeof monitoringMeters> | undefined;
  private router!: Router;
  private laggards: Component[] = [];
  /** Regions that are lost, whether anybody has found out or not. */
  private readonly lost = new Set<number>();

  constructor(
    private readonly config: MonitoringConfig,
    private readonly wiring: Wiring,
  ) {
    const { design } = wiring;
    this.watches = watchesOver(design);
    this.regions = design.regions.map(() => new RegionWatch(config.latency));
    this.agenda = wiring.agenda();
    if (this.watches) this.meters = wiring.meters(['monitoring'], monitoringMeters, 'counted');
  }

  connect(): void {
    this.router = this.wiring.find<Router>(routingSection);
    this.laggards = this.wiring.all.filter(({ lagIn }) => lagIn !== undefined);
  }

  start(): void {
    if (!this.watches) return;
    const every = toTicks(this.config.every);
    const phase = Math.round(this.wiring.stream('monitoring')() * every);
    this.repeat(phase, every, () => this.look());
    this.repeat(feelEvery, feelEvery, () => this.feel());
  }

  private repeat(first: number, every: number, what: () => void): void {
    this.agenda.after(first, {
      fire: () => {
        what();
        this.repeat(every, every, what);
      },
    });
  }

  isContent(region: number): boolean {
    return this.regions[region].isContent;
  }

  attemptEnded(region: number, seconds: number): void {
    this.regions[region].answered(seconds, this.wiring.simulation.now);
  }

  lose({ place, zone }: Loss): void {
    if (zone !== undefined) return;
    this.lost.add(place);
    this.regions[place].feel('unhealthy', true, this.wiring.simulation.now);
  }

  restore({ place, zone }: Loss): void {
    if (zone === undefined) this.lost.delete(place);
  }

  private lagOf(region: number): number {
    return this.laggards.reduce((most, component) => Math.max(most, component.lagIn?.(region) ?? 0), 0);
  }

  private feel(): void {
    const { now } = this.wiring.simulation;
    this.regions.forEach((watch, region) => {
      const isLost = this.lost.has(region);
      watch.feel('unhealthy', isLost || !this.router.isHealthy(region), now);
      const over = this.lagOf(region) - this.config.lag;
      // It grows by a second a second at most, but for what comes back from the dead.
      watch.feel('lag', over > 0, now - Math.min(feelEvery, Math.max(0, toTicks(over))));
      watch.feelLatency();
    });
  }

  private look(): void {
    this.feel();
    this.regions.forEach((watch, region) => {
      this.lookAt(watch, region);
    });
  }

  private lookAt(watch: RegionWatch, region: number): void {
    const { config, router } = this;
    const lag = this.lagOf(region);
    const latency = watch.takeLatency();
    const amiss: Partial<Record<Issue, string>> = {
      ...(router.isHealthy(region) ? {} : { unhealthy: 'unhealthy' }),
      ...(lag > config.lag ? { lag: `lag ${formatQuantity(lag, 'duration')}` } : {}),
      ...(latency !== undefined && latency > config.latency
        ? { latency: `latency ${Number.isFinite(latency) ? formatQuantity(latency, 'duration') : '∞'}` }
        : {}),
    };
    watch.isContent = Object.keys(amiss).length === 0;
    if (!watch.isContent) this.meters?.alerts.count();
    this.tell(watch, region, amiss);
  }

  /** What is new, and what is over. */
  private tell(watch: RegionWatch, region: number, amiss: Partial<Record<Issue, string>>): void {
    const { now } = this.wiring.simulation;
    const begun = issues.filter((issue) => issue in amiss && !watch.alerted.has(issue));
    for (const issue of begun) {
      watch.alerted.add(issue);
      const delay = (now - watch.beginningOf(issue, now)) / 1e9;
      this.meters?.alertDelay.observe(delay);
      const late = delay < 1 ? 'within a second of its beginning' : `${inSeconds(delay)} after it began`;
      const what = `alert: ${amiss[issue]}, ${late}`;
      this.note(region, what, { sort: 'alert' });
    }
    const over = [...watch.alerted].filter((issue) => !(issue in amiss));
    for (const issue of over) watch.alerted.delete(issue);
    if (over.length > 0 && watch.alerted.size === 0)
      this.note(region, 'all is well again', { sort: 'alert' });
  }

  private note(region: number, what: string, meaning: Meaning): void {
    const { design, simulation, timeline } = this.wiring;
    timeline.note(simulation.now, 'monitoring', `${design.regions[region]} ${what}`, meaning);
  }
}

import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Monitor } from '../contracts/monitor.ts';
import type { Stretch } from '../milestones.ts';
import type { Wiring } from '../wiring.ts';
import type { RecoveryConfig } from './config.ts';

/** How often it is looked whether a region has caught up. */
const lookEvery = toTicks(1);

/** Offers one region's traffic to it again: once it has caught up a little of it, then more by steps while all is well. */
export class Recovery {
  private share = 1;
  /** From its being healthy to its being given all of its traffic. */
  private ramp: Stretch | undefined;
  /** Grows whenever the region falls: what was planned before is void. */
  private plan = 0;
  private readonly agenda: Agenda;

  /** @param admit gives the region a share of its traffic from now on */
  constructor(
    private readonly place: number,
    private readonly config: RecoveryConfig | undefined,
    private readonly wiring: Wiring,
    private readonly monitor: Monitor,
    private readonly admit: (share: number) => void,
  ) {
    this.agenda = wiring.agenda();
  }

  /** The region is unhealthy. */
  fall(): void {
    this.plan += 1;
    this.ramp?.end(this.wiring.simulation.now);
    this.ramp = undefined;
    this.give(0);
  }

  /** It is healthy. */
  rise(): void {
    const { config, place, wiring } = this;
    const { milestones, simulation, design } = wiring;
    const whose = { component: 'routing', part: design.regions[place] };
    this.ramp ??= milestones.begin('ramp', whose, simulation.now);
    if (config === undefined) {
      this.give(1);
      this.tell();
    } else if (config.when === 'caught-up' && !this.isCaughtUp) {
      this.note('waits until it has caught up');
      this.await(config);
    } else {
      this.begin(config);
    }
  }

  private await(config: RecoveryConfig): void {
    this.later(lookEvery, () => {
      if (this.isCaughtUp) this.begin(config);
      else this.await(config);
    });
  }

  private get isCaughtUp(): boolean {
    return this.wiring.all.every((component) => component.isCaughtUp?.(this.place) ?? true);
  }

  private begin(config: RecoveryConfig): void {
    this.give(Math.min(1, config.start));
    this.tell();
    this.step(config);
  }

  private step(config: RecoveryConfig): void {
    if (this.share >= 1) return;
    this.later(toTicks(config.every), () => {
      const isContent = this.monitor.isContent(this.place);
      const before = this.share;
      const share = isContent ? before + config.step : Math.max(config.start, before - config.step);
      // Steps of 20% from 10% on would otherwise end at 1 − 2⁻⁵³.
      this.give(share > 1 - 1e-9 ? 1 : share);
      if (isContent) this.tell();
      else if (this.share < before) this.tell(', the monitor is not content');
      else this.note('no more for now, the monitor is not content');
      this.step(config);
    });
  }

  private later(delay: number, what: () => void): void {
    const { plan } = this;
    this.agenda.after(delay, {
      fire: () => {
        if (this.plan === plan) what();
      },
    });
  }

  private give(share: number): void {
    this.share = share;
    this.admit(share);
    if (share === 1) this.ramp?.end(this.wiring.simulation.now);
  }

  private tell(why = ''): void {
    this.note(`given ${this.share === 1 ? 'all' : formatQuantity(this.share, 'ratio')} of its traffic${why}`);
  }

  private note(what: string): void {
    const { simulation, timeline, design } = this.wiring;
    const as = `recovery of ${design.regions[this.place]}`;
    timeline.note(simulation.now, 'routing', `${as}: ${what}`, { sort: 'ramp', as });
  }
}

import { ticksPerSecond, toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import {
  type Damping,
  fallen,
  noPenalty,
  reuseAt,
  usualDamping,
} from '../algorithms/routing/flap-damping.ts';
import type { Network } from '../contracts/network.ts';
import type { Destination } from '../contracts/router.ts';
import type { Wiring } from '../wiring.ts';
import { type Checked, Checker } from './checker.ts';
import type { HealthConfig } from './config.ts';

/** Who hears what the checkers of a region agree on. */
export interface HealthListener {
  becameUnhealthy(region: number, why: string): void;
  /** It is healthy, and may be believed to be. */
  becameHealthy(region: number, why: string): void;
}

/** The health of one region, as enough of its checkers see it. */
export class RegionHealth implements Checked {
  isHealthy = true;
  private readonly checkers: Checker[];
  private readonly agenda: Agenda;
  private readonly damping: Damping | undefined;
  private penalty = noPenalty;
  /** How often the verdict changed: what was put off is stale after that. */
  private verdicts = 0;

  constructor(
    readonly place: number,
    private readonly health: HealthConfig,
    vantages: readonly number[],
    private readonly destinations: readonly Destination[],
    private readonly wiring: Wiring,
    network: Network,
    private readonly listener: HealthListener,
  ) {
    this.agenda = wiring.agenda();
    const random = wiring.stream(`routing.health.${wiring.design.regions[place]}`);
    this.checkers = Array.from(
      { length: health.checkers },
      (_, number) =>
        new Checker(vantages[number % vantages.length], this, health, network, this.agenda, random),
    );
    if (health.damping !== undefined) this.damping = usualDamping(toTicks(health.damping.halfLife));
  }

  start(): void {
    for (const checker of this.checkers) checker.start();
  }

  serves(): boolean {
    return this.destinations.every(
      (destination) => !destination.regions.includes(this.place) || destination.serves(this.place),
    );
  }

  changed(): void {
    const heard = this.checkers.filter(({ isSilent }) => !isSilent);
    if (heard.length === 0) return;
    const healthy = heard.filter(({ isHealthy }) => isHealthy).length;
    const isHealthy = healthy / heard.length > this.health.healthyShare;
    if (isHealthy === this.isHealthy) return;
    this.isHealthy = isHealthy;
    this.verdicts += 1;
    if (isHealthy) this.rise(`${healthy} of ${heard.length} checkers`);
    else this.fall(`${heard.length - healthy} of ${heard.length} checkers`);
  }

  private fall(why: string): void {
    const { damping, place } = this;
    const { now } = this.wiring.simulation;
    if (damping !== undefined) this.penalty = fallen(this.penalty, now, damping);
    this.listener.becameUnhealthy(place, why);
  }

  private rise(why: string): void {
    const { damping, penalty, place, verdicts, wiring } = this;
    const { now } = wiring.simulation;
    const believedAt = damping === undefined ? now : Math.ceil(reuseAt(penalty, damping));
    if (believedAt <= now) {
      this.listener.becameHealthy(place, why);
      return;
    }
    const wait = Math.round((believedAt - now) / ticksPerSecond);
    wiring.timeline.note(
      now,
      'routing',
      `${wiring.design.regions[place]} passes its checks, and is kept out for ${wait} s: it fell too often`,
      { sort: 'health' },
    );
    this.agenda.at(believedAt, {
      fire: () => {
        if (this.verdicts === verdicts) this.listener.becameHealthy(place, why);
      },
    });
  }
}

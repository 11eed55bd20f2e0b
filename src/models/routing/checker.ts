import { toTicks } from '../../sim/clock.ts';
import type { Random } from '../../sim/random/streams.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { hear, type Opinion } from '../algorithms/routing/consecutive.ts';
import type { Network } from '../contracts/network.ts';
import type { HealthConfig } from './config.ts';

/** What a checker checks, and whom it tells. */
export interface Checked {
  readonly place: number;
  /** Whether all that is reached under a name is ready there. */
  serves(): boolean;
  /** A checker has changed its mind, or fallen silent. */
  changed(): void;
}

/** One place from which a region is checked, at its own pace: connect, ask, wait for the answer. */
export class Checker {
  private opinion: Opinion = { isHealthy: true, against: 0 };
  /** Lost with the place where it stands: it says nothing, and is not counted. */
  isSilent = false;

  constructor(
    private readonly place: number,
    private readonly checked: Checked,
    private readonly health: HealthConfig,
    private readonly network: Network,
    private readonly agenda: Agenda,
    private readonly random: Random,
  ) {}

  get isHealthy(): boolean {
    return this.opinion.isHealthy;
  }

  start(): void {
    this.checkAfter(toTicks(this.health.interval) * this.random());
  }

  private checkAfter(delay: number): void {
    this.agenda.after(Math.round(delay), { fire: () => this.check() });
  }

  private check(): void {
    const { checked, health, network, place } = this;
    this.checkAfter(toTicks(health.interval));
    const wasSilent = this.isSilent;
    this.isSilent = !network.passes(place, place);
    if (this.isSilent !== wasSilent) checked.changed();
    if (this.isSilent) return;
    const connecting = this.exchange();
    if (connecting > toTicks(health.timeout)) {
      this.hearAfter(toTicks(health.timeout), false);
      return;
    }
    const answering = this.exchange();
    const limit = toTicks(health.answer);
    if (answering > limit) this.hearAfter(connecting + limit, false);
    else this.hearAfter(connecting + answering, true);
  }

  /** Nanoseconds there and back; Infinity where nothing passes. */
  private exchange(): number {
    const { checked, network, place, random } = this;
    return network.delay(place, checked.place, random()) + network.delay(checked.place, place, random());
  }

  /** @param answered whether an answer would have come, as the ways were when the check was sent */
  private hearAfter(delay: number, answered: boolean): void {
    this.agenda.after(delay, { fire: () => this.hear(answered && this.isAnswered()) });
  }

  private isAnswered(): boolean {
    const { checked, network, place } = this;
    return network.passes(place, checked.place) && network.passes(checked.place, place) && checked.serves();
  }

  private hear(passed: boolean): void {
    const before = this.opinion;
    this.opinion = hear(before, passed, this.health);
    if (this.opinion.isHealthy !== before.isHealthy) this.checked.changed();
  }
}

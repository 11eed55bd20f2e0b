import type { Tenant } from '../contracts/placer.ts';
import type { Fleet } from './fleet.ts';
import type { Instance } from './instance.ts';

/** One instance asked for: waits for room on a node, then starts, then serves, until it is let go or lost. */
export class Member implements Tenant {
  instance: Instance | undefined;
  /** Instant at which it had room and began to start; before the run for those that are there at the start. */
  startedAt = Number.NaN;
  /** Instant at which it became ready. */
  readyAt = Number.NaN;
  /** Let go, or its node was: it counts for nothing any more, whatever it still works on. */
  isGone = false;

  constructor(
    private readonly fleet: Fleet,
    readonly number: number,
    private readonly isWarm: boolean,
  ) {}

  get isReady(): boolean {
    return !this.isGone && this.instance?.isReady === true;
  }

  placed(now: number): void {
    const { fleet } = this;
    const instance = fleet.model.makeInstance(fleet.place, this.number);
    this.instance = instance;
    // Who finds no room at the start is no longer warm when it does.
    if (this.isWarm && now === 0) {
      this.startedAt = now - longAgo;
      this.readyAt = now - longAgo;
      fleet.becomeReady(instance);
      return;
    }
    this.startedAt = now;
    fleet.model.agenda.at(now + fleet.startupTicks(), { fire: () => this.started() });
  }

  private started(): void {
    const { fleet, instance } = this;
    if (this.isGone || !instance?.alive) return;
    this.readyAt = fleet.model.wiring.simulation.now;
    fleet.becomeReady(instance);
  }

  /** Two minutes' notice: stands aside for new requests, and a successor is asked for at once. */
  noticed(): void {
    if (this.isGone) return;
    this.fleet.standAside(this);
  }

  lost(_now: number, reason: string): void {
    if (!this.isGone) this.fleet.standAside(this);
    if (this.instance?.alive) this.instance.die(reason);
  }
}

/** What is there when the run starts has been there for longer than any autoscaler remembers. */
const longAgo = 3600e9;

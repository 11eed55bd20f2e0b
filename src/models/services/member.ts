import { CrashLoop } from '../algorithms/resilience/crash-loop.ts';
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
  private readonly crashLoop = new CrashLoop();
  private startsAt = 0;
  /** Zone of its region in which it has room. */
  zone = 0;
  /** Since when its machine is dead; NaN while it lives. */
  darkSince = Number.NaN;
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

  placed(now: number, zone: number): void {
    const { fleet } = this;
    this.zone = zone;
    const instance = fleet.makeInstance(this.number);
    this.instance = instance;
    // Who finds no room at the start is no longer warm when it does.
    if (this.isWarm && now === 0) {
      this.startedAt = now - longAgo;
      this.readyAt = now - longAgo;
      fleet.becomeReady(instance);
      return;
    }
    this.startedAt = now;
    this.start(instance, now);
  }

  private start(instance: Instance, at: number): void {
    const { fleet } = this;
    fleet.model.agenda.at(at + fleet.startupTicks(), { fire: () => this.started(instance) });
  }

  private started(instance: Instance): void {
    const { fleet } = this;
    if (this.isGone || !instance.alive || instance.isReady) return;
    this.readyAt = fleet.model.wiring.simulation.now;
    fleet.becomeReady(instance);
  }

  /** Its process is about to die; another one takes its place, that has not begun to start. */
  crashed(now: number): void {
    const { fleet } = this;
    this.instance = fleet.makeInstance(this.number);
    // Since when it is not ready: what an autoscaler sees of it.
    this.readyAt = now;
    this.startsAt = this.crashLoop.died(now);
  }

  /** Starts the process that takes the place of one that died, unless it was let go or lost its node meanwhile. */
  startAgain(): void {
    const { instance, fleet } = this;
    if (this.isGone || !instance?.alive) return;
    this.start(instance, Math.max(fleet.model.wiring.simulation.now, this.startsAt));
  }

  /** Its machine has died without a word. */
  silenced(): void {
    this.fleet.darkness.fell(this);
  }

  /** Its machine is up again. */
  revived(): void {
    this.fleet.darkness.lifted(this);
  }

  /** Starts anew on a machine that was dead, with nothing in memory. */
  startAnew(now: number): void {
    const { fleet } = this;
    const instance = fleet.makeInstance(this.number);
    this.instance = instance;
    this.startedAt = now;
    this.readyAt = now;
    this.start(instance, now);
  }

  /** Two minutes' notice: stands aside for new requests, and a successor is asked for at once. */
  noticed(): void {
    if (this.isGone) return;
    this.fleet.standAside(this);
  }

  lost(_now: number, reason: string): void {
    if (!this.isGone) this.fleet.standAside(this, reason);
    if (this.instance?.alive) this.instance.die(reason);
  }
}

/** What is there when the run starts has been there for longer than any autoscaler remembers. */
const longAgo = 3600e9;

import { toTicks } from '../../sim/clock.ts';
import type { Random } from '../../sim/random/streams.ts';
import type { Placer, Tenant } from '../contracts/placer.ts';
import type { Instance } from './instance.ts';
import type { ServiceModel } from './model.ts';
import { Usage } from './usage.ts';

/** Reads an instance's load for a balancer. */
export type Choose = (candidates: readonly Instance[], draw: (index: number) => number) => number;

/** The instances of a service in one region: those asked for, those starting, those ready, and what the gone ones did. */
export class Fleet {
  readonly ready: Instance[] = [];
  readonly usage = new Usage();
  private readonly members: Member[] = [];
  private made = 0;

  constructor(
    readonly model: ServiceModel,
    readonly place: number,
    readonly region: string,
    private readonly placer: Placer | undefined,
    private readonly startup: Random,
    private readonly balance: Choose,
  ) {}

  /** Instances asked for, ready or not. */
  get size(): number {
    return this.members.length;
  }

  /** Instances that run but are not ready yet, or wait for room. */
  get unready(): number {
    return this.members.length - this.ready.length;
  }

  choose(draw: (index: number) => number): Instance | undefined {
    const index = this.balance(this.ready, draw);
    return index < 0 ? undefined : this.ready[index];
  }

  /** Asks for instances or lets some go, until there are `size`. The youngest go first. */
  scale(size: number, isWarm = false): void {
    while (this.members.length < size) {
      const member = new Member(this, this.made, isWarm);
      this.made += 1;
      this.members.push(member);
      if (this.placer === undefined) member.placed(this.model.wiring.simulation.now);
      else this.placer.place(this.place, this.model.coreRequest, member);
    }
    while (this.members.length > size) this.retire(this.members[this.members.length - 1]);
  }

  /** Takes a member out at once; an instance with requests in it is left to finish them. */
  private retire(member: Member): void {
    this.forget(member);
    this.placer?.remove(member);
  }

  /** @internal */
  forget(member: Member): void {
    this.members.splice(this.members.indexOf(member), 1);
    const { instance } = member;
    if (instance === undefined) return;
    const { now } = this.model.wiring.simulation;
    const at = this.ready.indexOf(instance);
    if (at >= 0) this.ready.splice(at, 1);
    instance.isReady = false;
    this.usage.add(instance, now);
    this.model.fleetChanged(this);
  }

  /** @internal */
  lost(member: Member, reason: string): void {
    const { instance } = member;
    this.forget(member);
    instance?.die(reason);
    this.scale(this.members.length + 1);
  }

  /** @internal */
  startupTicks(): number {
    return toTicks(this.model.startup.quantile(this.startup()));
  }

  /** @internal */
  becomeReady(instance: Instance): void {
    instance.isReady = true;
    instance.openWindow(this.model.wiring.simulation.now);
    this.ready.push(instance);
    this.model.fleetChanged(this);
  }

  openWindow(now: number): void {
    this.usage.clear();
    for (const instance of this.ready) instance.openWindow(now);
  }

  closeWindow(now: number): void {
    for (const instance of this.ready) this.usage.add(instance, now);
  }
}

/** One instance asked for: waits for room on a node, then starts, then serves. */
class Member implements Tenant {
  instance: Instance | undefined;
  private isGone = false;

  constructor(
    private readonly fleet: Fleet,
    private readonly number: number,
    private readonly isWarm: boolean,
  ) {}

  placed(now: number): void {
    const { fleet } = this;
    const instance = fleet.model.makeInstance(fleet.place, this.number);
    this.instance = instance;
    if (this.isWarm) {
      fleet.becomeReady(instance);
      return;
    }
    fleet.model.agenda.at(now + fleet.startupTicks(), {
      fire: () => {
        if (!this.isGone && instance.alive) fleet.becomeReady(instance);
      },
    });
  }

  /** Two minutes' notice: stands aside for new requests, and a successor is asked for at once. */
  noticed(): void {
    if (this.isGone) return;
    this.isGone = true;
    const { fleet } = this;
    fleet.forget(this);
    fleet.scale(fleet.size + 1);
  }

  lost(_now: number, reason: string): void {
    if (this.isGone) {
      this.instance?.die(reason);
      return;
    }
    this.isGone = true;
    this.fleet.lost(this, reason);
  }
}

import { toTicks } from '../../sim/clock.ts';
import type { Random } from '../../sim/random/streams.ts';
import type { Network, Silence } from '../contracts/network.ts';
import type { Placer } from '../contracts/placer.ts';
import type { Failure } from '../cursor.ts';
import type { Occupancy } from '../kind.ts';
import { Darkness } from './darkness.ts';
import type { Instance } from './instance.ts';
import { Member } from './member.ts';
import type { ServiceModel } from './model.ts';
import { letGoFirst } from './scale-down-order.ts';
import { Usage } from './usage.ts';

/** Chooses one of the ready instances by the requests under way at each; -1 where there is none. */
export type Choose = (inFlight: readonly number[], draw: (index: number) => number) => number;

/** Makes an instance what a version makes of it. @returns what undoes that */
export type Version = (instance: Instance) => () => void;

/** How long an instance that is let go may still work: terminationGracePeriodSeconds of Kubernetes. */
const grace = toTicks(30);
/** How often it is looked whether such an instance is done. */
const lookAtLeaving = toTicks(1);

/** The instances of a service in one region: those asked for, those starting, those ready, and what the gone ones did. */
export class Fleet {
  readonly ready: Instance[] = [];
  /** Requests sent and not answered, of each ready instance. */
  private readonly inFlight: number[] = [];
  readonly usage = new Usage();
  /** All that are asked for, ready or not, in the order of their asking. */
  readonly members: Member[] = [];
  /** Let go, and not done yet. */
  private readonly leaving = new Set<Member>();
  readonly darkness: Darkness;
  /** What is deployed here, each new instance too. */
  private readonly versions = new Set<(instance: Instance) => void>();
  private made = 0;

  constructor(
    readonly model: ServiceModel,
    readonly place: number,
    readonly region: string,
    private readonly placer: Placer | undefined,
    private readonly startup: Random,
    private readonly balance: Choose,
    network: Network,
    zones: number,
  ) {
    this.darkness = new Darkness(this, network, zones, placer === undefined);
  }

  /** Instances asked for, ready or not. */
  get size(): number {
    return this.members.length;
  }

  /** Instances that run but are not ready yet, or wait for room. */
  get unready(): number {
    return this.members.length - this.ready.length;
  }

  private get now(): number {
    return this.model.wiring.simulation.now;
  }

  choose(draw: (index: number) => number): Instance | undefined {
    const index = this.balance(this.inFlight, draw);
    return index < 0 ? undefined : this.ready[index];
  }

  /** Asks for instances or lets some go, until there are `size`; warm ones are ready once they have room. */
  scale(size: number, isWarm = false): void {
    while (this.members.length < size) this.ask(isWarm);
    const excess = this.members.length - size;
    if (excess <= 0) return;
    for (const member of this.members.toSorted(letGoFirst).slice(0, excess)) this.letGo(member);
  }

  /** All instances run another version from now on, and those that come. @returns what rolls it back */
  deploy(version: Version): () => void {
    const undo: (() => void)[] = [];
    const install = (instance: Instance) => undo.push(version(instance));
    this.versions.add(install);
    for (const { instance } of this.members) if (instance !== undefined) install(instance);
    return () => {
      this.versions.delete(install);
      for (const end of undo) end();
    };
  }

  /** @internal */
  makeInstance(number: number): Instance {
    const instance = this.model.makeInstance(this.place, number);
    for (const install of this.versions) install(instance);
    return instance;
  }

  private ask(isWarm: boolean): void {
    const member = new Member(this, this.made, isWarm);
    this.made += 1;
    this.members.push(member);
    if (this.placer === undefined) member.placed(this.now, this.darkness.zoneOf(member));
    else this.placer.place(this.place, this.model.coreRequest, member);
  }

  /** Takes a member out: no new requests, and its room is free once it is idle or its grace is over. */
  private letGo(member: Member): void {
    this.forget(member);
    const { instance } = member;
    if (instance === undefined || instance.isIdle) {
      this.placer?.remove(member);
      instance?.stop();
    } else {
      this.leaving.add(member);
      this.awaitIdle(member, instance, this.now + grace);
    }
  }

  private awaitIdle(member: Member, instance: Instance, until: number): void {
    this.model.agenda.after(lookAtLeaving, {
      fire: () => {
        if (!instance.alive || instance.isIdle || this.now >= until) {
          this.leaving.delete(member);
          this.placer?.remove(member);
          if (instance.alive && !instance.isIdle) instance.die('terminated');
          else instance.stop();
        } else this.awaitIdle(member, instance, until);
      },
    });
  }

  /** @internal its node goes, or (for a reason) is gone: it takes no new requests, and another one is asked for */
  standAside(member: Member, reason?: Failure): void {
    this.forget(member, reason);
    this.ask(false);
  }

  /** The ready instance at this place dies, and nobody is asked for in its stead. */
  crash(slot: number): void {
    const instance = this.ready[slot];
    const member = this.members.find((each) => each.instance === instance);
    if (member !== undefined) this.forget(member, 'crashed');
  }

  /** Members whose instances are ready, the longest there first. */
  get readyMembers(): Member[] {
    return this.serving.flatMap(
      (instance) => this.members.find((member) => member.instance === instance) ?? [],
    );
  }

  /**
   * A member's process dies with all that is in its memory, and is started again in its place.
   * @param isHeld not before `startAgain` is called
   */
  kill(member: Member, isHeld: boolean): void {
    const { instance } = member;
    if (instance === undefined) return;
    const { wiring, name } = this.model;
    wiring.timeline.note(this.now, `services.${name}`, `${instance.title} crashes`, {
      sort: 'health',
      as: `instances in ${this.region} crash`,
    });
    member.crashed(this.now);
    this.takeOut(instance, 'crashed');
    if (!isHeld) member.startAgain();
  }

  private forget(member: Member, reason?: Failure): void {
    member.isGone = true;
    this.members.splice(this.members.indexOf(member), 1);
    this.takeOut(member.instance, reason);
    this.darkness.forget(member);
  }

  /** @param reason of its death, if it has died: who lives on it hears of that before it is missed */
  private takeOut(instance: Instance | undefined, reason: Failure | undefined): void {
    const at = instance === undefined ? -1 : this.ready.indexOf(instance);
    // One that never was ready has done nothing, and its stations have no window.
    if (instance === undefined || at < 0) return;
    this.ready.splice(at, 1);
    this.inFlight.splice(at, 1);
    instance.countNowhere(this.now);
    this.number();
    instance.isReady = false;
    if (instance.alive) {
      this.usage.close(instance, this.now);
      if (reason !== undefined) instance.die(reason);
    }
    this.model.fleetChanged(this);
  }

  /** Members whose machines may die: those asked for, and those let go that still work. */
  get everybody(): Member[] {
    return [...this.members, ...this.leaving];
  }

  /** Ready instances that live. */
  get serving(): readonly Instance[] {
    return this.darkness.isEmpty ? this.ready : this.ready.filter(({ alive }) => alive);
  }

  /** @internal a member's machine dies: its instance with it, though it stays among the ready ones until that is noticed */
  silence({ instance }: Member, silence: Silence | null): void {
    if (instance === undefined || !instance.alive) return;
    if (instance.isReady && this.ready.includes(instance)) this.usage.close(instance, this.now);
    instance.fallSilent('crashed', silence);
    this.model.fleetChanged(this);
  }

  /** @internal it is noticed that an instance is dead */
  miss(instance: Instance): void {
    this.takeOut(instance, undefined);
  }

  /** @internal it is given up where it stood, and another one is asked for */
  evict(member: Member): void {
    this.forget(member);
    this.placer?.remove(member);
    this.ask(false);
  }

  /** @internal */
  startupTicks(): number {
    return toTicks(this.model.startup.quantile(this.startup()));
  }

  /** @internal */
  becomeReady(instance: Instance): void {
    instance.isReady = true;
    instance.openWindow(this.now);
    this.ready.push(instance);
    this.inFlight.push(instance.inFlight);
    this.number();
    this.model.fleetChanged(this);
  }

  /** Each ready instance counts its requests at its place in the list that the balancer reads. */
  private number(): void {
    this.ready.forEach((instance, slot) => {
      instance.countAt(this.inFlight, slot);
    });
  }

  /** Requests that wait for a thread or a core. */
  waiting(now: number): number {
    return this.serving.reduce((sum, instance) => sum + instance.waiting(now), 0);
  }

  openWindow(now: number): void {
    this.usage.clear();
    for (const instance of this.serving) instance.openWindow(now);
  }

  occupancy(now: number): Occupancy {
    const seen = new Usage();
    seen.addAll(this.usage);
    for (const instance of this.serving) seen.add(instance, now);
    return { region: this.region, ...seen.binding };
  }

  closeWindow(now: number): void {
    for (const instance of this.serving) this.usage.close(instance, now);
  }
}

import { toTicks } from '../../sim/clock.ts';
import type { Network, Silence } from '../contracts/network.ts';
import type { Loss } from '../loss.ts';
import type { Turn } from '../milestones.ts';
import type { Fleet } from './fleet.ts';
import type { Member } from './member.ts';

/**
 * How a cluster of Kubernetes finds out that machines are dead, and what it does then.
 *
 * Rule: a node whose heartbeats have stopped for node-monitor-grace-period is not ready, and its pods are endpoints no
 * more; until then balancers send to them, and hear nothing. When its pods have not tolerated that for tolerationSeconds
 * they are evicted, and others are asked for. The pods of a machine that is back before start anew where they were.
 * Source: Kubernetes 1.28: node-monitor-grace-period 40 s (50 s from 1.32), tolerationSeconds 300 for
 * node.kubernetes.io/not-ready and unreachable. Differs: the grace counts from the death, not from the last heartbeat
 * (up to 10 s before it), and the controller that looks every 5 s is not waited for; evictions are not slowed down when
 * much of a zone is lost (unhealthy-zone-threshold: 0.1 nodes a second above 55%). A region that is lost loses its
 * control plane too: nothing is noticed there before it is back.
 */
const noticedAfter = toTicks(40);
const evictedAfter = toTicks(300);

/** The machines of a fleet's instances that are dead without a word. */
export class Darkness {
  private isRegionLost = false;
  private readonly lostZones = new Set<number>();
  private readonly silences = new Map<Member, Silence>();
  private dark = 0;

  /** @param hasOwnZones whether members are dealt over the zones here: no pool does it */
  constructor(
    private readonly fleet: Fleet,
    private readonly network: Network,
    private readonly zones: number,
    private readonly hasOwnZones: boolean,
  ) {}

  /** Whether all machines are as they should be. */
  get isEmpty(): boolean {
    return this.dark === 0;
  }

  private get now(): number {
    return this.fleet.model.wiring.simulation.now;
  }

  /** Whether the region is lost, or each of its zones, and its control plane with it. */
  get isTotal(): boolean {
    return this.isRegionLost || this.lostZones.size === this.zones;
  }

  /** Zones in turn, those that are lost left out. */
  zoneOf({ number }: Member): number {
    const { lostZones, zones } = this;
    const turn = Array.from({ length: zones }, (_, step) => (number + step) % zones);
    return turn.find((zone) => !lostZones.has(zone)) ?? turn[0];
  }

  lose({ zone }: Loss): void {
    if (zone === undefined) this.isRegionLost = true;
    else this.lostZones.add(zone);
    if (!this.hasOwnZones) return;
    for (const member of this.fleet.everybody)
      if (zone === undefined || member.zone === zone) this.fell(member);
  }

  /** @param size that the fleet begins with anew where all of it was lost */
  restore({ zone }: Loss, size: number): void {
    if (zone === undefined) {
      this.isRegionLost = false;
      for (const member of this.fleet.members) this.miss(member);
      this.fleet.scale(size);
    } else this.lostZones.delete(zone);
    // Where those stood that have been given up since, there is somebody again who says that he knows nothing.
    for (const [member, silence] of this.silences)
      if (member.isGone && (zone === undefined || member.zone === zone)) this.end(member, silence);
    if (!this.hasOwnZones) return;
    for (const member of [...this.fleet.members])
      if (zone === undefined || member.zone === zone) this.lifted(member);
  }

  /** A member's machine has died. */
  fell(member: Member): void {
    const { fleet, network, now } = this;
    if (!Number.isNaN(member.darkSince) || !member.instance?.alive) return;
    const { place, model } = fleet;
    // In a lost region nothing passes, and the links hold up what is sent.
    const silence = network.passes(place, place) ? network.silence(place) : null;
    if (silence !== null) this.silences.set(member, silence);
    if (!member.isGone) {
      member.darkSince = now;
      this.dark += 1;
    }
    fleet.silence(member, silence);
    if (member.isGone) return;
    const { cause } = model.wiring.milestones;
    model.agenda.after(noticedAfter, {
      fire: () => this.ifStillDark(member, now, () => this.found(member, cause)),
    });
    model.agenda.after(noticedAfter + evictedAfter, {
      fire: () => this.ifStillDark(member, now, () => this.evict(member)),
    });
  }

  private ifStillDark(member: Member, since: number, then: () => void): void {
    if (member.darkSince === since && !member.isGone && !this.isTotal) then();
  }

  private found(member: Member, cause: Turn | undefined): void {
    const { model, region } = this.fleet;
    const whose = { component: `services.${model.name}.in.${region}`, part: `instance ${member.number}` };
    model.wiring.milestones.since('detect', whose, cause, this.now);
    this.miss(member);
  }

  private miss({ instance }: Member): void {
    if (instance !== undefined && !instance.alive) this.fleet.miss(instance);
  }

  private evict(member: Member): void {
    const { model, region } = this.fleet;
    model.wiring.timeline.note(
      this.now,
      `services.${model.name}`,
      `${region} instance ${member.number} is given up with its machine`,
      { sort: 'judged', as: `instances in ${region} are given up with their machines` },
    );
    this.fleet.evict(member);
  }

  /** A member's machine is up again. */
  lifted(member: Member): void {
    if (Number.isNaN(member.darkSince)) return;
    this.miss(member);
    this.forget(member);
    const silence = this.silences.get(member);
    if (silence !== undefined) this.end(member, silence);
    if (!member.isGone) member.startAnew(this.now);
  }

  /** A member is dark no more, or is missed by nobody. */
  forget(member: Member): void {
    if (Number.isNaN(member.darkSince)) return;
    member.darkSince = Number.NaN;
    this.dark -= 1;
  }

  private end(member: Member, silence: Silence): void {
    this.silences.delete(member);
    // What gets through from now on is refused, and that is heard.
    if (member.instance?.silence === silence) member.instance.silence = null;
    silence.end();
  }
}

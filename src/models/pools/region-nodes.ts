import { toTicks } from '../../sim/clock.ts';
import type { Random } from '../../sim/random/streams.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { chooseNode, type NodeChoice } from '../algorithms/placement/choose-node.ts';
import type { Tenant } from '../contracts/placer.ts';
import { countsOf, type NodeCounts, nextPurchase, type Purchase, spreadPurchases } from './mix.ts';
import { Node } from './node.ts';
import { nodesToBuy, type Waiting } from './pending.ts';
import { noticeSeconds, type PoolSettings } from './settings.ts';

/** Who keeps the books of the nodes in a region. */
export interface NodeLedger {
  /** Nodes, their room or what waits has changed. */
  changed(now: number): void;
  interrupted(now: number, tenants: number): void;
  /** @param isFirst whether nobody was waiting refused before */
  refused(now: number, count: number, isFirst: boolean): void;
}

export interface RegionNodesOptions extends PoolSettings {
  readonly size: number | undefined;
  readonly choice: NodeChoice;
  /** Of the region; nodes are bought in one after the other. Default: one. */
  readonly zones?: number;
  /** Nanoseconds. */
  readonly keepEmpty: number;
  /** Interruptions of a spot node a second. */
  readonly spotRate: number;
  readonly startups: Random;
  readonly interruptions: Random;
}

/**
 * The nodes of a pool in one region: buys them when somebody waits and nothing that is up or starting has room, gives
 * empty ones back after a while, loses spot ones after a notice.
 *
 * At instant 0 nodes are up at once; which of them are bought how is settled when all who are there at the start have
 * asked (`settle`).
 */
export class RegionNodes {
  readonly nodes: Node[] = [];
  private waiting: Waiting[] = [];
  private readonly homes = new Map<Tenant, Node>();
  /** How the shares divide the size; known once settled. */
  private shares: NodeCounts | undefined;
  private made = 0;
  /** Zones that are lost; all of them are when the region is. */
  private readonly lostZones = new Set<number>();

  constructor(
    private readonly options: RegionNodesOptions,
    private readonly agenda: Agenda,
    private readonly clock: { readonly now: number },
    private readonly ledger: NodeLedger,
  ) {}

  get pending(): number {
    return this.waiting.length;
  }

  /** How the mix is divided here. */
  get counts(): NodeCounts {
    return this.shares ?? { reserved: 0, 'on-demand': 0, spot: 0 };
  }

  /** Interruptions of a spot node a second. */
  get spotRate(): number {
    return this.options.spotRate;
  }

  /** Nodes that live and are not under notice. */
  private get staying(): Node[] {
    return this.nodes.filter(({ isDead, isLeaving }) => !isLeaving && !isDead);
  }

  /** Nodes that are paid for. */
  bought(purchase: Purchase): number {
    return this.nodes.reduce((sum, node) => sum + (node.purchase === purchase ? 1 : 0), 0);
  }

  place(cores: number, tenant: Tenant): void {
    this.waiting.push({ tenant, request: requestOf(cores), isRefused: false });
    this.schedule();
  }

  remove(tenant: Tenant): void {
    const node = this.homes.get(tenant);
    if (node === undefined) {
      this.waiting = this.waiting.filter((each) => each.tenant !== tenant);
      this.ledger.changed(this.clock.now);
      return;
    }
    this.homes.delete(tenant);
    node.drop(tenant);
    if (node.isDead && node.isEmpty) this.replace(node);
    this.schedule();
    if (node.isEmpty) this.planRelease(node);
  }

  /** All that is there at the start has asked: divides the nodes by the mix, buys what must be there besides. */
  settle(): void {
    const { mix, min, size } = this.options;
    while (this.nodes.length < min) this.addNode();
    this.shares = countsOf(mix, size ?? this.nodes.length);
    while (this.nodes.length < this.shares.reserved) this.addNode();
    const counts: Record<Purchase, number> = { reserved: 0, 'on-demand': 0, spot: 0 };
    for (let node = 0; node < this.nodes.length; node += 1) counts[nextPurchase(counts, this.shares)] += 1;
    spreadPurchases(counts).forEach((purchase, at) => {
      this.nodes[at].purchase = purchase;
      this.riskInterruption(this.nodes[at]);
      if (this.nodes[at].isEmpty) this.planRelease(this.nodes[at]);
    });
    this.ledger.changed(this.clock.now);
  }

  /** Those who wait go to nodes that are up, in the order of their asking; for the others nodes are bought. */
  private schedule(): void {
    const { now } = this.clock;
    if (this.isLost) return;
    const placed = this.placeWaiting();
    this.provision();
    // Before the start is settled a new node is up at once.
    if (this.waiting.length > 0 && this.shares === undefined) placed.push(...this.placeWaiting());
    this.ledger.changed(now);
    for (const tenant of placed) tenant.placed(now, this.homes.get(tenant)?.zone ?? 0);
  }

  private placeWaiting(): Tenant[] {
    const placed: Tenant[] = [];
    const open = this.nodes.filter(({ isUp, isLeaving }) => isUp && !isLeaving);
    this.waiting = this.waiting.filter(({ tenant, request }) => {
      const node = chooseNode(open, request, this.options.choice);
      if (node === undefined) return true;
      node.take(tenant, request);
      this.homes.set(tenant, node);
      placed.push(tenant);
      return false;
    });
    return placed;
  }

  private provision(): void {
    if (this.waiting.length === 0) return;
    const { room, max } = this.options;
    const { staying } = this;
    const starting = staying.filter(({ isUp }) => !isUp).map(({ free }) => free);
    const { count, without } = nodesToBuy(this.waiting, starting, room, max - staying.length);
    for (let node = 0; node < count; node += 1) this.buy();
    const refused = without.filter(({ isRefused }) => !isRefused);
    const isFirst = this.waiting.every(({ isRefused }) => !isRefused);
    for (const each of refused) each.isRefused = true;
    if (refused.length > 0) this.ledger.refused(this.clock.now, refused.length, isFirst);
  }

  private buy(): void {
    const { shares } = this;
    if (shares === undefined) {
      this.addNode();
      return;
    }
    const { staying } = this;
    const count = (purchase: Purchase) => staying.filter((node) => node.purchase === purchase).length;
    const there = { reserved: count('reserved'), 'on-demand': count('on-demand'), spot: count('spot') };
    const node = this.makeNode();
    node.purchase = nextPurchase(there, shares);
    const { startup, startups } = this.options;
    this.agenda.after(toTicks(startup.quantile(startups())), { fire: () => this.nodeUp(node) });
  }

  /** A node that is there at the start. */
  private addNode(): void {
    this.makeNode().isUp = true;
  }

  private makeNode(): Node {
    const node = new Node(this.made, this.options.room, this.nextZone());
    this.made += 1;
    this.nodes.push(node);
    return node;
  }

  private nodeUp(node: Node): void {
    if (node.isDead || node.isGone) return;
    node.isUp = true;
    this.riskInterruption(node);
    this.schedule();
    if (node.isEmpty) this.planRelease(node);
  }

  /** Gives a node back if nobody has come in the meantime. */
  private planRelease(node: Node): void {
    if (node.purchase === 'reserved' || node.isLeaving || node.isDead || this.shares === undefined) return;
    const { changes } = node;
    this.agenda.after(this.options.keepEmpty, {
      fire: () => {
        const isNeeded = node.changes !== changes || this.staying.length <= this.options.min;
        if (node.isGone || node.isDead || isNeeded) return;
        this.take(node);
        this.ledger.changed(this.clock.now);
      },
    });
  }

  private riskInterruption(node: Node): void {
    const { spotRate, interruptions } = this.options;
    if (node.purchase !== 'spot' || spotRate === 0) return;
    const life = -Math.log(interruptions()) / spotRate;
    // Past what the clock can count, and any run with it.
    if (life > longestLife) return;
    this.agenda.after(toTicks(life), { fire: () => this.interrupt(node) });
  }

  /** The cloud wants a spot node back: two minutes' notice, then it is gone with all that is on it. */
  interrupt(node: Node): void {
    if (node.isGone || node.isDead || node.isLeaving) return;
    const { now } = this.clock;
    const goneAt = now + toTicks(noticeSeconds);
    node.isLeaving = true;
    this.ledger.interrupted(now, node.tenants.length);
    while (this.staying.length < this.options.min) this.buy();
    this.agenda.at(goneAt, { fire: () => this.loseNode(node, 'interrupted') });
    for (const tenant of node.tenants) tenant.noticed?.(now, goneAt);
    this.ledger.changed(now);
  }

  private loseNode(node: Node, reason: string): void {
    if (node.isGone) return;
    const { now } = this.clock;
    const { tenants } = node;
    this.take(node);
    this.ledger.changed(now);
    for (const tenant of tenants) {
      this.homes.delete(tenant);
      tenant.lost(now, reason);
    }
  }

  private get zones(): number {
    return this.options.zones ?? 1;
  }

  /** Nothing is bought and nobody is placed. */
  private get isLost(): boolean {
    return this.lostZones.size === this.zones;
  }

  /** Zones in turn, those that are lost left out. */
  private nextZone(): number {
    const { lostZones, made, zones } = this;
    const turn = Array.from({ length: zones }, (_, step) => (made + step) % zones);
    return turn.find((zone) => !lostZones.has(zone)) ?? turn[0];
  }

  /** A zone is lost with all nodes there, or (undefined) all zones. */
  lose(zone: number | undefined): void {
    for (let each = 0; each < this.zones; each += 1)
      if (zone === undefined || zone === each) this.lostZones.add(each);
    for (const node of [...this.nodes]) if (this.lostZones.has(node.zone)) this.crash(node);
  }

  /** What was lost is there again: its nodes start. */
  restore(zone: number | undefined): void {
    if (zone === undefined) this.lostZones.clear();
    else this.lostZones.delete(zone);
    for (const node of this.nodes) if (node.isDead && !this.lostZones.has(node.zone)) this.startAgain(node);
    while (this.nodes.length < this.options.min) this.buy();
    // Whoever has waited for the region finds room in it, or has nodes bought.
    this.schedule();
  }

  /** A node dies without a word, and what runs on it. Those who had room there keep it until they are moved. */
  crash(node: Node): void {
    if (node.isDead || node.isGone) return;
    const { now } = this.clock;
    node.isUp = false;
    node.isDead = true;
    node.changes += 1;
    for (const tenant of node.tenants) tenant.silenced?.(now);
    if (node.isEmpty) this.replace(node);
    this.ledger.changed(now);
  }

  /** A dead node on which nobody counts any more: one that is paid for in any case starts again, another is given back. */
  private replace(node: Node): void {
    if (node.purchase !== 'reserved') this.take(node);
    else if (!this.lostZones.has(node.zone)) this.startAgain(node);
  }

  private startAgain(node: Node): void {
    const { startup, startups } = this.options;
    this.agenda.after(toTicks(startup.quantile(startups())), {
      fire: () => {
        if (node.isGone || !node.isDead || this.lostZones.has(node.zone)) return;
        this.revive(node);
      },
    });
  }

  private revive(node: Node): void {
    const { now } = this.clock;
    node.isDead = false;
    node.isUp = true;
    node.changes += 1;
    this.riskInterruption(node);
    for (const tenant of node.tenants) tenant.revived?.(now);
    this.schedule();
    if (node.isEmpty) this.planRelease(node);
  }

  /** Spot nodes that could be taken away, and nodes that could die. */
  get interruptible(): Node[] {
    return this.nodes.filter(
      ({ isDead, isLeaving, isUp, purchase }) => purchase === 'spot' && isUp && !isDead && !isLeaving,
    );
  }

  get living(): Node[] {
    return this.nodes.filter(({ isDead, isUp }) => isUp && !isDead);
  }

  private take(node: Node): void {
    node.isGone = true;
    this.nodes.splice(this.nodes.indexOf(node), 1);
  }
}

/** Seconds. */
const longestLife = 100 * 24 * 3600;

/** Kubernetes counts CPU in thousandths, and rounds up. */
export const requestOf = (cores: number): number => Math.ceil(cores * 1000 - 1e-6);

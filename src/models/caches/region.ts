import { Line } from '../../sim/stations/line.ts';
import { type CacheStore, expired, hit } from '../algorithms/caching/cache-store.ts';
import { redisSlotOwners } from '../algorithms/partitioning/crc16-slots.ts';
import type { Silence } from '../contracts/network.ts';
import { type Loss, strikes } from '../loss.ts';
import type { MetersOf } from '../meters.ts';
import type { CacheKey } from './cache-key.ts';
import type { CachePlacement, Policy } from './config.ts';
import { Flights } from './flights.ts';
import type { cacheMeters } from './metrics.ts';
import { storeOf } from './store.ts';
import type { AcknowledgedWrite } from './write-log.ts';

/** One node: the entries in its memory and the threads that serve them. */
export class CacheNode {
  store: CacheStore;
  /** The oldest write that an entry lacks, of those entries that lack one. */
  readonly stale = new Map<number, AcknowledgedWrite>();
  readonly line: Line;
  /** How many times longer than usual its threads take. */
  slowness = 1;
  /** Faults that keep it from running. */
  outages = 0;
  /** Its machine is dead without a word; null: where it does not run, its machine refuses connections. */
  silence: Silence | null = null;

  constructor(
    readonly entries: number,
    threads: number,
    private readonly empty: () => CacheStore,
  ) {
    this.store = empty();
    this.line = new Line(threads);
  }

  get isDown(): boolean {
    return this.outages > 0;
  }

  /** All that was in its memory is gone. */
  forget(): void {
    this.store = this.empty();
    this.stale.clear();
  }
}

/** What happened in a window. */
class Counts {
  lookups = 0;
  localHits = 0;
  remoteHits = 0;
  joins = 0;
  evictions = 0;
  expirations = 0;
  timeouts = 0;
  notPermitted = 0;
  staleReads = 0;
  invalidations = 0;
  lostInvalidations = 0;
}

/** A cache in one region: its nodes, and what those who are there have asked. */
export class CacheRegion {
  readonly nodes: readonly CacheNode[];
  readonly flights = new Flights();
  counts = new Counts();
  /** Lookups of the whole run, and those that found nothing. */
  lookups = 0;
  misses = 0;
  /** Of the window, once that is over. */
  utilization = Number.NaN;
  private readonly owners: Uint16Array | undefined;
  private readonly lives: number;
  private readonly sweeps: boolean;
  private held = 0;

  /**
   * @param place of the region
   * @param lives nanoseconds from the write of an entry; Infinity for ever
   */
  constructor(
    readonly place: number,
    readonly placement: CachePlacement,
    options: { policy: Policy; lives: number; threads: number },
    random: () => number,
    readonly meters: MetersOf<typeof cacheMeters>,
    /** Meters of the cache in all regions. */
    private readonly whole: MetersOf<typeof cacheMeters>,
  ) {
    const { nodes, entries } = placement;
    this.lives = options.lives;
    this.sweeps = options.policy === 'ttl';
    this.nodes = Array.from({ length: nodes }, (_, node) => {
      const room = entries < Number.POSITIVE_INFINITY ? share(entries, nodes, node) : entries;
      return new CacheNode(room, options.threads, () => storeOf(options.policy, room, random));
    });
    if (nodes > 1) this.owners = redisSlotOwners(nodes);
  }

  get name(): string {
    return this.placement.region;
  }

  /** Entries that take up room. */
  get size(): number {
    return this.held;
  }

  /** The node that holds an entry, if anyone does. */
  nodeOf(key: CacheKey, number: number): CacheNode {
    return this.owners === undefined ? this.nodes[0] : this.nodes[this.owners[key.slotOf(number)]];
  }

  /** Looks an entry up: it is used if it is there, and gone if it was past its time. */
  has(node: CacheNode, number: number, now: number): boolean {
    if (node.isDown) return false;
    const answer = node.store.lookup(number, now);
    if (answer === expired) {
      this.counts.expirations += 1;
      this.changed(now, -1);
      if (node.stale.size > 0) node.stale.delete(number);
    }
    return answer === hit;
  }

  /** Writes an entry, which may push another one out. */
  keep(node: CacheNode, number: number, now: number, expiresAt = now + this.lives): void {
    const { store } = node;
    if (node.isDown) return;
    const before = store.size;
    // This policy sweeps while it writes: only who knows whether the entry is new can tell how many were swept.
    const isNew = this.sweeps && store.lookup(number, now) !== hit;
    const evicted = store.insert(number, now, expiresAt);
    const isEvicting = evicted >= 0;
    if (isEvicting) this.counts.evictions += 1;
    if (isEvicting && node.stale.size > 0) node.stale.delete(evicted);
    const change = store.size - before;
    if (this.sweeps) this.counts.expirations += (isNew ? 1 : 0) - (isEvicting ? 1 : 0) - change;
    if (change !== 0) this.changed(now, change);
  }

  /** Removes an entry, if it is there. */
  remove(node: CacheNode, number: number, now: number): void {
    if (node.isDown || !node.store.remove(number)) return;
    node.stale.delete(number);
    this.changed(now, -1);
  }

  /** Nodes that are lost: they are spread over the region's zones in turn. */
  struckBy(loss: Loss): CacheNode[] {
    return this.nodes.filter((_, number) => strikes(loss, this.place, number));
  }

  /** A node dies with what it holds. */
  crash(node: CacheNode, now: number): void {
    node.outages += 1;
    this.changed(now, -node.store.size);
    node.forget();
  }

  /** What made a node die is over: it starts, and holds nothing. */
  restart(node: CacheNode): void {
    const { silence } = node;
    node.outages -= 1;
    if (node.isDown) return;
    node.silence = null;
    silence?.end();
  }

  openWindow(now: number): void {
    this.counts = new Counts();
    for (const { line } of this.nodes) line.resetWindow(now);
  }

  /** Gives what the window saw to the meters. */
  closeWindow(now: number): void {
    const {
      lookups,
      localHits,
      remoteHits,
      joins,
      evictions,
      expirations,
      timeouts,
      notPermitted,
      staleReads,
      invalidations,
      lostInvalidations,
    } = this.counts;
    const { busy, there } = this.occupancy(now);
    for (const each of [this.meters, this.whole]) {
      each.hitRatio.give(localHits + remoteHits, lookups);
      each.localHitRatio.give(localHits, lookups);
      each.remoteHitRatio.give(remoteHits, lookups);
      each.lookups.count(lookups);
      each.loads.count(lookups - localHits - remoteHits - joins);
      each.singleFlightJoins.count(joins);
      each.evictions.count(evictions);
      each.expirations.count(expirations);
      each.timeouts.count(timeouts);
      each.notPermitted.count(notPermitted);
      each.staleReads.count(staleReads);
      each.staleRatio.give(staleReads, lookups);
      each.invalidations.count(invalidations);
      each.lostInvalidations.count(lostInvalidations);
      each.utilization.give(busy, there);
    }
    this.whole.latency.give(this.meters.latency);
    this.whole.staleness.give(this.meters.staleness);
    this.utilization = busy / there;
  }

  /** Nanoseconds of the window in which threads were busy, and all that there were. */
  occupancy(now: number): { readonly busy: number; readonly there: number } {
    let busy = 0;
    let there = 0;
    for (const { line } of this.nodes) {
      const { busyTicks, serverTicks } = line.observe(now);
      busy += busyTicks;
      there += serverTicks;
    }
    return { busy, there };
  }

  private changed(now: number, change: number): void {
    this.held += change;
    // What was filled in before the run is metered from its beginning.
    const since = Math.max(0, now);
    this.meters.entries.add(since, change);
    this.whole.entries.add(since, change);
  }
}

/** Room of node `node` of `nodes`: the first ones take what does not divide. */
const share = (entries: number, nodes: number, node: number): number =>
  Math.floor(entries / nodes) + (node < entries % nodes ? 1 : 0);

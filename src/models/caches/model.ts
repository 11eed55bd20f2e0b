import { toTicks } from '../../sim/clock.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { type KeyPopulation, keysSection } from '../contracts/keys.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { CostRow } from '../cost.ts';
import type { Component, Occupancy } from '../kind.ts';
import type { Loss } from '../loss.ts';
import type { Topology } from '../topology.ts';
import type { Vital } from '../vital.ts';
import type { Wiring } from '../wiring.ts';
import { type CacheKey, CacheKeys } from './cache-key.ts';
import { CacheClients } from './clients.ts';
import { type CacheConfig, type KeyConfig, keyNames, placements } from './config.ts';
import { costOf } from './cost.ts';
import { entrySizeOf, getTimeOf, putTimeOf } from './defaults.ts';
import { Invalidations } from './invalidations.ts';
import { cacheMeters } from './metrics.ts';
import { prefill } from './prefill.ts';
import { isRead } from './references.ts';
import { CacheRegion } from './region.ts';
import { Staleness } from './staleness.ts';
import type { AcknowledgedWrite } from './write-log.ts';

/** A cache in all its regions. */
export class CacheModel implements Component {
  readonly regions: readonly CacheRegion[];
  readonly keys = new CacheKeys();
  readonly entrySize: number;
  readonly getTime: Distribution;
  readonly putTime: Distribution;
  readonly segments: {
    waitsForNode: number;
    looksUp: number;
    writes: number;
    waitsForLoad: number;
    waitsInVain: number;
  };
  network!: Network;
  readonly clients: CacheClients;
  readonly staleness: Staleness;
  readonly invalidations: Invalidations;
  private ownAgenda: Agenda | undefined;
  private readonly lookupSeries: (now: number, times: number) => void;
  private readonly staleSeries: ((now: number, times: number) => void) | undefined;
  private readonly hitSeries: (now: number, times: number) => void;
  /** Regions of this cache as a place asks them, its own first; by place. */
  private readonly orders: CacheRegion[][] = [];

  constructor(
    readonly name: string,
    readonly config: CacheConfig,
    readonly wiring: Wiring,
  ) {
    const path = ['caches', name];
    const station = `caches.${name}`;
    this.entrySize = entrySizeOf(config);
    this.clients = new CacheClients(config.client ?? {});
    this.getTime = getTimeOf(config);
    this.putTime = putTimeOf(config);
    this.invalidations = new Invalidations(this);
    this.segments = {
      waitsForNode: wiring.segments.number(station, 'waits for a node', true),
      looksUp: wiring.segments.number(station, 'looks up'),
      writes: wiring.segments.number(station, 'writes'),
      waitsForLoad: wiring.segments.number(station, 'waits for another’s load', true),
      waitsInVain: wiring.segments.number(station, 'waits in vain', true),
    };
    const whole = wiring.meters(path, cacheMeters);
    const { regions } = wiring.design;
    const lives = config.ttl === undefined ? Number.POSITIVE_INFINITY : toTicks(config.ttl);
    const options = { policy: config.policy, lives, threads: config.threads };
    this.regions = placements(config, regions).map((placement) => {
      const meters = wiring.meters([...path, 'in', placement.region], cacheMeters);
      const random = wiring.stream(`${station}.in.${placement.region}.eviction`);
      const place = regions.indexOf(placement.region);
      return new CacheRegion(place, placement, options, random, meters, whole);
    });
    this.staleness = new Staleness(this.regions, isRead(name, wiring.design));
    this.lookupSeries = wiring.timeline.counter(`${station}.lookups`, 'count');
    if (this.regions.length > 1) this.staleSeries = wiring.timeline.counter(`${station}.staleReads`, 'count');
    this.hitSeries = wiring.timeline.counter(`${station}.hits`, 'count');
  }

  connect(): void {
    this.network = this.wiring.find<Network>(networkSection);
  }

  /** All caches begin together, since one may stand behind the misses of another: the first sees to it. */
  start(): void {
    const { design } = this.wiring;
    const names = design.names('caches');
    if (names[0] !== this.name || design.run.begin !== 'steady') return;
    prefill(
      this.wiring,
      names.map((name) => this.wiring.find<CacheModel>('caches', name)),
    );
  }

  /** What a step of this cache names its entries by. */
  keyOf(own: KeyConfig | undefined): CacheKey {
    const names = keyNames(own, this.config) ?? [];
    return this.keys.of(names.map((name) => this.wiring.find<KeyPopulation>(keysSection, name)));
  }

  /** The regions in the order in which a place asks them: its own or the nearest, then the others as configured. */
  orderFrom(place: number): readonly CacheRegion[] {
    this.orders[place] ??= this.order(place);
    return this.orders[place];
  }

  private order(place: number): CacheRegion[] {
    const delay = (region: CacheRegion) =>
      region.place === place ? -1 : this.network.nominalDelay(place, region.place);
    const byDelay = [...this.regions].sort((a, b) => delay(a) - delay(b) || a.place - b.place);
    if (this.config.remote !== 'in-order') return byDelay;
    return [byDelay[0], ...this.regions.filter((region) => region !== byDelay[0])];
  }

  /** A lookup has its answer: where it was found, or that it joins a load, or that it must load. */
  answered(
    region: CacheRegion,
    found: 'local' | 'remote' | 'joined' | 'nowhere',
    now: number,
    ticks: number,
  ): void {
    const { counts } = region;
    counts.lookups += 1;
    region.lookups += 1;
    if (found !== 'local' && found !== 'remote') region.misses += 1;
    this.lookupSeries(now, 1);
    if (found === 'local') counts.localHits += 1;
    else if (found === 'remote') counts.remoteHits += 1;
    else if (found === 'joined') counts.joins += 1;
    if (found === 'local' || found === 'remote') this.hitSeries(now, 1);
    region.meters.latency.observe(ticks / 1e9);
  }

  /** For what no cursor waits for; made when first needed, since the others are numbered on from it. */
  get agenda(): Agenda {
    this.ownAgenda ??= this.wiring.agenda();
    return this.ownAgenda;
  }

  /** Somebody at a place has waited in vain for a node. */
  timedOut(place: number): void {
    this.orderFrom(place)[0].counts.timeouts += 1;
  }

  /** A circuit breaker has kept somebody at a place from asking. */
  notPermitted(place: number): void {
    this.orderFrom(place)[0].counts.notPermitted += 1;
  }

  /**
   * A writer has been told that an entry has a new value.
   * @param committedAt when that was committed
   */
  acknowledged(key: CacheKey, number: number, committedAt: number): void {
    this.staleness.acknowledged(key, number, committedAt, this.wiring.simulation.now);
  }

  /** Somebody at a place has found an entry that lacks a write. */
  readStale(place: number, { knownAt }: AcknowledgedWrite): void {
    const { counts, meters } = this.orderFrom(place)[0];
    const { now } = this.wiring.simulation;
    counts.staleReads += 1;
    meters.staleness.observe((now - knownAt) / 1e9);
    this.staleSeries?.(now, 1);
  }

  lose(loss: Loss): void {
    const { now } = this.wiring.simulation;
    const region = this.regions.find(({ place }) => place === loss.place);
    const struck = region?.struckBy(loss) ?? [];
    for (const node of struck) {
      region?.crash(node, now);
      // In a lost region nothing passes; in a lost zone nobody answers.
      if (loss.zone !== undefined) node.silence = this.network.silence(loss.place);
    }
    if (region !== undefined && loss.zone !== undefined)
      this.tell(region, struck.length, 'lost, with what they held');
  }

  /** Nodes of a region have come or gone: told where the region is still there to wonder about it. */
  tell({ name, nodes }: CacheRegion, count: number, what: string): void {
    if (count === 0) return;
    const { simulation, timeline } = this.wiring;
    timeline.note(
      simulation.now,
      `caches.${this.name}.in.${name}`,
      `${count} of ${nodes.length} nodes are ${what}`,
      { sort: 'health' },
    );
  }

  restore(loss: Loss): void {
    const region = this.regions.find(({ place }) => place === loss.place);
    const struck = region?.struckBy(loss) ?? [];
    for (const node of struck) region?.restart(node);
    if (region !== undefined && loss.zone !== undefined) this.tell(region, struck.length, 'back, and empty');
  }

  vitals(): Vital[] {
    return this.regions.map((region) => ({
      sign: 'misses',
      of: `caches.${this.name}.in.${region.name}`,
      part: () => region.misses,
      whole: () => region.lookups,
    }));
  }

  openWindow(now: number): void {
    for (const region of this.regions) region.openWindow(now);
  }

  closeWindow(now: number): void {
    for (const region of this.regions) region.closeWindow(now);
  }

  costs(): CostRow[] {
    return this.regions.map((region) => costOf(this, region));
  }

  occupancy(now: number): Occupancy[] {
    return this.regions.map((region) => ({ region: region.name, ...region.occupancy(now) }));
  }

  topology(): Topology {
    const regions: Topology['regions'] = {};
    for (const region of this.regions) {
      regions[region.name] = { count: region.nodes.length, utilization: region.utilization };
    }
    return { id: `caches.${this.name}`, kind: 'cache', title: this.name, regions, calls: [] };
  }
}

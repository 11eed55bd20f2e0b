import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { type KeyPopulation, keysSection } from '../contracts/keys.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import { type Topic, topicsSection } from '../contracts/topic.ts';
import type { CostRow } from '../cost.ts';
import { faultsSection } from '../fault.ts';
import type { Component, Occupancy } from '../kind.ts';
import { type Loss, strikes } from '../loss.ts';
import type { Whose } from '../milestones.ts';
import type { RecoveryPoint } from '../recovery-point.ts';
import type { Span, StepConfig } from '../step.ts';
import type { Meaning } from '../timeline.ts';
import type { Topology } from '../topology.ts';
import type { Vital } from '../vital.ts';
import type { Wiring } from '../wiring.ts';
import { answersNeeded } from './answers-needed.ts';
import { copyPlacements, type DatabaseConfig } from './config.ts';
import { databaseCosts } from './costs.ts';
import { type DatabaseSettings, settingsOf } from './defaults.ts';
import { DualWrite, stretchOf } from './dual-write.ts';
import { CatchingUp } from './failover/catching-up.ts';
import { timingsOf } from './failover/config.ts';
import { Watch } from './failover/watch.ts';
import { KeyShards } from './key-shards.ts';
import { Metering } from './metering.ts';
import type { Node } from './node.ts';
import type { RelaySettings } from './outbox/config.ts';
import { relaySettingsOf } from './outbox/defaults.ts';
import { Relay } from './outbox/relay.ts';
import { partitionCosts } from './partitions/costs.ts';
import { PartitionedTable } from './partitions/table.ts';
import { populationShape } from './population-shape.ts';
import { TabledRows } from './row-writes.ts';
import { Shard } from './shard.ts';
import { shardFunctionOf } from './shard-by.ts';
import { TicksOfRows } from './ticks-of-rows.ts';
import { databaseTopology } from './topology.ts';
import { rowsArePlacedBy, usesOf } from './uses.ts';

/** Keys without a shard that a run keeps as examples. */
const examples = 10;

/** What a database leaves for the result beside its meters. */
export interface DatabaseRecord {
  /** Keys that have no shard, and why; the first ten met. */
  readonly unplaceable: readonly { readonly key: string; readonly why: string }[];
}

/** A database: shards, each with a primary and replicas that follow it. */
export class DatabaseModel implements Component {
  readonly settings: DatabaseSettings;
  readonly ticksOfRows: TicksOfRows;
  readonly segments;
  readonly metering: Metering;
  readonly shards: Shard[] = [];
  readonly primaryPlace: number;
  /** Regions of a shard's replicas, one entry a replica. */
  readonly replicaPlaces: readonly number[];
  readonly relaySettings: RelaySettings;
  /** Where its table is partitioned by date. */
  readonly table: PartitionedTable | null;
  /** Ticks; Infinity where nobody asks. */
  readonly lagAlert: number;
  /** Replicas without which some write is not acknowledged. */
  readonly answersNeeded: number;
  readonly catchingUp = new CatchingUp(this);
  network!: Network;
  private readonly dualWrites = new WeakMap<object, DualWrite>();
  private readonly relays = new Map<string, Relay[]>();
  private readonly byKey = new Map<string, KeyShards>();
  private readonly tables = new Map<string, TabledRows>();
  /** Regions with copies by distance, by the place that asks. */
  private readonly nearest: (readonly number[])[] = [];
  /** Regions that are lost. */
  private readonly lost = new Set<number>();
  private ownAgenda: Agenda | undefined;
  private readonly watches: Watch[] = [];
  private readonly unplaceable: { key: string; why: string }[] = [];

  constructor(
    readonly name: string,
    readonly config: DatabaseConfig,
    readonly wiring: Wiring,
  ) {
    const { design, segments } = wiring;
    const station = `databases.${name}`;
    const uses = usesOf(name, config, design);
    this.settings = settingsOf(config, uses);
    this.ticksOfRows = new TicksOfRows(this.settings);
    this.segments = {
      connection: segments.number(station, 'waits for a connection', true),
      core: segments.number(station, 'waits for a core', true),
      reads: segments.number(station, 'reads'),
      writes: segments.number(station, 'writes'),
      scans: segments.number(station, 'scans'),
      flushWait: segments.number(station, 'waits for a flush', true),
      flushes: segments.number(station, 'flushes'),
    };
    this.answersNeeded = answersNeeded(name, config, design);
    this.metering = new Metering(name, config, uses, wiring);
    this.lagAlert = toTicks(config.replication.lagAlert ?? Number.POSITIVE_INFINITY);
    const placements = copyPlacements(config, design.regions).map((placement) => ({
      ...placement,
      place: design.regions.indexOf(placement.region),
    }));
    this.primaryPlace = placements.find(({ hasPrimary }) => hasPrimary)?.place ?? 0;
    this.replicaPlaces = placements.flatMap(({ copies, hasPrimary, place }) =>
      new Array<number>(hasPrimary ? copies - 1 : copies).fill(place),
    );
    const { tablePartitions } = config;
    this.relaySettings = relaySettingsOf(config.outbox);
    this.table = tablePartitions === undefined ? null : new PartitionedTable(this, tablePartitions);
  }

  connect(): void {
    const { config, wiring } = this;
    this.network = wiring.find<Network>(networkSection);
    for (let shard = 0; shard < config.shards; shard += 1)
      this.shards.push(new Shard(this, shard, this.network));
    this.table?.connect();
    this.connectWatches();
  }

  private connectWatches(): void {
    const { failover } = this.config;
    if (failover === undefined) return;
    const random = this.wiring.stream(`databases.${this.name}.failover`);
    for (const shard of this.shards) {
      if (shard.succession === null) continue;
      this.watches.push(new Watch(this, shard, shard.succession, timingsOf(failover), random()));
    }
  }

  /** Whether its nodes or the links between them can fail: then more is remembered of each write. */
  get isAtRisk(): boolean {
    return this.config.failover !== undefined || this.wiring.design.names(faultsSection).length > 0;
  }

  /** For what follows a failure. */
  get agenda(): Agenda {
    this.ownAgenda ??= this.wiring.agenda();
    return this.ownAgenda;
  }

  /** Bytes of the log a second to a replica that is behind. */
  get catchUp(): number {
    return this.config.failover?.catchUp ?? this.settings.logThroughput;
  }

  get rewindTicks(): number {
    return toTicks(this.config.failover?.rewind ?? 0);
  }

  /** Whether an old primary stops by itself once its lease has run out. */
  get isLeased(): boolean {
    return this.config.failover?.fencing === 'lease';
  }

  get isByLag(): boolean {
    return this.config.failover?.candidates === 'least-lag';
  }

  /** Whether two places hear of each other. */
  hears(one: number, other: number): boolean {
    return this.network.passes(one, other) && this.network.passes(other, one);
  }

  isLost(place: number): boolean {
    return this.lost.has(place);
  }

  note(what: string, meaning?: Meaning): void {
    const { simulation, timeline } = this.wiring;
    timeline.note(simulation.now, `databases.${this.name}`, what, meaning);
  }

  /** A shard, where there are several of them. */
  partOf(shard: Shard): Whose {
    const component = `databases.${this.name}`;
    return this.config.shards === 1 ? { component } : { component, part: `shard ${shard.number}` };
  }

  lose(loss: Loss): void {
    if (loss.zone === undefined) this.lost.add(loss.place);
    for (const node of this.struckBy(loss)) {
      // In a lost region nothing passes; in a lost zone nobody answers.
      const silence = loss.zone === undefined ? null : this.network.silence(loss.place);
      node.shard.succession?.died(node, 'crashed', silence);
    }
  }

  restore(loss: Loss): void {
    if (loss.zone === undefined) this.lost.delete(loss.place);
    for (const node of this.struckBy(loss)) node.shard.succession?.restored(node, loss.data);
  }

  /** Copies of a shard are spread over a region's zones, those of the next shard from the next zone on. */
  private struckBy(loss: Loss): Node[] {
    return this.shards
      .flatMap(({ nodes }) => nodes)
      .filter(({ place, placeInGroup, shard }) => strikes(loss, place, placeInGroup + shard.number));
  }

  isCaughtUp(place: number): boolean {
    return this.shards.every((shard) => shard.isCaughtUp(place, this.wiring.simulation.now));
  }

  lagIn(place: number): number {
    const { now } = this.wiring.simulation;
    return this.shards.reduce((most, shard) => Math.max(most, shard.lagIn(place, now)), 0) / 1e9;
  }

  bucketEnds(now: number): void {
    this.metering.drawLags(now, (place) => this.lagIn(place));
  }

  /** Requests that wait for a connection or a core, by region. */
  vitals(): Vital[] {
    const { design, simulation } = this.wiring;
    const places = [...new Set([this.primaryPlace, ...this.replicaPlaces])].sort((one, other) => one - other);
    return places.map((place) => ({
      sign: 'waiting',
      of: `databases.${this.name}.in.${design.regions[place]}`,
      level: () => this.shards.reduce((sum, shard) => sum + shard.waitingIn(place, simulation.now), 0),
    }));
  }

  recoveryPoints(): RecoveryPoint[] {
    return this.shards.flatMap(({ succession }) => succession?.points ?? []);
  }

  end(): void {
    this.metering.endOfWaits(this.shards.flatMap(({ reach }) => reach ?? []));
    this.metering.endOfFailovers(this.shards.flatMap(({ succession }) => succession ?? []));
  }

  start(): void {
    for (const watch of this.watches) watch.start();
    this.table?.start();
    for (const relays of this.relays.values()) for (const relay of relays) relay.start();
  }

  /** Rows written on all shards in the whole run. */
  get rowsWritten(): number {
    return this.shards.reduce((sum, shard) => sum + shard.rowsWritten, 0);
  }

  /** The segment of what writes wait for replicas; of those that do. */
  segmentOfReplicaWait(): number {
    return this.wiring.segments.number(`databases.${this.name}`, 'waits for replicas', true);
  }

  /** The shards of a key's values. */
  shardsByKey(key: string): KeyShards {
    const { byKey, config, wiring } = this;
    const { shardBy, shards } = config;
    if (shardBy === undefined) throw new Error(`${this.name} is not sharded by a key`);
    let made = byKey.get(key);
    if (made === undefined) {
      const place = shardFunctionOf(shardBy, shards, populationShape(shardBy.key.name, wiring.design));
      const population = wiring.find<KeyPopulation>(keysSection, key);
      made = new KeyShards(population, place, shards, (text, why) => this.noteUnplaceable(text, why));
      byKey.set(key, made);
    }
    return made;
  }

  /** What is watched of a list in which a write of this database is step number `at`. */
  spansOf(list: readonly StepConfig[], at: number): Span[] {
    const stretch = stretchOf(list, at);
    if (stretch === undefined) return [];
    const owner = new DualWrite(stretch.torn, this.metering);
    this.dualWrites.set(list[at].options, owner);
    return [{ from: stretch.from, to: stretch.to, owner }];
  }

  /** Who watches the write with these options, if anybody does. */
  dualWriteOf(options: object): DualWrite | null {
    return this.dualWrites.get(options) ?? null;
  }

  /** The relays of a topic's events, by shard. */
  relaysOf(topic: string): readonly Relay[] {
    const known = this.relays.get(topic);
    if (known !== undefined) return known;
    const { relaySettings, shards, wiring } = this;
    const found = wiring.find<Topic>(topicsSection, topic);
    const made = shards.map((shard) => new Relay(this, shard, found, relaySettings, topic));
    this.relays.set(topic, made);
    return made;
  }

  /** The history of a shard from an instant on is gone, and what of it is in its outboxes. @returns events published of it */
  forgetEvents(shard: number, from: number): number {
    return [...this.relays.values()].reduce((sum, relays) => sum + relays[shard].forget(from), 0);
  }

  /** The relays of a shard are back, where it has some. */
  restartRelays(shard: number): void {
    for (const relays of this.relays.values()) relays[shard].restart();
  }

  /** The relays die, of one shard or of all. @returns what brings them back */
  crashRelays(shard?: number): () => void {
    const relays = [...this.relays.values()]
      .flat()
      .filter((_, index) => shard === undefined || index % this.shards.length === shard);
    for (const relay of relays) relay.crash();
    return () => {
      for (const relay of relays) relay.restart();
    };
  }

  private noteUnplaceable(key: string, why: string): void {
    const { timeline, simulation } = this.wiring;
    if (this.unplaceable.length >= examples || this.unplaceable.some((known) => known.key === key)) return;
    this.unplaceable.push({ key, why });
    timeline.note(simulation.now, `databases.${this.name}`, `key ${key}: ${why}`);
  }

  /** A table of the newest writes of the rows that a key names, where each of them lives in one shard only. */
  tableOfRows(row: string): TabledRows | undefined {
    const { config, name, tables, wiring } = this;
    const population = wiring.find<KeyPopulation>(keysSection, row);
    const isPlaced = config.shardBy === undefined || rowsArePlacedBy(row, name, config, wiring.design);
    if (!isPlaced || !TabledRows.fits(population)) return undefined;
    const table = tables.get(row) ?? new TabledRows(population.count);
    tables.set(row, table);
    return table;
  }

  /** Regions with copies, the nearest to a place first; among equals in the design's order. */
  placesFrom(place: number): readonly number[] {
    const { metering, nearest, network } = this;
    if (nearest[place] === undefined) {
      const distance = (region: number) => (region === place ? -1 : network.nominalDelay(place, region));
      const places = metering.regions.flatMap((part) => part?.place ?? []);
      nearest[place] = places.sort((a, b) => distance(a) - distance(b) || a - b);
    }
    return nearest[place];
  }

  openWindow(now: number): void {
    for (const { nodes } of this.shards) for (const node of nodes) node.cores.resetWindow(now);
    this.table?.openWindow();
  }

  closeWindow(now: number): void {
    for (const shard of this.shards) shard.alertOfMissing(now);
    this.metering.close(this.shards, this.settings.rowSize, now);
    const primaries = this.shards.reduce(
      (sum, { primary }) => sum + primary.cores.observe(now).serverTicks,
      0,
    );
    this.table?.closeWindow(primaries);
  }

  backlog(): number {
    const { now } = this.wiring.simulation;
    const waiting = [...this.relays.values()].flat().reduce((sum, { depth }) => sum + depth, 0);
    return this.shards.reduce((sum, shard) => sum + shard.backlog(now), waiting);
  }

  record(): DatabaseRecord {
    return { unplaceable: this.unplaceable };
  }

  costs(): CostRow[] {
    const { config, name, settings, table, wiring } = this;
    const { regions } = wiring.design;
    const rows = databaseCosts(name, config, settings, regions);
    if (table === null) return rows;
    const copies = copyPlacements(config, regions);
    return [...rows, ...partitionCosts(name, table, copies, wiring.window.seconds)];
  }

  occupancy(now: number): Occupancy[] {
    return this.metering.occupancy(this.shards, now);
  }

  topology(): Topology {
    return databaseTopology(this);
  }
}

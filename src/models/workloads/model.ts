import type { Reference } from '../../scenario/index.ts';
import { toTicks } from '../../sim/clock.ts';
import type { EventTarget } from '../../sim/event-queue.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { type KeyPopulation, keysSection } from '../contracts/keys.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { PastCaller, VisitCall } from '../contracts/past.ts';
import { type Router, routingSection } from '../contracts/router.ts';
import { type Callee, servicesSection } from '../contracts/service.ts';
import type { Cursor, Failure } from '../cursor.ts';
import type { Component } from '../kind.ts';
import type { MetersOf } from '../meters.ts';
import { nameWord } from '../name-word.ts';
import type { Wiring } from '../wiring.ts';
import { PoissonArrivals } from './arrivals.ts';
import { Client, ClientOperation, type Outcome } from './client.ts';
import type { WorkloadConfig } from './config.ts';
import { fromStart, loadProfile } from './load-profile.ts';
import { originMeters, sessionMeters, workloadMeters } from './metrics.ts';
import { Session } from './session.ts';
import { Waterfall, type WaterfallRecord } from './waterfall.ts';

/** Draws of an arrival, by index. */
const drawOf = { gap: 0, origin: 1, keys: 16 } as const;

/** What a workload leaves for the result beside its meters. */
export interface WorkloadRecord {
  readonly waterfall: WaterfallRecord[];
  readonly failures: Record<string, number>;
}

/** Callers outside: arrivals that never wait for answers, or sessions that do. */
export class WorkloadModel implements Component, EventTarget, Outcome, PastCaller {
  private readonly agenda: Agenda;
  private readonly draws: KeyedDraws;
  private readonly word: number;
  private readonly meters: MetersOf<typeof workloadMeters>;
  private readonly session: MetersOf<typeof sessionMeters> | undefined;
  private readonly origins: {
    place: number;
    bound: number;
    meters: MetersOf<typeof originMeters> | undefined;
  }[] = [];
  private readonly keys: KeyPopulation[] = [];
  private readonly keySlots: number;
  client!: Client;
  /** The client of a session's first call, where that calls something else. */
  opener: Client | undefined;
  private arrivals!: PoissonArrivals;
  private count = 0;
  private instant = 0;
  private inFlight = 0;
  operationCount = 0;
  private waterfall!: Waterfall;
  private readonly rest: number;
  private readonly callerWay: number;
  private readonly failures = new Map<string, number>();
  private readonly underWay = new Set<ClientOperation>();
  private readonly arrivedSeries;
  private readonly answeredSeries;
  private readonly failedSeries;
  private readonly latencySeries;

  constructor(
    readonly name: string,
    readonly config: WorkloadConfig,
    readonly wiring: Wiring,
  ) {
    const path = `workloads.${name}`;
    this.agenda = wiring.agenda();
    this.draws = wiring.draws(path);
    this.word = nameWord(path);
    this.meters = wiring.meters(['workloads', name], workloadMeters, 'counted');
    if (config.session !== undefined) this.session = wiring.meters(['workloads', name], sessionMeters);
    this.keySlots = wiring.design.names(keysSection).length;
    this.rest = wiring.segments.number(path, 'earlier attempts and back-off', true);
    this.callerWay = wiring.segments.number('network', 'between caller and region');
    const { timeline } = wiring;
    this.arrivedSeries = timeline.counter(`${path}.arrivals`, 'count');
    this.answeredSeries = timeline.counter(`${path}.succeeded`, 'count');
    this.failedSeries = timeline.counter(`${path}.failed`, 'count');
    this.latencySeries = timeline.latencies(`${path}.latency`);
  }

  connect(): void {
    const { config, name, wiring } = this;
    const network = wiring.find<Network>(networkSection);
    this.client = this.clientOf(config.call, 'call');
    if (config.session?.open !== undefined) this.opener = this.clientOf(config.session.open, 'open');
    this.keys.push(...config.keys.map((key) => wiring.find<KeyPopulation>(keysSection, key.name)));
    let bound = 0;
    for (const [origin, share] of Object.entries(config.from ?? {})) {
      bound += share;
      const meters = wiring.meters(['workloads', name, 'from', origin], originMeters, 'counted');
      this.origins.push({ place: network.placeOf(origin), bound, meters });
    }
    if (this.origins.length === 0) this.origins.push({ place: 0, bound: 1, meters: undefined });
  }

  /** A caller of one operation; the first call of a session may be another than the rest. */
  private clientOf(called: Reference, part: string): Client {
    const { config, name, wiring } = this;
    const [service, operation] = called.name.split('.');
    const path = `workloads.${name}.${part}`;
    const site = wiring.find<Callee>(servicesSection, service).callSite(operation, path);
    return new Client(config.client, wiring, path, site, wiring.find<Router>(routingSection));
  }

  start(): void {
    this.waterfall = new Waterfall(this.wiring.segments.list.length);
    this.instant = -this.memory;
    this.arrivals = this.arrivalsFrom(this.instant);
    this.scheduleNext();
  }

  /** Sessions in mid-life: how long ago those began that are not over yet. */
  get memory(): number {
    const { session } = this.config;
    return session !== undefined && this.wiring.design.run.begin === 'steady' ? Session.reach(session) : 0;
  }

  private arrivalsFrom(instant: number): PoissonArrivals {
    const { rate, profile } = this.config.arrivals;
    return new PoissonArrivals(fromStart(loadProfile(rate, profile), this.wiring.startAt), instant);
  }

  /** Time from the arrival before, where the mean is 1. */
  private gap(word: number, count: number): number {
    if (this.config.arrivals.process === 'deterministic') return 1;
    return -Math.log(this.draws.uniform(word, count, drawOf.gap));
  }

  pastCalls(seconds: number, visit: VisitCall): void {
    const { memory } = this;
    const recent: VisitCall = (instant, origin, keys, isFirst) => {
      if (instant >= -seconds) visit(instant, origin, keys, isFirst);
    };
    // Callers from before are numbered apart, so that those in mid-life stay who they are however far back one looks.
    if (seconds > memory) this.tell(nameWord(`workloads.${this.name}.past`), -seconds, -memory, recent);
    this.tell(this.word, -memory, 0, recent);
  }

  private tell(word: number, from: number, to: number, visit: VisitCall): void {
    const arrivals = this.arrivalsFrom(from);
    for (let count = 1; ; count += 1) {
      const instant = arrivals.next(this.gap(word, count));
      if (!(instant < to)) return;
      const { place } = this.origins[this.originOf(word, count)];
      const keys = this.keysOf(word, count);
      if (this.session === undefined) visit(instant, place, keys, true);
      else {
        const session = this.makeSession(word, count);
        session.pastTurns(instant, (turn, isFirst) => visit(turn, place, keys, isFirst));
      }
    }
  }

  private scheduleNext(): void {
    for (;;) {
      this.count += 1;
      this.instant = this.arrivals.next(this.gap(this.word, this.count));
      if (this.instant === Number.POSITIVE_INFINITY) return;
      if (this.instant >= 0) break;
      this.resume(this.instant);
    }
    const { simulation } = this.wiring;
    simulation.schedule(toTicks(this.instant), this.word, this.count, 0, this, 0);
  }

  /** The next caller is here. */
  fire(): void {
    const { word, count } = this;
    if (this.session === undefined) {
      this.ask(word, count, this.originOf(word, count), this.keysOf(word, count), this).start();
    } else {
      this.session.sessions.count();
      this.session.sessionRate.count();
      this.makeSession(word, count).begin();
    }
    this.scheduleNext();
  }

  /** Number of this workload's call site, for the identities of a session's operations. */
  get site(): number {
    return this.word;
  }

  draw(high: number, low: number, index: number): number {
    return this.draws.uniform(high, low, index);
  }

  /** A session that began `instant` seconds before the run: it goes on from where its think times have led it. */
  private resume(instant: number): void {
    this.makeSession(this.word, this.count).resume(instant);
  }

  private makeSession(high: number, low: number): Session {
    return new Session(
      this,
      this.config.session as never,
      high,
      low,
      this.originOf(high, low),
      this.keysOf(high, low),
    );
  }

  /** A new operation, counted where it arrives in the measured window. */
  ask(
    high: number,
    low: number,
    origin: number,
    keys: readonly number[],
    outcome: Outcome,
    client = this.client,
  ): ClientOperation {
    const { now } = this.wiring.simulation;
    const counted = this.wiring.window.contains(now);
    const operation = new ClientOperation(
      client,
      outcome,
      high,
      low,
      now,
      this.origins[origin].place,
      counted,
      keys,
    );
    this.arrivedSeries(now, 1);
    this.operationCount += 1;
    this.inFlight += 1;
    if (counted) {
      this.meters.arrivals.count();
      this.underWay.add(operation);
    }
    return operation;
  }

  private originOf(high: number, low: number): number {
    if (this.origins.length === 1) return 0;
    const uniform = this.draws.uniform(high, low, drawOf.origin);
    const origin = this.origins.findIndex(({ bound }) => uniform < bound);
    return origin < 0 ? this.origins.length - 1 : origin;
  }

  private keysOf(high: number, low: number): number[] {
    const values = new Array<number>(this.keySlots).fill(Number.NaN);
    this.keys.forEach((key, index) => {
      values[key.slot] = key.pick(this.draws.uniform(high, low, drawOf.keys + index));
    });
    return values;
  }

  answered(operation: ClientOperation, cursor: Cursor): void {
    const { now } = this.wiring.simulation;
    const latency = now - operation.arrivedAt;
    this.inFlight -= 1;
    const seconds = latency / 1e9;
    this.answeredSeries(now, 1);
    this.latencySeries(now, seconds);
    this.wiring.simulation.digest(latency);
    if (!operation.counted) return;
    this.underWay.delete(operation);
    const { meters } = this;
    meters.succeeded.count();
    meters.throughput.count();
    meters.latency.observe(seconds);
    meters.answeredLatency.observe(seconds);
    meters.serverLatency.observe(Math.max(0, latency - cursor.spent[this.callerWay]) / 1e9);
    meters.goodputRatio.observe(1, 1);
    meters.availability.observe(1, 1);
    this.waterfall.add(latency, cursor.spent, this.rest);
    const origin = this.metersOf(operation);
    origin?.latency.observe(seconds);
    origin?.answeredLatency.observe(seconds);
    origin?.throughput.count();
    origin?.goodputRatio.observe(1, 1);
  }

  givenUp(operation: ClientOperation, reason: Failure): void {
    const { now } = this.wiring.simulation;
    this.failedSeries(now, 1);
    this.inFlight -= 1;
    this.wiring.simulation.digest(now);
    if (!operation.counted) return;
    this.underWay.delete(operation);
    this.failures.set(reason, (this.failures.get(reason) ?? 0) + 1);
    if (reason === 'rejected') this.meters.rejected.count();
    else if (reason === 'timed-out') this.meters.timedOut.count();
    else this.meters.failed.count();
    this.lost(operation);
  }

  retried(operation: ClientOperation): void {
    if (operation.counted) this.meters.retries.count();
  }

  /** Calls that a session would have made and did not, because it was given up. */
  abandoned(operation: ClientOperation, calls: number): void {
    if (!operation.counted || calls === 0) return;
    this.meters.abandoned.count(calls);
    this.meters.availability.observe(0, calls);
  }

  private lost(operation: ClientOperation): void {
    const { meters } = this;
    meters.latency.observe(Number.POSITIVE_INFINITY);
    meters.goodputRatio.observe(0, 1);
    meters.availability.observe(0, 1);
    const origin = this.metersOf(operation);
    origin?.latency.observe(Number.POSITIVE_INFINITY);
    origin?.goodputRatio.observe(0, 1);
  }

  private metersOf(operation: ClientOperation): MetersOf<typeof originMeters> | undefined {
    return this.origins.find(({ place }) => place === operation.origin)?.meters;
  }

  /** Operations asked for and not ended, counted or not. */
  backlog(): number {
    return this.inFlight;
  }

  /** Counted operations that are still under way. */
  get unfinished(): number {
    return this.underWay.size;
  }

  /** The run is over: what is still under way never ended. */
  end(): void {
    for (const operation of this.underWay) {
      this.meters.unfinished.count();
      this.failures.set('unfinished', (this.failures.get('unfinished') ?? 0) + 1);
      this.lost(operation);
    }
    this.underWay.clear();
  }

  record(): WorkloadRecord {
    return { waterfall: this.waterfall.read(), failures: Object.fromEntries(this.failures) };
  }
}

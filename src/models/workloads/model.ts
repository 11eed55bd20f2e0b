import type { Reference } from '../../scenario/index.ts';
import { ticksPerSecond, toTicks } from '../../sim/clock.ts';
import type { EventTarget } from '../../sim/event-queue.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { type BurstState, Modulation } from '../algorithms/arrivals/modulation.ts';
import { vitalsOf } from '../client/tally.ts';
import type { CohortSource } from '../contracts/cohorts.ts';
import { type KeyPopulation, keysSection } from '../contracts/keys.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { PastCaller, VisitCall } from '../contracts/past.ts';
import { mayGoTo } from '../contracts/residency.ts';
import { type Router, routingSection } from '../contracts/router.ts';
import { type Callee, servicesSection } from '../contracts/service.ts';
import type { Component } from '../kind.ts';
import type { MetersOf } from '../meters.ts';
import type { Vital } from '../vital.ts';
import type { Wiring } from '../wiring.ts';
import { PoissonArrivals } from './arrivals.ts';
import { statesOf } from './bursts.ts';
import { Caller } from './caller.ts';
import { ClientOperation, type Outcome, RoutedClient } from './client-operation.ts';
import type { WorkloadConfig } from './config.ts';
import { defaultCallers, keepsConnections } from './connections-config.ts';
import { Ledger, type WorkloadRecord } from './ledger.ts';
import { fromStart, loadProfile } from './load-profile.ts';
import { sessionMeters } from './metrics.ts';
import { Session } from './session.ts';
import { type Surge, Surges } from './surges.ts';
import { gapsOf } from './trace.ts';

export type { WorkloadRecord } from './ledger.ts';

/** Draws of an arrival, by index. */
const drawOf = { gap: 0, origin: 1, bursts: 2, caller: 3, keys: 16, surges: 1 << 20 } as const;

/** Callers outside: arrivals that never wait for answers, or sessions that do. */
export class WorkloadModel implements Component, EventTarget, PastCaller, CohortSource {
  private readonly draws: KeyedDraws;
  /** High words of the identities of callers: of those who come in the run, and of those who came before it. */
  private readonly word: number;
  private readonly earlierWord: number;
  readonly ledger: Ledger;
  private readonly session: MetersOf<typeof sessionMeters> | undefined;
  /** Places of the callers, each with the sum of the shares up to it. */
  private readonly origins: { readonly place: number; readonly bound: number }[] = [];
  private readonly keys: KeyPopulation[] = [];
  private readonly noKeys: number[];
  private hasPassingKeys = false;
  /** By origin: those who keep a connection from one call to the next. */
  private callers: (readonly Caller[])[] | undefined;
  client!: RoutedClient;
  /** The client of a session's first call, where that calls something else. */
  opener: RoutedClient | undefined;
  private arrivals!: PoissonArrivals;
  private count = 0;
  /** How often the next arrival was put off or brought forward: events of before are stale. */
  private plan = 0;
  private readonly surges = new Surges();
  private readonly states: readonly BurstState[] | undefined;
  /** Times between arrivals where they are not drawn. */
  private readonly gaps: Float64Array | undefined;

  constructor(
    readonly name: string,
    readonly config: WorkloadConfig,
    readonly wiring: Wiring,
  ) {
    const path = `workloads.${name}`;
    this.draws = wiring.draws(path);
    this.word = wiring.site(path);
    this.earlierWord = wiring.site(`${path}.earlier`);
    this.ledger = new Ledger(name, wiring, config);
    if (config.session !== undefined) this.session = wiring.meters(['workloads', name], sessionMeters);
    this.states = statesOf(config.arrivals);
    this.gaps = gapsOf(config.arrivals);
    this.noKeys = wiring.design.names(keysSection).map(() => Number.NaN);
  }

  connect(): void {
    const { config, wiring } = this;
    const network = wiring.find<Network>(networkSection);
    this.client = this.clientOf(config.call, 'call');
    if (config.session?.open !== undefined) this.opener = this.clientOf(config.session.open, 'open');
    this.keys.push(...config.keys.map((key) => wiring.find<KeyPopulation>(keysSection, key.name)));
    this.hasPassingKeys = this.keys.some(({ lasts }) => lasts === 'operation');
    let bound = 0;
    for (const [origin, share] of Object.entries(config.from ?? {})) {
      bound += share;
      const place = network.placeOf(origin);
      this.origins.push({ place, bound });
      this.ledger.separate(origin, place);
    }
    if (this.origins.length === 0) {
      this.origins.push({ place: 0, bound: 1 });
      this.ledger.keepCohorts(undefined, 0);
    }
    if (this.keepsConnections && config.session === undefined) this.makeCallers();
  }

  /** Whether callers keep a connection from one call to the next. */
  get keepsConnections(): boolean {
    return keepsConnections(this.config.client);
  }

  /** Callers of each origin, as many as its share of all; their connections are yet to be opened. */
  private makeCallers(): void {
    const all = this.config.client.callers ?? defaultCallers;
    let before = 0;
    let number = 0;
    this.callers = this.origins.map(({ bound }) => {
      const count = Math.max(1, Math.round(all * (bound - before)));
      before = bound;
      return Array.from({ length: count }, () => {
        number += 1;
        return new Caller(number);
      });
    });
  }

  /** Who of an origin's callers calls; null where nobody keeps anything from one call to the next. */
  private callerOf(high: number, low: number, origin: number): Caller | null {
    const { callers } = this;
    if (callers === undefined) return null;
    const those = callers[origin];
    return those[Math.floor(this.draws.uniform(high, low, drawOf.caller) * those.length)];
  }

  /** A caller of one operation; the first call of a session may be another than the rest. */
  private clientOf(called: Reference, part: string): RoutedClient {
    const { config, name, wiring } = this;
    const [service, operation] = called.name.split('.');
    const path = `workloads.${name}.${part}`;
    const site = wiring.find<Callee>(servicesSection, service).callSite(operation, path);
    const { regions } = wiring.design;
    const allowed = site.regions.filter((place) => mayGoTo(config.residency, regions[place]));
    const router = wiring.find<Router>(routingSection);
    return new RoutedClient(
      config.client,
      wiring,
      path,
      site,
      router,
      allowed,
      `workloads.${name}`,
      part === 'open',
    );
  }

  start(): void {
    this.ledger.start();
    // Callers from before are numbered apart: how many are in mid-life shifts no draw of those who come in the run.
    if (this.memory > 0) {
      this.eachArrival(this.earlierWord, -this.memory, 0, (count, instant) =>
        this.makeSession(this.earlierWord, count).resume(instant),
      );
    }
    this.arrivals = this.arrivalsFrom(this.word, 0);
    this.scheduleNext();
  }

  /** Sessions in mid-life: how long ago those began that are not over yet. */
  get memory(): number {
    const { session } = this.config;
    return session !== undefined && this.wiring.design.run.begin === 'steady' ? Session.reach(session) : 0;
  }

  private arrivalsFrom(word: number, instant: number): PoissonArrivals {
    const { rate, profile } = this.config.arrivals;
    const { states } = this;
    const bursts =
      states === undefined
        ? undefined
        : new Modulation(states, instant, (index) => this.draws.uniform(word, index, drawOf.bursts));
    return new PoissonArrivals(fromStart(loadProfile(rate, profile), this.wiring.startAt), instant, bursts);
  }

  /** Time from the arrival before, where the mean is 1. */
  private gap(word: number, count: number): number {
    if (this.gaps !== undefined) return this.gaps[(count - 1) % this.gaps.length];
    return -Math.log(this.draws.uniform(word, count, drawOf.gap));
  }

  pastCalls(seconds: number, visit: VisitCall): void {
    const { memory } = this;
    const recent: VisitCall = (instant, origin, keys, isFirst) => {
      if (instant >= -seconds) visit(instant, origin, keys, isFirst);
    };
    // Those in mid-life stay who they are however far back one looks.
    if (seconds > memory) {
      const longAgo = this.wiring.site(`workloads.${this.name}.past`);
      this.tell(longAgo, -seconds, -memory, recent);
    }
    this.tell(this.earlierWord, -memory, 0, recent);
  }

  private tell(word: number, from: number, to: number, visit: VisitCall): void {
    this.eachArrival(word, from, to, (count, instant) => {
      const { place } = this.origins[this.originOf(word, count)];
      if (this.session === undefined) visit(instant, place, this.keysOf(word, count), true);
      else this.makeSession(word, count).pastTurns(instant, place, visit);
    });
  }

  /** Callers who came between two instants before the run (seconds, negative). */
  private eachArrival(
    word: number,
    from: number,
    to: number,
    came: (count: number, instant: number) => void,
  ): void {
    const arrivals = this.arrivalsFrom(word, from);
    for (let count = 1; ; count += 1) {
      const instant = arrivals.next(this.gap(word, count));
      if (!(instant < to)) return;
      came(count, instant);
    }
  }

  private scheduleNext(): void {
    this.count += 1;
    this.await(this.arrivals.next(this.gap(this.word, this.count)));
  }

  /** @param instant seconds; Infinity for a caller who never comes */
  private await(instant: number): void {
    if (instant === Number.POSITIVE_INFINITY) return;
    const { simulation } = this.wiring;
    const at = Math.max(simulation.now, toTicks(instant));
    simulation.schedule(at, this.word, this.count, 0, this, this.plan);
  }

  /** A surge begins now. @returns what ends it */
  surge(surge: Surge): () => void {
    this.surges.begin(surge);
    this.followSurges();
    return () => {
      this.surges.end(surge);
      this.followSurges();
    };
  }

  /** The caller who is awaited comes when the changed rate lets him. */
  private followSurges(): void {
    this.plan += 1;
    this.await(this.arrivals.scale(this.wiring.simulation.now / ticksPerSecond, this.surges.factor));
  }

  /** The next caller is here. */
  fire(plan: number): void {
    if (plan !== this.plan) return;
    const { word, count } = this;
    const keys = this.surgingKeysOf(word, count);
    if (this.session === undefined) {
      const origin = this.originOf(word, count);
      const caller = this.callerOf(word, count, origin);
      this.ask(word, count, origin, keys, this.ledger, this.client, caller, count);
    } else {
      this.session.sessions.count();
      this.session.sessionRate.count();
      this.makeSession(word, count, keys).begin();
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

  private makeSession(high: number, low: number, keys: readonly number[] = this.keysOf(high, low)): Session {
    return new Session(this, this.config.session as never, high, low, this.originOf(high, low), keys);
  }

  /**
   * Sends a new operation, counted where it arrives in the measured window.
   * @param caller who keeps a connection; null where nobody does
   * @param number by which the resolver is found that is asked for the address
   */
  ask(
    high: number,
    low: number,
    origin: number,
    keys: readonly number[],
    outcome: Outcome,
    client: RoutedClient,
    caller: Caller | null,
    number: number,
  ): void {
    const { now } = this.wiring.simulation;
    const { place } = this.origins[origin];
    const counted = this.wiring.window.contains(now);
    const operation = new ClientOperation(
      client,
      outcome,
      high,
      low,
      now,
      place,
      counted,
      keys,
      caller,
      number,
    );
    this.ledger.opened(operation);
    operation.start();
  }

  private originOf(high: number, low: number): number {
    const { origins } = this;
    const last = origins.length - 1;
    if (last === 0) return 0;
    const uniform = this.draws.uniform(high, low, drawOf.origin);
    let origin = 0;
    while (origin < last && uniform >= origins[origin].bound) origin += 1;
    return origin;
  }

  /** Values of the keys that a caller carries, by slot. */
  private keysOf(high: number, low: number): number[] {
    if (this.keys.length === 0) return this.noKeys;
    const values = this.noKeys.slice();
    for (let index = 0; index < this.keys.length; index += 1) {
      const key = this.keys[index];
      values[key.slot] = key.pick(this.draws.uniform(high, low, drawOf.keys + index));
    }
    return values;
  }

  /** As `keysOf`, of a caller who comes now: in a surge, if there is one. */
  private surgingKeysOf(high: number, low: number): readonly number[] {
    const keys = this.keysOf(high, low);
    if (this.surges.movesKeys) this.surges.redirect(keys, this.draws, high, low, drawOf.surges);
    return keys;
  }

  /** A session's keys, with those anew that last for one operation only. */
  keysAnew(session: readonly number[], high: number, low: number): readonly number[] {
    if (!this.hasPassingKeys) return session;
    const values = session.slice();
    this.keys.forEach((key, index) => {
      if (key.lasts !== 'operation') return;
      values[key.slot] = key.pick(this.draws.uniform(high, low, drawOf.keys + index));
    });
    return values;
  }

  backlog(): number {
    return this.ledger.inFlight;
  }

  get cohorts(): CohortSource['cohorts'] {
    const { now } = this.wiring.simulation;
    for (const { cohorts } of this.ledger.cohorts) cohorts.reachInstant(now);
    return this.ledger.cohorts;
  }

  vitals(): Vital[] {
    const clients = this.opener === undefined ? [this.client] : [this.client, this.opener];
    return vitalsOf(
      `workloads.${this.name}`,
      clients.map(({ tally }) => tally),
    );
  }

  get unfinished(): number {
    return this.ledger.unfinished;
  }

  get operationCount(): number {
    return this.ledger.operations;
  }

  end(): void {
    this.ledger.end();
  }

  record(): WorkloadRecord {
    return this.ledger.record();
  }
}

import { Gate } from '../../sim/stations/gate.ts';
import { Line } from '../../sim/stations/line.ts';
import { Shared } from '../../sim/stations/shared.ts';
import type { Silence } from '../contracts/network.ts';
import type { ServiceHost } from '../contracts/service.ts';
import type { Cursor, Failure } from '../cursor.ts';
import type { Frame } from '../frame.ts';
import { Step } from '../step.ts';
import type { CallGuard } from './call-guard.ts';
import type { BadDeploy } from './deploy.ts';
import { InstanceExecutor } from './executor.ts';
import type { ServiceModel } from './model.ts';

/** One copy of a service: its threads, cores and connections, and who is inside. */
export class Instance implements ServiceHost {
  alive = true;
  /** Its machine is dead without a word, while all links are whole: whoever asks it waits. */
  silence: Silence | null = null;
  isReady = false;
  /** Requests sent to it and not answered, as callers count them. */
  inFlight = 0;
  /** Where the balancer reads `inFlight`, while it is ready. */
  private counts: number[] | undefined;
  private slot = 0;
  /** Requests that have reached it. */
  arrivals = 0;
  readonly threads: Gate | undefined;
  readonly line: Line | undefined;
  readonly shared: Shared | undefined;
  /** Nanoseconds of work done in a nanosecond by one of its servers (cores that are not whole run slower). */
  private readonly speed: number;
  /** The same where faults slow it down, and by how much each does. */
  private pace: number;
  private readonly slowness: number[] = [];
  private readonly pools = new Map<string, Gate>();
  /** What it remembers of calls with policies, by the number of their call site. */
  readonly guards: (CallGuard | undefined)[] = [];
  readonly executors = new Map<string, InstanceExecutor>();
  private readonly credits = new Map<Step, Step>();
  /** Frames of requests that run on it, and of what runs beside them; each knows its place here. */
  private inside: Frame[] = [];
  /** Work that competes for no core: under way since, and done, for utilization. */
  private uncontended = 0;
  private readonly deathWatch: (() => void)[] = [];
  private readonly stopWatch: (() => void)[] = [];

  /** The version that it runs, where that is a bad one. */
  deploy: BadDeploy | null = null;

  constructor(
    readonly model: ServiceModel,
    readonly place: number,
    readonly number: number,
  ) {
    const { config, wiring } = model;
    if (config.threads !== undefined) {
      this.threads = new Gate(config.threads, config.queue ?? Number.POSITIVE_INFINITY);
    }
    const cores = config.cpu?.cores ?? 0;
    const servers = Math.max(1, Math.ceil(cores));
    this.speed = cores > 0 ? cores / servers : 1;
    this.pace = this.speed;
    if (config.cpu?.sharing === 'fifo') this.line = new Line(servers);
    if (config.cpu?.sharing === 'processor')
      this.shared = new Shared(wiring.agenda(), wiring.simulation, servers);
    for (const [store, size] of Object.entries(config.connections ?? {}))
      this.pools.set(store, new Gate(size));
    for (const [name, pool] of model.executors) this.executors.set(name, new InstanceExecutor(pool, this));
  }

  /** Which one it is, in words. */
  get title(): string {
    return `${this.model.wiring.design.regions[this.place]} instance ${this.number}`;
  }

  get service(): string {
    return this.model.name;
  }

  /** @internal by its fleet: it has this place among the ready ones */
  countAt(counts: number[], slot: number): void {
    this.counts = counts;
    this.slot = slot;
  }

  /** @internal by its fleet: it is no longer among the ready ones */
  countNowhere(now: number): void {
    this.counts = undefined;
    // Call sites that it never came to have left gaps.
    for (const guard of this.guards) guard?.leave(now);
  }

  /** Requests that wait for a thread or, with one, for a core. */
  waiting(now: number): number {
    return (this.threads?.queueLength ?? 0) + (this.line?.queueLength(now) ?? 0);
  }

  /** A request is on its way to it. */
  sent(): void {
    this.inFlight += 1;
    if (this.counts !== undefined) this.counts[this.slot] = this.inFlight;
  }

  /** A request has left it. */
  returned(): void {
    this.inFlight -= 1;
    if (this.counts !== undefined) this.counts[this.slot] = this.inFlight;
  }

  connections(store: string): Gate | undefined {
    return this.pools.get(store);
  }

  executor(name: string): InstanceExecutor | undefined {
    return this.executors.get(name);
  }

  /** Whether any request is at this instance. */
  get isIdle(): boolean {
    return this.inside.length === 0 && this.inFlight === 0;
  }

  occupy(cursor: Cursor): void {
    const { frame } = cursor;
    frame.slot = this.inside.length;
    this.inside.push(frame);
  }

  vacate(cursor: Cursor): void {
    const { slot } = cursor.frame;
    if (slot < 0) return;
    cursor.frame.slot = -1;
    const last = this.inside.pop() as Frame;
    if (slot === this.inside.length) return;
    this.inside[slot] = last;
    last.slot = slot;
  }

  /** A request gives its thread back. */
  releaseThread(): void {
    if (this.alive) this.threads?.release(this.model.wiring.simulation.now);
  }

  work(cursor: Cursor, ticks: number, next: Step): void {
    const { now } = cursor;
    const { waitsForCore, works } = this.model.segments;
    if (this.line !== undefined) {
      const length = Math.round(ticks / this.pace);
      const departure = this.line.serve(now, length, cursor);
      if (departure - length > now) cursor.spendUntil(waitsForCore, departure - length);
      cursor.spendUntil(works, departure);
      cursor.departAt(departure, next, waitsForCore);
    } else if (this.shared !== undefined) {
      cursor.awaitAt(this.creditBefore(next));
      this.shared.serve(Math.round(ticks / this.pace), cursor);
    } else {
      const length = Math.round(ticks / this.pace);
      this.uncontended += length;
      cursor.spendUntil(works, now + length);
      cursor.resumeAt(now + length, next);
    }
    cursor.computes();
  }

  /** What it computes from now on takes so much longer. @returns what ends that */
  slow(factor: number): () => void {
    const { slowness } = this;
    const follow = () => {
      this.pace = this.speed / slowness.reduce((product, each) => product * each, 1);
    };
    slowness.push(factor);
    follow();
    return () => {
      slowness.splice(slowness.indexOf(factor), 1);
      follow();
    };
  }

  private creditBefore(next: Step): Step {
    let credit = this.credits.get(next);
    if (credit === undefined) {
      credit = new Credit(next, this.model.segments.works);
      this.credits.set(next, credit);
    }
    return credit;
  }

  /** Core-nanoseconds used since it started, for the autoscaler's scrapes. */
  coreTicksUsed(now: number): number {
    if (this.line !== undefined) return this.line.busySinceStart(now) * this.speed;
    return this.shared === undefined ? this.uncontended : this.shared.busySinceStart() * this.speed;
  }

  whenDead(died: () => void): void {
    this.deathWatch.push(died);
  }

  whenStopped(stopped: () => void): void {
    this.stopWatch.push(stopped);
  }

  /** Let go, and idle: its process ends in order. */
  stop(): void {
    if (!this.alive) return;
    for (const stopped of this.stopWatch) stopped();
    this.stopWatch.length = 0;
  }

  /** Dies at this instant: whoever is inside hears of it; what they had called elsewhere works on. */
  die(reason: Failure): void {
    const { now } = this.model.wiring.simulation;
    this.alive = false;
    this.isReady = false;
    for (const died of this.deathWatch) died();
    const inside = new Set(this.inside.map((frame) => frame.cursor));
    for (const frame of this.inside) frame.slot = -1;
    this.inside = [];
    this.line?.crash(now);
    this.shared?.crash();
    for (const waiting of (this.threads?.crash(now) ?? []) as Cursor[]) {
      waiting.taken();
      waiting.fail(reason);
    }
    for (const executor of this.executors.values()) executor.crash(now, reason);
    for (const cursor of inside) cursor.sever(this, reason, this.model.orphans);
  }

  /**
   * Dies with its machine at this instant: no connection is closed, so that whoever waits for an answer goes on waiting,
   * and whoever keeps a list of those that are ready has it there until its absence is noticed.
   * @param silence holds up what is sent to it; null where the links do
   */
  fallSilent(reason: Failure, silence: Silence | null): void {
    const { isReady } = this;
    this.silence = silence;
    this.die(reason);
    this.isReady = isReady;
  }

  openWindow(now: number): void {
    this.threads?.resetWindow(now);
    this.line?.resetWindow(now);
    this.shared?.resetWindow();
    for (const executor of this.executors.values()) executor.openWindow(now);
  }
}

/** Credits what passed at a station that cannot say beforehand how long it takes. */
class Credit extends Step {
  constructor(
    next: Step,
    private readonly segment: number,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    cursor.spendUntil(this.segment, cursor.now);
    cursor.go(this.next);
  }
}

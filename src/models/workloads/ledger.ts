import type { Cursor, Failure } from '../cursor.ts';
import { faultsSection } from '../fault.ts';
import type { CountMeter, MetersOf } from '../meters.ts';
import type { Wiring } from '../wiring.ts';
import type { ClientOperation, Outcome } from './client-operation.ts';
import { CohortCounts } from './cohort-counts.ts';
import { canDuplicate, type WorkloadConfig } from './config.ts';
import { Course, type CourseRecord } from './course.ts';
import {
  duplicateMeters,
  originMeters,
  residencyMeters,
  type TurnMeters,
  turnMeters,
  workloadMeters,
} from './metrics.ts';
import { UnderWay } from './under-way.ts';
import { type Example, Waterfall, type WaterfallRecord } from './waterfall.ts';

/** What a workload leaves for the result beside its meters. */
export interface WorkloadRecord {
  readonly waterfall: WaterfallRecord[];
  readonly failures: Record<string, number>;
  /** The first that failed so, with the time until it was given up (or until the run ended). */
  readonly failed: Record<string, Example>;
  readonly course: CourseRecord;
}

/** Calls that open sessions, or those that follow. */
interface Turn {
  readonly meters: TurnMeters;
  /** Counted operations that have not ended. */
  underWay: number;
}

/** What became of a workload's operations: how they ended, how long they took, where their time went. */
export class Ledger implements Outcome {
  /** Operations asked for and not ended, counted or not. */
  inFlight = 0;
  /** Operations asked for so far. */
  operations = 0;
  private readonly meters: MetersOf<typeof workloadMeters>;
  private readonly origins: (MetersOf<typeof originMeters> | undefined)[] = [];
  /** By the place of the caller; empty where nothing is made to fail, and nobody asks. */
  private readonly byArrival: (CohortCounts | undefined)[] = [];
  readonly cohorts: { readonly origin: string | undefined; readonly cohorts: CohortCounts }[] = [];
  /** Of the calls that open sessions, and of those that follow; none where they are of one operation. */
  private readonly turns: readonly [first: Turn, later: Turn] | undefined;
  private readonly duplicates: CountMeter | undefined;
  private waterfall!: Waterfall;
  private readonly course: Course;
  private readonly rest: number;
  private readonly callerWay: number;
  private readonly failures = new Map<string, number>();
  private readonly failed = new Map<string, Example>();
  /** Counted operations that have not ended, by the place of their caller. */
  private readonly underWay: number[];
  private readonly counted = new UnderWay<ClientOperation>();
  private readonly arrivedSeries;
  private readonly answeredSeries;
  private readonly failedSeries;
  private readonly latencySeries;
  private readonly retrySeries: ((now: number, times: number) => void) | undefined;
  private readonly refused: CountMeter | undefined;

  constructor(
    private readonly name: string,
    private readonly wiring: Wiring,
    config: WorkloadConfig,
  ) {
    const { client, residency, session } = config;
    if (canDuplicate(config))
      this.duplicates = wiring.meters(['workloads', name], duplicateMeters, 'counted').duplicates;
    const path = `workloads.${name}`;
    if (residency !== undefined)
      this.refused = wiring.meters(['workloads', name], residencyMeters, 'counted').refused;
    this.meters = wiring.meters(['workloads', name], workloadMeters, 'counted');
    if (session?.open !== undefined) {
      const turn = (which: string): Turn => ({
        meters: wiring.meters(['workloads', name, 'turn', which], turnMeters, 'counted'),
        underWay: 0,
      });
      this.turns = [turn('first'), turn('later')];
    }
    this.course = new Course(wiring.window);
    this.rest = wiring.segments.number(path, 'earlier attempts and back-off', true);
    this.callerWay = wiring.segments.number('network', 'between caller and region');
    const { timeline } = wiring;
    this.arrivedSeries = timeline.counter(`${path}.arrivals`, 'count');
    this.answeredSeries = timeline.counter(`${path}.succeeded`, 'count');
    this.failedSeries = timeline.counter(`${path}.failed`, 'count');
    this.latencySeries = timeline.latencies(`${path}.latency`);
    if (client.retries !== undefined) this.retrySeries = timeline.counter(`${path}.retries`, 'count');
    const { regions, origins } = wiring.design;
    this.underWay = Array.from({ length: regions.length + origins.length }, () => 0);
  }

  /** Keeps an account of its own for callers of an origin. */
  separate(origin: string, place: number): void {
    const path = ['workloads', this.name, 'from', origin];
    this.origins[place] = this.wiring.meters(path, originMeters, 'counted');
    this.keepCohorts(origin, place);
  }

  /** Keeps count of callers at a place by when they came, for whoever measures how long a fault was felt. */
  keepCohorts(origin: string | undefined, place: number): void {
    const { design, window } = this.wiring;
    if (design.names(faultsSection).length === 0) return;
    const cohorts = new CohortCounts(window.to);
    this.byArrival[place] = cohorts;
    this.cohorts.push({ origin, cohorts });
  }

  /** All segments are known. */
  start(): void {
    this.waterfall = new Waterfall(this.wiring.segments.list.length);
  }

  opened(operation: ClientOperation): void {
    this.arrivedSeries(operation.arrivedAt, 1);
    this.operations += 1;
    this.inFlight += 1;
    this.byArrival[operation.origin]?.arrived(operation.arrivedAt);
    if (!operation.counted) return;
    this.meters.arrivals.count();
    this.underWay[operation.origin] += 1;
    this.counted.add(operation);
    if (this.turns !== undefined) this.turnOf(operation).underWay += 1;
  }

  answered(operation: ClientOperation, cursor: Cursor): void {
    const { now } = this.wiring.simulation;
    const latency = now - operation.arrivedAt;
    const seconds = latency / 1e9;
    this.inFlight -= 1;
    this.byArrival[operation.origin]?.good(operation.arrivedAt);
    this.answeredSeries(now, 1);
    this.latencySeries(now, seconds);
    this.wiring.simulation.digest(latency);
    const { meters } = this;
    const origin = this.origins[operation.origin];
    // Throughput is what comes out while the window is open, whenever it went in.
    if (this.wiring.window.open) {
      meters.throughput.count();
      origin?.throughput.count();
    }
    if (!operation.counted) return;
    this.underWay[operation.origin] -= 1;
    this.counted.remove(operation);
    meters.succeeded.count();
    meters.serverLatency.observe(Math.max(0, latency - cursor.spent.of(this.callerWay)) / 1e9);
    meters.goodputRatio.observe(1, 1);
    meters.availability.observe(1, 1);
    this.course.add(operation.arrivedAt, latency);
    this.waterfall.add(latency, cursor.spent, this.rest, operation);
    // Counted once here; the whole and the latency with failures are put together when the run is over.
    (origin ?? meters).answeredLatency.observe(seconds);
    origin?.goodputRatio.observe(1, 1);
    if (this.turns !== undefined) {
      const turn = this.turnOf(operation);
      turn.underWay -= 1;
      turn.meters.answeredLatency.observe(seconds);
      turn.meters.goodputRatio.observe(1, 1);
    }
  }

  private turnOf({ opens }: ClientOperation): Turn {
    const [first, later] = this.turns as readonly [Turn, Turn];
    return opens ? first : later;
  }

  givenUp(operation: ClientOperation, reason: Failure): void {
    const { now } = this.wiring.simulation;
    this.inFlight -= 1;
    this.byArrival[operation.origin]?.bad(operation.arrivedAt);
    this.failedSeries(now, 1);
    this.wiring.simulation.digest(now);
    if (!operation.counted) return;
    this.underWay[operation.origin] -= 1;
    this.counted.remove(operation);
    if (reason === 'rejected') this.meters.rejected.count();
    else if (reason === 'timed-out') this.meters.timedOut.count();
    else this.meters.failed.count();
    if (reason === 'unreachable') this.meters.unreachable.count();
    else if (reason === 'residency') this.refused?.count();
    this.remember(operation, reason);
    this.lost(operation.origin, reason);
    if (this.turns === undefined) return;
    const turn = this.turnOf(operation);
    turn.underWay -= 1;
    lose(turn);
  }

  retried(operation: ClientOperation): void {
    this.retrySeries?.(this.wiring.simulation.now, 1);
    if (operation.counted) this.meters.retries.count();
  }

  duplicated(operation: ClientOperation): void {
    if (operation.counted) this.duplicates?.count();
  }

  /** Calls that a session would have made and did not, because it was given up with this operation. */
  abandoned(operation: ClientOperation, calls: number): void {
    if (calls === 0) return;
    const cohorts = this.byArrival[operation.origin];
    cohorts?.arrived(operation.arrivedAt, calls);
    cohorts?.bad(operation.arrivedAt, calls);
    if (!operation.counted) return;
    this.meters.abandoned.count(calls);
    this.meters.availability.observe(0, calls);
  }

  /** Counted operations that are still under way. */
  get unfinished(): number {
    let sum = 0;
    for (const operations of this.underWay) sum += operations;
    return sum;
  }

  /** The run is over: what is still under way never ended. */
  end(): void {
    const { oldest } = this.counted;
    if (oldest !== null) this.remember(oldest, 'unfinished');
    for (let origin = 0; origin < this.underWay.length; origin += 1) {
      for (; this.underWay[origin] > 0; this.underWay[origin] -= 1) {
        this.meters.unfinished.count();
        this.lost(origin, 'unfinished');
      }
    }
    this.sumUp();
  }

  private sumUp(): void {
    const { meters } = this;
    const retries = meters.retries.read().num;
    const attempts = meters.arrivals.read().num + retries;
    meters.attempts.give(attempts);
    meters.retryShare.give(retries, attempts);
    for (const origin of this.origins) {
      if (origin === undefined) continue;
      origin.latency.give(origin.answeredLatency);
      meters.answeredLatency.give(origin.answeredLatency);
    }
    meters.latency.give(meters.answeredLatency);
    for (const turn of this.turns ?? []) {
      for (; turn.underWay > 0; turn.underWay -= 1) lose(turn);
      turn.meters.latency.give(turn.meters.answeredLatency);
    }
  }

  record(): WorkloadRecord {
    return {
      waterfall: this.waterfall.read(),
      failures: Object.fromEntries(this.failures),
      failed: Object.fromEntries(this.failed),
      course: this.course.read(),
    };
  }

  /** The first of those that fail so stands for them. */
  private remember({ high, low, arrivedAt }: ClientOperation, reason: Failure): void {
    if (this.failed.has(reason)) return;
    this.failed.set(reason, { high, low, latency: this.wiring.simulation.now - arrivedAt });
  }

  private lost(place: number, reason: Failure): void {
    const { meters } = this;
    this.failures.set(reason, (this.failures.get(reason) ?? 0) + 1);
    meters.latency.observe(Number.POSITIVE_INFINITY);
    meters.goodputRatio.observe(0, 1);
    meters.availability.observe(0, 1);
    const origin = this.origins[place];
    origin?.latency.observe(Number.POSITIVE_INFINITY);
    origin?.goodputRatio.observe(0, 1);
  }
}

function lose({ meters }: Turn): void {
  meters.latency.observe(Number.POSITIVE_INFINITY);
  meters.goodputRatio.observe(0, 1);
}

import { toTicks } from '../sim/clock.ts';
import type { Seed } from '../sim/random/streams.ts';
import { Simulation } from '../sim/simulation.ts';
import type { NodeNeed } from './contracts/node-need.ts';
import type { BilledLoad, CostRow } from './cost.ts';
import { CursorPool } from './cursor-pool.ts';
import type { Design } from './design.ts';
import { recoveryLook } from './fault.ts';
import type { Component } from './kind.ts';
import { kinds, verbs } from './kinds.ts';
import { MeterBoard, type MeterReading } from './meters.ts';
import { warmUpOf } from './run-settings.ts';
import { type Segment, Segments } from './segments.ts';
import { TimeSeries } from './timeline.ts';
import type { Topology } from './topology.ts';
import type { Tracer } from './trace/tracer.ts';
import { UtilizationSeries } from './utilization-series.ts';
import { MeasuredWindow } from './window.ts';
import { Wiring } from './wiring.ts';

/** A design brought to life under one seed, ready to run. */
export class Assembly {
  readonly simulation = new Simulation();
  readonly window: MeasuredWindow;
  readonly timeline: TimeSeries;
  private readonly segments = new Segments();
  private readonly cursors = new CursorPool(this.simulation);
  private readonly board: MeterBoard;
  private readonly parts: { id: string; component: Component }[] = [];
  private readonly utilization: UtilizationSeries;
  private drawn: Topology[] = [];
  private bill: CostRow[] = [];
  private needs: NodeNeed[] = [];
  /** Operations that callers asked for in the measured window. */
  arrived = 0;
  /** Backlog of each component that has one, at a hundred instants of the window. */
  readonly backlogs: Record<string, number[]> = {};

  constructor(
    private readonly design: Design,
    seed: Seed,
    run: number,
    tracer: Tracer | null = null,
  ) {
    this.cursors.tracer = tracer;
    const end = toTicks(design.run.duration);
    this.window = new MeasuredWindow(toTicks(warmUpOf(design.run)), end);
    this.timeline = new TimeSeries(end);
    this.board = new MeterBoard(this.window);
    const components = new Map<string, Map<string, Component>>();
    const wiring = new Wiring(
      design,
      this.simulation,
      this.cursors,
      this.segments,
      this.window,
      this.timeline,
      startOf(design),
      seed,
      run,
      this.board,
      components,
      new Map(verbs.map((definition) => [definition.verb, definition])),
    );
    for (const kind of kinds) {
      const section = new Map<string, Component>();
      components.set(kind.section, section);
      for (const [name, config] of design.entries(kind.section)) {
        const component = kind.build(name, config, wiring) as Component;
        section.set(name, component);
        this.parts.push({ id: name === '' ? kind.section : `${kind.section}.${name}`, component });
      }
    }
    for (const { component } of this.parts) component.connect?.();
    this.cursors.seal(this.segments.list.length);
    for (const { component } of this.parts) component.start?.();
    this.utilization = new UtilizationSeries(this.parts, this.timeline, end);
  }

  /**
   * Runs warm-up, measured window (its first instant in it, its end no more) and drain: operations that arrived in the
   * window are waited for while arrivals go on, for a tenth of the window or half a minute, whichever is more. After a
   * fault the run goes on until it is known how long that was felt, to twice its length at most.
   */
  run(progress?: (share: number) => void): void {
    const { simulation, window } = this;
    this.advance(window.from, progress);
    window.open = true;
    this.board.openWindow(simulation.now);
    for (const { component } of this.parts) component.openWindow?.(simulation.now);
    this.utilization.windowOpened(simulation.now);
    const before = this.operations;
    this.advance(window.to, progress, () => this.sampleBacklogs());
    for (const { component } of this.parts) component.closeWindow?.(simulation.now);
    this.board.closeWindow(simulation.now);
    window.open = false;
    this.drawn = this.parts.flatMap(({ component }) => component.topology?.() ?? []);
    this.arrived = this.operations - before;
    this.bill = this.billOf(this.arrived);
    this.needs = this.parts.flatMap(({ component }) => component.nodeNeeds?.() ?? []);
    this.drain();
    for (const { component } of this.parts) component.end?.();
    this.timeline.finish();
  }

  private advance(until: number, progress?: (share: number) => void, sample?: () => void): void {
    const { simulation, utilization, window } = this;
    const step = Math.ceil((until - simulation.now) / 100);
    let next = Math.min(until, simulation.now + step);
    while (simulation.now < until) {
      simulation.runBefore(Math.min(next, utilization.nextLook));
      if (simulation.now >= utilization.nextLook) {
        utilization.look(simulation.now);
        for (const { component } of this.parts) component.bucketEnds?.(simulation.now);
      }
      if (simulation.now < next) continue;
      next = Math.min(until, next + step);
      sample?.();
      progress?.(simulation.now / window.to);
    }
  }

  private sampleBacklogs(): void {
    for (const { id, component } of this.parts) {
      if (component.backlog === undefined) continue;
      this.backlogs[id] ??= [];
      this.backlogs[id].push(component.backlog());
    }
  }

  /** Everybody's rows, priced by whoever keeps the prices. */
  private billOf(operations: number): CostRow[] {
    const load: BilledLoad = {
      operationsAnHour: (operations / this.window.seconds) * 3600,
      operationsAnHourOfMonth: meanDemandOf(this.design) * 3600,
    };
    const rows = this.parts.flatMap(({ component }) => component.costs?.() ?? []);
    return this.parts.reduce((bill, { component }) => component.bill?.(bill, load) ?? bill, rows);
  }

  private drain(): void {
    const { simulation, window } = this;
    const limit = window.to + Math.max(30e9, (window.to - window.from) / 10);
    while (simulation.now < limit && this.unfinished > 0) {
      simulation.run(Math.min(limit, simulation.now + 1e9));
    }
    while (simulation.now < 2 * window.to && this.parts.some(({ component }) => component.awaitsMore)) {
      simulation.run(Math.min(2 * window.to, simulation.now + recoveryLook));
    }
  }

  private get unfinished(): number {
    return this.parts.reduce((sum, { component }) => sum + (component.unfinished ?? 0), 0);
  }

  /** Operations that callers asked for, warm-up and drain included. */
  get operations(): number {
    return this.parts.reduce((sum, { component }) => sum + (component.operationCount ?? 0), 0);
  }

  /** A component by its id (`services.desk`), for whoever reaches into a run. */
  component<C>(id: string): C {
    const part = this.parts.find((each) => each.id === id);
    if (part === undefined) throw new Error(`no component ${id}`);
    return part.component as C;
  }

  /** Attempts and branches under way. */
  get cursorsUnderWay(): number {
    return this.cursors.taken;
  }

  /** What every meter read, by its id. */
  readings(): Map<string, MeterReading> {
    return new Map([...this.board.meters].map(([id, meter]) => [id, meter.read()]));
  }

  /** What a meter read in steady times; undefined where it cannot tell. */
  steadyReading(meter: string): MeterReading | undefined {
    return this.board.meters.get(meter)?.readSteady();
  }

  get segmentList(): readonly Segment[] {
    return this.segments.list;
  }

  /** What places are called, by number: regions, then origins. */
  get placeNames(): readonly string[] {
    return this.cursors.network.placeNames;
  }

  /** Segments of the time on the way between two places. */
  get ways(): ReadonlySet<number> {
    const { network } = this.cursors;
    const places = network.placeNames.map((_, place) => place);
    return new Set(places.flatMap((from) => places.map((to) => network.segment(from, to))));
  }

  get topology(): readonly Topology[] {
    return this.drawn;
  }

  get costs(): readonly CostRow[] {
    return this.bill;
  }

  /** Nodes that are needed over a month, by what the window saw. */
  get nodeNeeds(): readonly NodeNeed[] {
    return this.needs;
  }

  /** What components leave beside their meters, by their id. */
  records(): Record<string, unknown> {
    const records = this.parts.flatMap(({ id, component }) => {
      const record = component.record?.();
      return record === undefined ? [] : [[id, record] as const];
    });
    return Object.fromEntries(records);
  }
}

/** A Monday, for scenarios that do not say when they start. */
const someMonday = Date.UTC(2026, 0, 5) / 1000;

/** Operations a second that all of the design's load is expected to bring at an instant (seconds of Unix time). */
export function demandOf(design: Design): (instant: number) => number {
  const demands = kinds.flatMap((kind) =>
    design.entries(kind.section).flatMap(([name, config]) => kind.demand?.(name, config, design) ?? []),
  );
  return (instant) => demands.reduce((sum, demand) => sum + demand(instant), 0);
}

/** Whether anything in the design is meant to change over time, so that no part of a run is as any other. */
export const varies = (design: Design): boolean =>
  kinds.some((kind) =>
    design.entries(kind.section).some(([name, config]) => kind.varies?.(name, config, design) ?? false),
  );

/** Seconds between two looks at a profile: none changes more often. */
const lookEvery = 300;
const weekOfLooks = (168 * 3600) / lookEvery;

/** Operations a second on the mean over a week. */
function meanDemandOf(design: Design): number {
  const demand = demandOf(design);
  const from = startOf(design);
  let sum = 0;
  for (let look = 0; look < weekOfLooks; look += 1) sum += demand(from + (look + 0.5) * lookEvery);
  return sum / weekOfLooks;
}

/** When a run starts (seconds of Unix time): as set, or so that the busiest hour of the week is what is measured. */
export function startOf(design: Design): number {
  const { start, duration } = design.run;
  if (typeof start === 'number') return start / 1000;
  if (start === undefined) return someMonday;
  const warmUp = warmUpOf(design.run);
  return busiest(demandOf(design), Math.min(duration - warmUp, 3600)) - warmUp;
}

/** When the stretch of a week begins, on a multiple of five minutes, that has the most demand; the first of equals. */
function busiest(demand: (instant: number) => number, length: number): number {
  const looks = Math.max(1, Math.round(length / lookEvery));
  const week = Array.from({ length: weekOfLooks }, (_, look) =>
    demand(someMonday + (look + 0.5) * lookEvery),
  );
  let best = 0;
  let most = 0;
  for (let from = 0; from < weekOfLooks; from += 1) {
    let sum = 0;
    for (let look = from; look < from + looks; look += 1) sum += week[look % weekOfLooks];
    if (sum > most * (1 + 1e-9)) {
      best = from;
      most = sum;
    }
  }
  return someMonday + best * lookEvery;
}

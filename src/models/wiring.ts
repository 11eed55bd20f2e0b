import { KeyedDraws } from '../sim/random/keyedDraws.ts';
import { type Random, type Seed, stream } from '../sim/random/streams.ts';
import type { Agenda, Simulation } from '../sim/simulation.ts';
import { closed, opened } from './control/span.ts';
import type { CursorPool } from './cursor-pool.ts';
import type { Design } from './design.ts';
import type { Component } from './kind.ts';
import type { Gating, MeterBoard, MeterSet, MetersOf } from './meters.ts';
import { Milestones } from './milestones.ts';
import type { Segments } from './segments.ts';
import type { Step, StepConfig, StepDefinition } from './step.ts';
import type { TimeSeries } from './timeline.ts';
import type { MeasuredWindow } from './window.ts';

/** What a component is built with: the run's clock, randomness, meters, and the way to the other components. */
export class Wiring {
  /** What components did to come back from faults. */
  readonly milestones = new Milestones();

  constructor(
    readonly design: Design,
    readonly simulation: Simulation,
    readonly cursors: CursorPool,
    readonly segments: Segments,
    readonly window: MeasuredWindow,
    readonly timeline: TimeSeries,
    /** When the run starts: seconds of Unix time. */
    readonly startAt: number,
    private readonly seed: Seed,
    private readonly run: number,
    private readonly board: MeterBoard,
    private readonly components: ReadonlyMap<string, ReadonlyMap<string, Component>>,
    private readonly verbs: ReadonlyMap<string, StepDefinition>,
  ) {}

  /** A numbered agenda for a component's own events. */
  agenda(): Agenda {
    return this.simulation.agenda();
  }

  /** Draws for operations: a function of (operation, word) under this purpose. */
  draws(purpose: string): KeyedDraws {
    return new KeyedDraws(this.seed, this.run, purpose);
  }

  /** Number of a place in the design from which operations, branches or repetitions start: no two share one. */
  site(path: string): number {
    return this.cursors.site(path);
  }

  /** A sequential stream for a component's own randomness (failures, jitter of a timer). */
  stream(name: string): Random {
    return stream(this.seed, this.run, name);
  }

  /** Meters of a set that `scopes` declared under the same path. */
  meters<S extends MeterSet>(path: readonly string[], set: S, gating: Gating = 'window'): MetersOf<S> {
    return this.board.make(path, set, gating);
  }

  /** What is metered from now on is not of steady times, until as many `calm` have followed. */
  disturb(): void {
    this.board.disturb(this.simulation.now);
  }

  calm(): void {
    this.board.calm(this.simulation.now);
  }

  /** Another component, once all are built (from `connect` on). */
  find<C>(section: string, name = ''): C {
    const component = this.components.get(section)?.get(name);
    if (component === undefined) throw new Error(`no component ${section}.${name}`);
    return component as C;
  }

  /** All components, in the order in which they were built (from `connect` on). */
  get all(): Component[] {
    return [...this.components.values()].flatMap((section) => [...section.values()]);
  }

  has(section: string, name = ''): boolean {
    return this.components.get(section)?.has(name) ?? false;
  }

  /** Compiles a list of steps that goes on to `last` when done. */
  steps(list: readonly StepConfig[], owner: string, path: string, last: Step): Step {
    const spans = list.flatMap(({ verb }, at) => this.verbs.get(verb)?.spans?.(list, at, this) ?? []);
    let next = last;
    for (let at = list.length - 1; at >= 0; at -= 1) {
      const { verb, options } = list[at];
      const definition = this.verbs.get(verb);
      if (definition === undefined) throw new Error(`no step is called ${verb}`);
      const here = `${path}.${at}`;
      const step = definition.compile(options, {
        wiring: this,
        path: here,
        owner,
        next: spans.length === 0 ? next : closed(spans, at, next),
        nested: (steps, part, end) => this.steps(steps, owner, `${here}.${part}`, end),
      });
      next = spans.length === 0 ? step : opened(spans, at, step);
    }
    return next;
  }
}

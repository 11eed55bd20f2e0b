import { toTicks } from '../../../sim/clock.ts';
import type { Random } from '../../../sim/random/streams.ts';
import type { Agenda } from '../../../sim/simulation.ts';
import type { Occurrence } from '../../algorithms/recovery/episodes.ts';
import { type CohortSource, workloadsSection } from '../../contracts/cohorts.ts';
import type { FeltTimes, Occurrences } from '../../contracts/occurrences.ts';
import { type FaultContext, type FaultDefinition, faultsSection } from '../../fault.ts';
import type { Component } from '../../kind.ts';
import type { MetersOf } from '../../meters.ts';
import type { Turn } from '../../milestones.ts';
import type { Wiring } from '../../wiring.ts';
import { endOf, type NamedFault } from '../check.ts';
import type { FaultConfig } from '../config.ts';
import { meterLosses } from '../losses.ts';
import { type CallerMeters, callerMeters, callerPath, callersOf, faultMeters } from '../metrics.ts';
import type { RandomTimes } from './config.ts';
import { type FeltOften, feltOften, meterOften } from './felt.ts';
import { randomMeters } from './metrics.ts';
import { type DrawnTimes, drawnTimes, publishedRate } from './times.ts';

/** Nanoseconds between two looks whether it has been recovered from. */
const lookEvery = 10e9;

/** What it leaves for the result: its first occurrence, and all of them. */
export interface RandomFaultRecord extends Times {
  readonly fault: string;
  readonly occurrences: readonly Times[];
}

interface Times {
  readonly at: number;
  /** Absent where it was over at once. */
  readonly until?: number;
}

/** Some callers, and what is said of how they felt it. */
interface Callers {
  readonly workload: string;
  readonly origin: string | undefined;
  readonly meters: CallerMeters;
}

/** One occurrence as it is played; seconds from the start of the run. */
interface Played {
  readonly from: number;
  /** When it is to end; its onset where it is over at once. */
  readonly to: number;
}

/** Seconds between the end of one fault and the onset of another that strikes the same. */
const apart = 1;

/**
 * A fault whose times are drawn, so often as it comes: each time as a written fault of the same sort would be.
 *
 * The times are a stream of the fault's own, so that designs that have it share them. What strikes one certain thing has
 * one failure after the other; of many things (instances, nodes) each fails by itself, and several may be down at once. An
 * occurrence that would strike what another fault has struck already waits until that is over, and one that a written
 * fault's beginning would run into is over by then. None begins once the measured window has ended.
 */
export class RandomFault implements Component, Occurrences {
  private readonly agenda: Agenda;
  private readonly whole: MetersOf<typeof faultMeters>;
  private readonly often: MetersOf<typeof randomMeters>;
  private readonly callers: Callers[] = [];
  private readonly times: DrawnTimes;
  private readonly draw: Random;
  private readonly played: Played[] = [];
  private isDisturbing = false;
  /** Whether several may be down at once. */
  private isOfMany = false;

  constructor(
    readonly name: string,
    private readonly config: FaultConfig,
    private readonly definition: FaultDefinition,
    private readonly rivals: readonly NamedFault[],
    private readonly wiring: Wiring,
  ) {
    this.agenda = wiring.agenda();
    this.times = drawnTimes(config, config.random as RandomTimes, wiring.design);
    this.draw = wiring.stream(`faults.${name}.times`);
    this.whole = wiring.meters([faultsSection, name], faultMeters);
    this.often = wiring.meters([faultsSection, name], randomMeters);
    for (const { workload, origins } of callersOf(wiring.design)) {
      for (const origin of [undefined, ...origins]) {
        const meters = wiring.meters(callerPath(name, workload, origin), callerMeters);
        this.callers.push({ workload, origin, meters });
      }
    }
  }

  start(): void {
    // The clock stands at 0, and nothing that it could strike has been started yet.
    this.agenda.at(0, {
      fire: () => {
        this.isOfMany = this.population !== undefined;
        this.await();
      },
    });
  }

  private get now(): number {
    return this.wiring.simulation.now / 1e9;
  }

  private get context(): FaultContext {
    // Each occurrence draws what it strikes anew.
    return { wiring: this.wiring, name: `${this.name}.${this.played.length}`, length: undefined };
  }

  /** How many things it may strike now; undefined where it is one certain thing. */
  private get population(): number | undefined {
    return this.definition.population?.(this.config, this.context);
  }

  /** Until the next one; where nothing can fail just now, it is asked for again in a minute. */
  private await(): void {
    const population = this.population ?? 1;
    const seconds = population > 0 ? this.times.untilFailure(this.draw()) / population : 60;
    const { agenda } = this;
    agenda.after(toTicks(seconds), { fire: () => (population > 0 ? this.strike() : this.await()) });
  }

  private strike(): void {
    const { wiring, definition, times, agenda, now } = this;
    if (wiring.simulation.now >= wiring.window.to) return;
    const free = this.freeFrom();
    if (free === Number.POSITIVE_INFINITY) return;
    if (toTicks(free) > wiring.simulation.now) {
      agenda.at(toTicks(free), { fire: () => this.strike() });
      return;
    }
    const drawn = times.length?.(this.draw());
    const ticks =
      drawn === undefined ? undefined : toTicks(Math.min(drawn, this.nextWritten() - apart - now));
    this.note(`${definition.fault} begins`);
    if (wiring.design.targets.some(({ during }) => during === 'steady')) this.disturb();
    this.turn('onset');
    const undo = definition.begin(this.config, { ...this.context, length: ticks });
    this.played.push({ from: now, to: now + (ticks ?? 0) / 1e9 });
    if (ticks !== undefined) agenda.after(ticks, { fire: () => this.lift(undo) });
    if (this.isOfMany || ticks === undefined) this.await();
  }

  /** What follows is put down to it, and not to a fault whose time is written. */
  private turn(side: Turn['side']): void {
    const { milestones, simulation } = this.wiring;
    milestones.turned({ fault: this.name, side, at: simulation.now });
  }

  private lift(undo: (() => void) | undefined): void {
    this.turn('end');
    undo?.();
    this.note(`${this.definition.fault} ends`);
    if (!this.isOfMany) this.await();
  }

  /** What it strikes, in the words by which faults contradict each other. */
  private get struck(): readonly string[] {
    return this.definition.targets?.(this.config, this.wiring.design) ?? [];
  }

  private get rivalsOnSame(): NamedFault[] {
    const { struck, wiring } = this;
    return this.rivals.filter(({ definition, config }) =>
      definition.targets?.(config, wiring.design).some((target) => struck.includes(target)),
    );
  }

  /** From when on no other fault has what it would strike, nor is about to: the past where none has now. */
  private freeFrom(): number {
    const { now, wiring } = this;
    return this.rivalsOnSame.reduce((latest, { name, config }) => {
      if (config.random !== undefined)
        return Math.max(latest, wiring.find<RandomFault>(faultsSection, name).heldUntil);
      return config.at <= now + apart ? Math.max(latest, endOf(config) + apart) : latest;
    }, 0);
  }

  /** From when on nothing is struck any more. */
  private get heldUntil(): number {
    return Math.max(0, ...this.played.map(({ to }) => to + apart));
  }

  /** When the next written fault begins that strikes the same. */
  private nextWritten(): number {
    const starts = this.rivalsOnSame
      .filter(({ config }) => config.random === undefined && config.at > this.now)
      .map(({ config }) => config.at);
    return Math.min(...starts);
  }

  private disturb(): void {
    const { agenda, wiring } = this;
    if (this.isDisturbing) return;
    this.isDisturbing = true;
    wiring.disturb();
    const look = {
      fire: () => {
        this.isDisturbing = this.awaitsMore;
        if (this.isDisturbing) agenda.after(lookEvery, look);
        else wiring.calm();
      },
    };
    agenda.after(lookEvery, look);
  }

  private note(what: string): void {
    const { simulation, timeline } = this.wiring;
    timeline.note(simulation.now, `${faultsSection}.${this.name}`, what, { sort: 'fault' });
  }

  private get occurrences(): Occurrence[] {
    return this.played.map(({ from, to }) => ({ from, to: Math.min(to, this.now) }));
  }

  private feltBy(workload: string, occurrences: readonly Occurrence[]): FeltOften[] {
    const { cohorts } = this.wiring.find<CohortSource>(workloadsSection, workload);
    return cohorts.map((each) => feltOften(each.origin, each.cohorts, occurrences, this.config.settle));
  }

  get yearlyRate(): number | undefined {
    const { config, wiring } = this;
    const published = publishedRate(config, wiring.design);
    return config.rate ?? (published === undefined ? undefined : published * (this.population ?? 1));
  }

  feltTimes(workload: string): FeltTimes {
    const { settle } = this.config;
    const felt = this.feltBy(workload, this.occurrences).map(({ episodes }) => episodes[0]);
    return {
      count: this.played.length,
      isSettled: felt.flat().every(({ isSettled }) => isSettled),
      stretches: [
        ...felt.flat().map(({ first, at }) => ({ from: this.played[first].from, to: at + settle })),
        ...this.occurrences.map(({ from, to }) => ({ from, to: to + settle })),
      ],
    };
  }

  /** The last occurrence is enough: what runs on from an earlier one runs into it. */
  get awaitsMore(): boolean {
    const last = this.occurrences.slice(-1);
    return this.wiring.design
      .names(workloadsSection)
      .some((workload) =>
        this.feltBy(workload, last).some(({ episodes: [all] }) => all.some(({ isSettled }) => !isSettled)),
      );
  }

  end(): void {
    const { occurrences, often, whole } = this;
    const all: FeltOften[] = [];
    for (const workload of this.wiring.design.names(workloadsSection)) {
      const felt = this.feltBy(workload, occurrences);
      all.push(...felt);
      for (const { origin, meters } of this.callers.filter((each) => each.workload === workload))
        meterOften(origin === undefined ? felt : felt.filter((each) => each.origin === origin), meters);
    }
    meterOften(all, whole, often.longestRto);
    often.occurrences.set(occurrences.length);
    meterLosses(this.name, this.wiring, whole);
  }

  /** The first occurrence, with all of them beside it; nothing where none came in this run. */
  record(): RandomFaultRecord | undefined {
    const { definition, played } = this;
    if (played.length === 0) return undefined;
    const occurrences = played.map(({ from, to }) => ({ at: from, ...(to > from ? { until: to } : {}) }));
    return { fault: definition.fault, ...occurrences[0], occurrences };
  }
}

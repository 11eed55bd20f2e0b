import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { type CohortSource, workloadsSection } from '../contracts/cohorts.ts';
import type { FeltTimes, Occurrences } from '../contracts/occurrences.ts';
import { type FaultDefinition, faultsSection } from '../fault.ts';
import type { Component } from '../kind.ts';
import type { MetersOf } from '../meters.ts';
import type { Wiring } from '../wiring.ts';
import type { FaultConfig } from './config.ts';
import { Felt, feltTimes, type Look, meterWorst } from './felt.ts';
import { type CallerMeters, callerMeters, callerPath, callersOf, faultMeters } from './metrics.ts';

/** What a fault leaves for the result: when it was there, in seconds from the start of the run. */
export interface FaultRecord {
  readonly fault: string;
  readonly at: number;
  /** Absent where nothing ended it. */
  readonly until?: number;
  /** When it was over for everybody, as far as they felt it; absent where the run ended before. */
  readonly recoveredAt?: number;
  /** Of a random one: all times at which it was there in the run. */
  readonly occurrences?: readonly { readonly at: number; readonly until?: number }[];
}

/** Nanoseconds between two looks whether it has been recovered from. */
const lookEvery = 10e9;

/** Some callers, and what is said of how they felt the fault. */
interface Callers {
  readonly workload: string;
  readonly origin: string | undefined;
  readonly meters: CallerMeters;
}

/** A fault of the scenario: begins and ends at its times, and is measured by those who felt it. */
export class Fault implements Component, Occurrences {
  private readonly agenda: Agenda;
  private readonly whole: MetersOf<typeof faultMeters>;
  private readonly callers: Callers[] = [];
  private undo: (() => void) | undefined;
  private endedAt: number | undefined;
  private recoveredAt: number | undefined;

  constructor(
    readonly name: string,
    private readonly config: FaultConfig,
    private readonly definition: FaultDefinition,
    private readonly wiring: Wiring,
  ) {
    this.agenda = wiring.agenda();
    this.whole = wiring.meters([faultsSection, name], faultMeters);
    for (const { workload, origins } of callersOf(wiring.design)) {
      for (const origin of [undefined, ...origins]) {
        const meters = wiring.meters(callerPath(name, workload, origin), callerMeters);
        this.callers.push({ workload, origin, meters });
      }
    }
  }

  start(): void {
    this.agenda.at(toTicks(this.config.at), { fire: () => this.begin() });
  }

  private begin(): void {
    const { config, definition, name, wiring } = this;
    const length = config.for === undefined ? undefined : toTicks(config.for);
    this.note(`${definition.fault} begins`);
    if (wiring.design.targets.some(({ during }) => during === 'steady')) this.disturb();
    this.undo = definition.begin(config, { wiring, name, length });
    if (length !== undefined) this.agenda.after(length, { fire: () => this.lift() });
  }

  /** Targets that are about steady times leave out what is metered until it has been recovered from, and has settled. */
  private disturb(): void {
    const { agenda, wiring } = this;
    const look = {
      fire: () => {
        if (this.awaitsMore) agenda.after(lookEvery, look);
        else wiring.calm();
      },
    };
    wiring.disturb();
    agenda.after(lookEvery, look);
  }

  private lift(): void {
    const { simulation } = this.wiring;
    this.undo?.();
    this.endedAt = simulation.now / 1e9;
    this.note(`${this.definition.fault} ends`);
  }

  private note(what: string): void {
    const { simulation, timeline } = this.wiring;
    timeline.note(simulation.now, `${faultsSection}.${this.name}`, what);
  }

  private get look(): Look {
    const { at, for: length = 0, settle } = this.config;
    return { onset: at, lasting: length, settle };
  }

  private feltBy(workload: string): { origin: string | undefined; felt: Felt }[] {
    const { cohorts } = this.wiring.find<CohortSource>(workloadsSection, workload);
    return cohorts.map(({ origin, cohorts: counts }) => ({ origin, felt: new Felt(counts, this.look) }));
  }

  get yearlyRate(): number | undefined {
    return this.config.rate;
  }

  feltTimes(workload: string): FeltTimes {
    return feltTimes(this.feltBy(workload).map(({ felt }) => felt));
  }

  get awaitsMore(): boolean {
    return this.wiring.design
      .names(workloadsSection)
      .some((workload) => this.feltBy(workload).some(({ felt }) => !felt.recovery.isSettled));
  }

  end(): void {
    const all: Felt[] = [];
    for (const workload of this.wiring.design.names(workloadsSection)) {
      const felt = this.feltBy(workload);
      all.push(...felt.map((each) => each.felt));
      for (const { origin, meters } of this.callers.filter((each) => each.workload === workload)) {
        const some = felt.filter((each) => origin === undefined || each.origin === origin);
        meterWorst(
          some.map((each) => each.felt),
          meters,
        );
      }
    }
    meterWorst(all, this.whole);
    this.meterLosses();
    if (all.every(({ recovery }) => recovery.isSettled))
      this.recoveredAt = Math.max(...all.map(({ recovery }) => recovery.at));
  }

  /** What was lost is this fault's where none began between it and the loss. */
  private meterLosses(): void {
    const { config, wiring, whole } = this;
    const stores = wiring.all.filter(({ recoveryPoints }) => recoveryPoints !== undefined);
    if (stores.length === 0) return;
    const others = wiring.design.entries<FaultConfig>(faultsSection).map(([, { at }]) => at);
    const next = Math.min(...others.filter((at) => at > config.at));
    const points = stores
      .flatMap((store) => store.recoveryPoints?.() ?? [])
      .filter(({ at }) => at >= config.at && at < next);
    whole.rpo.set(Math.max(0, ...points.map(({ seconds }) => seconds)), true);
    whole.lostWrites.set(points.reduce((sum, { lost }) => sum + lost, 0));
  }

  record(): FaultRecord {
    const { config, definition, endedAt, recoveredAt } = this;
    return {
      fault: definition.fault,
      at: config.at,
      ...(endedAt === undefined ? {} : { until: endedAt }),
      ...(recoveredAt === undefined ? {} : { recoveredAt }),
    };
  }
}

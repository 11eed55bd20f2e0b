import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { type CohortSource, workloadsSection } from '../contracts/cohorts.ts';
import type { FeltTimes, Occurrences } from '../contracts/occurrences.ts';
import type { Design } from '../design.ts';
import { type FaultDefinition, faultsSection, recoveryLook } from '../fault.ts';
import type { Component } from '../kind.ts';
import type { MetersOf } from '../meters.ts';
import type { Phase } from '../milestones.ts';
import type { Wiring } from '../wiring.ts';
import type { FaultConfig } from './config.ts';
import { Felt, feltTimes, type Look, meterWorst } from './felt.ts';
import { meterLosses } from './losses.ts';
import { type CallerMeters, callerMeters, callerPath, callersOf, faultMeters } from './metrics.ts';
import { Settling } from './settling.ts';
import { VitalSigns } from './vital-signs.ts';
import { type CallerRecovery, WayBack, type WayBackRecord } from './way-back.ts';

/** What a fault leaves for the result: when it was there, in seconds from the start of the run. */
export interface FaultRecord extends WayBackRecord {
  readonly fault: string;
  readonly at: number;
  /** Absent where nothing ended it; the onset of what happens at an instant (a crash). */
  readonly until?: number;
  /** When it was over for everybody, as far as they felt it; absent where the run ended before. */
  readonly recoveredAt?: number;
  /** Those who felt it. */
  readonly recoveries: readonly CallerRecovery[];
}

/** Some callers, and what is said of how they felt the fault. */
interface Callers {
  readonly workload: string;
  readonly origin: string | undefined;
  readonly meters: CallerMeters;
}

/** The first fault whose time is written. */
const firstWritten = (design: Design): string =>
  design.entries<FaultConfig>(faultsSection).find(([, { random }]) => random === undefined)?.[0] ?? '';

/** A fault of the scenario: begins and ends at its times, and is measured by those who felt it. */
export class Fault implements Component, Occurrences {
  private readonly agenda: Agenda;
  private readonly whole: MetersOf<typeof faultMeters>;
  private readonly wayBack: WayBack;
  /** The first fault's, for all. */
  private readonly ownSigns: VitalSigns | undefined;
  private readonly settlings = new Map<string, Settling[]>();
  private outcome: (WayBackRecord & Pick<FaultRecord, 'recoveries'>) | undefined;
  private readonly callers: Callers[] = [];
  private undo: (() => void) | undefined;
  /** It is over as it begins: what it struck comes back by itself, or not. */
  private isInstant = false;
  private endedAt: number | undefined;
  private recoveredAt: number | undefined;

  constructor(
    readonly name: string,
    private readonly config: FaultConfig,
    private readonly definition: FaultDefinition,
    private readonly wiring: Wiring,
    phases: readonly Phase[],
  ) {
    this.agenda = wiring.agenda();
    this.wayBack = new WayBack(name, config, phases, wiring);
    if (firstWritten(wiring.design) === name) this.ownSigns = new VitalSigns(wiring);
    this.whole = wiring.meters([faultsSection, name], faultMeters);
    for (const { workload, origins } of callersOf(wiring.design)) {
      for (const origin of [undefined, ...origins]) {
        const meters = wiring.meters(callerPath(name, workload, origin), callerMeters);
        this.callers.push({ workload, origin, meters });
      }
    }
  }

  private get signs(): VitalSigns {
    const { wiring } = this;
    return wiring.find<Fault>(faultsSection, firstWritten(wiring.design)).ownSigns as VitalSigns;
  }

  start(): void {
    this.ownSigns?.start();
    this.agenda.at(toTicks(this.config.at), { fire: () => this.begin() });
  }

  private begin(): void {
    const { config, definition, name, wiring } = this;
    const length = config.for === undefined ? undefined : toTicks(config.for);
    this.note(`${definition.fault} begins`);
    this.wayBack.turn('onset', this.signs);
    if (wiring.design.targets.some(({ during }) => during === 'steady')) this.disturb();
    this.undo = definition.begin(config, { wiring, name, length });
    this.isInstant = this.undo === undefined;
    if (length !== undefined) this.agenda.after(length, { fire: () => this.lift() });
  }

  /** Targets that are about steady times leave out what is metered until it has been recovered from, and has settled. */
  private disturb(): void {
    const { agenda, wiring } = this;
    const look = {
      fire: () => {
        if (this.isFelt) agenda.after(recoveryLook, look);
        else wiring.calm();
      },
    };
    wiring.disturb();
    agenda.after(recoveryLook, look);
  }

  private lift(): void {
    const { simulation } = this.wiring;
    this.wayBack.turn('end', this.signs);
    this.endedAt = simulation.now / 1e9;
    this.note(`${this.definition.fault} ends`);
    this.undo?.();
  }

  private note(what: string): void {
    const { simulation, timeline } = this.wiring;
    timeline.note(simulation.now, `${faultsSection}.${this.name}`, what, { sort: 'fault' });
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

  /** Whether it is still felt, or has not been known to be over for long enough. */
  private get isFelt(): boolean {
    return this.wiring.design
      .names(workloadsSection)
      .some((workload) => this.settlingsOf(workload).some(({ isOver }) => !isOver));
  }

  private settlingsOf(workload: string): Settling[] {
    const { cohorts } = this.wiring.find<CohortSource>(workloadsSection, workload);
    const known = this.settlings.get(workload);
    if (known !== undefined) return known;
    const made = cohorts.map((each) => new Settling(each.cohorts, this.look));
    this.settlings.set(workload, made);
    return made;
  }

  get awaitsMore(): boolean {
    return this.isFelt || this.wayBack.awaitsMore(this.signs);
  }

  end(): void {
    const all: Felt[] = [];
    const recoveries: CallerRecovery[] = [];
    this.ownSigns?.end();
    for (const workload of this.wiring.design.names(workloadsSection)) {
      const felt = this.feltBy(workload);
      all.push(...felt.map((each) => each.felt));
      for (const { origin, felt: each } of felt) {
        if (each.recovery.seconds === 0 && each.recovery.isSettled) continue;
        const at = each.recovery.isSettled ? { at: each.recovery.at } : {};
        recoveries.push({ workload, ...(origin !== undefined && { origin }), ...at });
      }
      for (const { origin, meters } of this.callers.filter((each) => each.workload === workload)) {
        const some = felt.filter((each) => origin === undefined || each.origin === origin);
        meterWorst(
          some.map((each) => each.felt),
          meters,
        );
      }
    }
    meterWorst(all, this.whole);
    meterLosses(this.name, this.wiring, this.whole);
    const isThere = this.endedAt === undefined && this.undo !== undefined;
    this.outcome = { ...this.wayBack.end(all, isThere, this.signs), recoveries };
    if (all.every(({ recovery }) => recovery.isSettled))
      this.recoveredAt = Math.max(...all.map(({ recovery }) => recovery.at));
  }

  record(): FaultRecord {
    const { config, definition, outcome, recoveredAt } = this;
    const until = this.endedAt ?? (this.isInstant ? config.at : undefined);
    return {
      fault: definition.fault,
      at: config.at,
      ...(until === undefined ? {} : { until }),
      ...(recoveredAt === undefined ? {} : { recoveredAt }),
      ...(outcome as NonNullable<typeof outcome>),
    };
  }
}

import { toTicks } from '../../sim/clock.ts';
import { type CohortSource, workloadsSection } from '../contracts/cohorts.ts';
import { faultsSection } from '../fault.ts';
import type { DurationMeter } from '../meters.ts';
import type { Phase, Turn } from '../milestones.ts';
import type { Wiring } from '../wiring.ts';
import { type AftermathState, type Hold, holdsOf } from './aftermath.ts';
import type { FaultConfig } from './config.ts';
import { type Felt, wasAmissBefore } from './felt.ts';
import { phaseMetersOf } from './metrics.ts';
import { durationOf, isAskedFor, type PhaseRecord, phasesOf } from './phases.ts';
import { type AwayRecord, Returned } from './returned.ts';
import type { VitalSigns } from './vital-signs.ts';

/** When some of those who felt a fault were well again, in seconds; absent where the run ended before. */
export interface CallerRecovery {
  readonly workload: string;
  readonly origin?: string;
  readonly at?: number;
}

/** What the way back from a fault leaves for the result. */
export interface WayBackRecord {
  readonly phases: readonly PhaseRecord[];
  readonly aftermath: AftermathState;
  /** What keeps the system down; only where it is stuck. */
  readonly holds?: readonly Hold[];
  /** Callers who are not back in the end; absent where all are. */
  readonly away?: readonly AwayRecord[];
}

/** The way back from a fault: its phases as components tell them, and how it was in the end. */
export class WayBack {
  private readonly meters: Readonly<Record<string, DurationMeter>>;
  /** Where callers may be sent elsewhere. */
  private readonly returned: Returned | undefined;
  private before: VitalSigns['conditions'] = [];

  constructor(
    private readonly fault: string,
    private readonly config: FaultConfig,
    private readonly phases: readonly Phase[],
    private readonly wiring: Wiring,
  ) {
    const meters = wiring.meters([faultsSection, fault], phaseMetersOf(phases));
    this.meters = meters as Readonly<Record<string, DurationMeter>>;
    if (phases.includes('failBack')) this.returned = new Returned(fault, wiring);
  }

  /** The fault begins or ends: what happens from now on is put down to it, as long as it may be felt. */
  turn(side: Turn['side'], signs: VitalSigns): void {
    const { config, fault, wiring } = this;
    const cause = { fault, side, at: wiring.simulation.now };
    const rest = side === 'onset' ? (config.for ?? Number.POSITIVE_INFINITY) : 0;
    if (side === 'onset') this.before = signs.conditions;
    wiring.milestones.turned(cause);
    signs.turned(cause, cause.at + toTicks(rest + config.settle));
  }

  /** Whether a phase that a target is about goes on. */
  awaitsMore(signs: VitalSigns): boolean {
    const { fault, phases, wiring } = this;
    const open = wiring.milestones.of(fault).filter(({ isOpen }) => isOpen);
    return phases
      .filter((phase) => isAskedFor(phase, fault, wiring.design))
      .some((phase) => signs.hasOpen(fault, phase) || open.some((each) => each.phase === phase));
  }

  /**
   * The run is over.
   * @param felt how callers felt it
   * @param isThere whether the fault had not ended
   */
  end(felt: readonly Felt[], isThere: boolean, signs: VitalSigns): WayBackRecord {
    const { fault, meters, phases, wiring } = this;
    const records = phasesOf(wiring.milestones.of(fault), wiring.simulation.now);
    for (const phase of phases) {
      const duration = durationOf(phase, records);
      if (duration !== undefined) meters[phase].set(duration.seconds, duration.isOver);
    }
    const aftermath = this.aftermathOf(felt, isThere);
    const holds = aftermath === 'stuck' ? { holds: holdsOf(this.before, signs.conditions) } : {};
    const away = this.returned?.end() ?? [];
    return { phases: records, aftermath, ...holds, ...(away.length > 0 && { away }) };
  }

  private aftermathOf(felt: readonly Felt[], isThere: boolean): AftermathState {
    const { config, wiring } = this;
    const unsettled = felt.filter(({ recovery }) => !recovery.isSettled);
    if (unsettled.length === 0) return 'recovered';
    const wasAmiss = wiring.design
      .names(workloadsSection)
      .flatMap((workload) => wiring.find<CohortSource>(workloadsSection, workload).cohorts)
      .some(({ cohorts }) => wasAmissBefore(cohorts, config.at));
    if (wasAmiss) return 'amiss-before';
    if (unsettled.every(({ isWellAtLast }) => isWellAtLast)) return 'settling';
    return isThere ? 'lasts' : 'stuck';
  }
}

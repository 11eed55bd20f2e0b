import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import type { FaultDefinition } from '../fault.ts';
import type { Component } from '../kind.ts';
import type { Wiring } from '../wiring.ts';
import type { FaultConfig } from './config.ts';

/** What a fault leaves for the result: when it was there, in seconds from the start of the run. */
export interface FaultRecord {
  readonly fault: string;
  readonly at: number;
  /** Absent where nothing ended it. */
  readonly until?: number;
}

/** A fault of the scenario: begins and ends at its times. */
export class Fault implements Component {
  private readonly agenda: Agenda;
  private undo: (() => void) | undefined;
  private endedAt: number | undefined;

  constructor(
    readonly name: string,
    private readonly config: FaultConfig,
    private readonly definition: FaultDefinition,
    private readonly wiring: Wiring,
  ) {
    this.agenda = wiring.agenda();
  }

  start(): void {
    this.agenda.at(toTicks(this.config.at), { fire: () => this.begin() });
  }

  private begin(): void {
    const { config, definition, name, wiring } = this;
    const length = config.for === undefined ? undefined : toTicks(config.for);
    this.note(`${definition.fault} begins`);
    this.undo = definition.begin(config, { wiring, name, length });
    if (length !== undefined) this.agenda.after(length, { fire: () => this.lift() });
  }

  private lift(): void {
    const { simulation } = this.wiring;
    this.undo?.();
    this.endedAt = simulation.now / 1e9;
    this.note(`${this.definition.fault} ends`);
  }

  private note(what: string): void {
    const { simulation, timeline } = this.wiring;
    timeline.note(simulation.now, `faults.${this.name}`, what);
  }

  record(): FaultRecord {
    const { config, definition, endedAt } = this;
    return {
      fault: definition.fault,
      at: config.at,
      ...(endedAt === undefined ? {} : { until: endedAt }),
    };
  }
}

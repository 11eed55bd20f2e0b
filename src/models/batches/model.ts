import type { Component } from '../kind.ts';
import type { Wiring } from '../wiring.ts';
import { BatchMetering } from './batch-metering.ts';
import type { BatchStep } from './batch-step.ts';
import type { BatchOptions } from './config.ts';
import { GroupMetering } from './group-metering.ts';

export const batchesSection = 'batches';

/** All batches and groupings of a design: their steps do the work, this keeps their meters. */
export class BatchesModel implements Component {
  private readonly meterings: BatchMetering[] = [];
  private readonly steps: BatchStep[] = [];

  constructor(private readonly wiring: Wiring) {}

  /** A step is there. @returns what meters it, if it has a name */
  register(step: BatchStep, options: BatchOptions): BatchMetering | undefined {
    this.steps.push(step);
    if (options.name === undefined) return undefined;
    const metering = new BatchMetering(options.name, step, options, this.wiring);
    this.meterings.push(metering);
    return metering;
  }

  groupMetering(name: string | undefined): GroupMetering | undefined {
    return name === undefined ? undefined : new GroupMetering(name, this.wiring);
  }

  /** Entries whose flush is due and cannot begin: without end where flushes cannot keep up. */
  backlog(): number {
    return this.steps.reduce((sum, { backlog }) => sum + backlog, 0);
  }

  closeWindow(): void {
    for (const metering of this.meterings) metering.closeWindow();
  }
}

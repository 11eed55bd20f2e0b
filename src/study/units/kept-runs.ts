import type { Scenario } from '../../models/parse.ts';
import { type Progress, type RunMaker, type RunSource, runsOf } from '../run-pool.ts';
import type { RunRecord } from '../simulate-run.ts';
import type { UnitStore } from './unit-store.ts';

/** Runs that are kept as soon as each is finished, and found again by whoever goes on (`isResumed`). */
export class KeptRuns implements RunSource {
  /** Units that were found finished, and those that were simulated. */
  found = 0;
  simulated = 0;

  constructor(
    private readonly pool: RunMaker,
    private readonly store: UnitStore,
    private readonly isResumed: boolean,
  ) {}

  /** Finished units that can be gone on from. */
  get kept(): number {
    return this.found + this.simulated;
  }

  runs(scenario: Scenario, seed: number, from: number, count: number, progress?: Progress) {
    return runsOf(from, count, (run) => this.run(scenario, seed, run, progress));
  }

  private async run(scenario: Scenario, seed: number, run: number, progress?: Progress): Promise<RunRecord> {
    const unit = { text: scenario.text, seed, run };
    const kept = this.isResumed ? this.store.get(unit) : undefined;
    if (kept !== undefined) {
      this.found += 1;
      progress?.(run, 1);
      return kept;
    }
    const record = await this.pool.run(scenario, seed, run, (share) => progress?.(run, share));
    this.store.put(unit, record);
    this.simulated += 1;
    return record;
  }
}

import type { Scenario } from '../../models/parse.ts';
import { type RunSource, runsOf } from '../run-pool.ts';
import type { RunRecord } from '../simulate-run.ts';
import { addressOf, stampOf } from '../units/unit.ts';
import { readUnit, unitFile } from '../units/unit-store.ts';
import { Unmergeable } from './gather.ts';

/** Runs out of folders with finished units, and from nowhere else. */
export class MergedRuns implements RunSource {
  constructor(
    private readonly folders: readonly string[],
    private readonly version: string,
  ) {}

  runs(scenario: Scenario, seed: number, from: number, count: number): Promise<RunRecord[]> {
    return runsOf(from, count, async (run) => {
      const found = this.find(scenario, seed, run);
      if ('problems' in found) throw new Unmergeable(found.problems);
      return found;
    });
  }

  /** A unit's record, or all that is wrong with it: the files that are not whole, or that there is none. */
  find(scenario: Scenario, seed: number, run: number): RunRecord | { readonly problems: readonly string[] } {
    const stamp = stampOf({ text: scenario.text, seed, run }, this.version);
    const problems: string[] = [];
    for (const folder of this.folders) {
      const read = readUnit(unitFile(folder, addressOf(stamp)), stamp);
      if (read === undefined) continue;
      if (!('problem' in read)) return read.record;
      problems.push(`${read.file}: ${read.problem}`);
    }
    if (problems.length > 0) return { problems };
    const file = unitFile(this.folders[0], addressOf(stamp));
    return { problems: [`run ${run + 1} of scenario ${scenario.hash} is missing: no ${file}`] };
  }
}

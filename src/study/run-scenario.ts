import type { Scenario } from '../models/parse.ts';
import type { Result } from '../result/index.ts';
import { isUndecided } from './judge.ts';
import { resultOf } from './result-of.ts';
import type { RunSource } from './run-pool.ts';
import type { RunRecord } from './simulate-run.ts';

export interface StudySettings {
  /** As the user named it; for the lines that say how to run it again. */
  readonly file: string;
  readonly version: string;
  readonly seed?: number;
  readonly runs?: number;
  /** Runs that may be added while a need is undecided. Default: `run.maxRuns`, or none where `runs` is given. */
  readonly maxRuns?: number;
  /** Changes that the scenario was read with, `path=value`; for the same lines. */
  readonly sets?: readonly string[];
  readonly pool: RunSource;
  readonly progress?: (run: number, share: number, runs: number) => void;
}

/** How much was simulated: not part of the result, since it says nothing about the design. */
export interface Speed {
  readonly runs: number;
  readonly simulatedSeconds: number;
  readonly operations: number;
  readonly events: number;
}

/** Runs a scenario so often as it asks for, and more often while a need is undecided and it allows more. */
export async function runScenario(
  scenario: Scenario,
  settings: StudySettings,
): Promise<{ result: Result; speed: Speed; records: readonly RunRecord[] }> {
  const { run } = scenario.design;
  const seed = settings.seed ?? run.seed;
  const first = settings.runs ?? run.runs;
  const more = settings.maxRuns ?? (settings.runs === undefined ? run.maxRuns : undefined);
  const most = Math.max(first, more ?? first);
  const records: RunRecord[] = [];
  let looks = 0;
  const looksInAll = most > first ? 1 + Math.ceil(Math.log2(most / first)) : 1;
  let result: Result | undefined;
  while (records.length < most) {
    const count = records.length === 0 ? first : Math.min(most - records.length, records.length);
    const total = records.length + count;
    records.push(
      ...(await settings.pool.runs(scenario, seed, records.length, count, (number, share) =>
        settings.progress?.(number, share, total),
      )),
    );
    looks += 1;
    // Looks share α: a target that is looked at k times is judged at α/k each time.
    result = resultOf(scenario, records, {
      ...settings,
      seed,
      ...(settings.runs === undefined ? {} : { runsAsked: settings.runs }),
      alpha: 0.05 / looksInAll,
    });
    if (!isUndecided(result) || looks >= looksInAll) break;
  }
  const sum = (read: (record: RunRecord) => number) =>
    records.reduce((total, record) => total + read(record), 0);
  return {
    result: result as Result,
    records,
    speed: {
      runs: records.length,
      simulatedSeconds: sum(({ seconds }) => seconds),
      operations: sum(({ operations }) => operations),
      events: sum(({ events }) => events),
    },
  };
}

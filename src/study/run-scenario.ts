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
  /** Runs after which a look is taken before the first of `runs`: enough where much is decided by little. */
  readonly firstLook?: number;
  /** Whether no more runs are asked for. Default: when no need is undecided. */
  readonly isDecided?: (result: Result) => boolean;
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
  const looks = looksOf(first, Math.max(first, more ?? first), settings.firstLook);
  const isDecided = settings.isDecided ?? ((result: Result) => !isUndecided(result));
  const records: RunRecord[] = [];
  let result: Result | undefined;
  for (const { total, alpha } of looks) {
    records.push(
      ...(await settings.pool.runs(scenario, seed, records.length, total - records.length, (number, share) =>
        settings.progress?.(number, share, total),
      )),
    );
    result = resultOf(scenario, records, {
      ...settings,
      seed,
      ...(settings.runs === undefined ? {} : { runsAsked: settings.runs }),
      alpha,
    });
    if (isDecided(result)) break;
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

/** Share of wrong verdicts a target may have over all looks, and what of it an early look may use. */
const [alphaInAll, earlyShare] = [0.05, 0.1];

/**
 * Counts of runs after which the needs are judged: an early look if asked for, the runs asked for, then twice as many. Looks
 * share α: a target that is looked at k times is judged at α/k each time. The early one has little of it, and finds only what
 * is far from its limit.
 */
function looksOf(first: number, most: number, early = first): { total: number; alpha: number }[] {
  const isEarly = early < first;
  const totals: number[] = [];
  for (let count = first; count < most; count *= 2) totals.push(count);
  totals.push(most);
  const alpha = (isEarly ? (1 - earlyShare) * alphaInAll : alphaInAll) / totals.length;
  const looks = totals.map((total) => ({ total, alpha }));
  return isEarly ? [{ total: early, alpha: earlyShare * alphaInAll }, ...looks] : looks;
}

import { checkSets } from '../models/check-settings.ts';
import { parseScenario, type Scenario } from '../models/parse.ts';
import type { Result } from '../result/index.ts';
import { version } from '../result/version.ts';
import type { RunSource } from '../study/run-pool.ts';
import { runScenario } from '../study/run-scenario.ts';
import { exitCode, Stop } from './exit.ts';
import { progressLine } from './progress.ts';
import { parseFile, problemsText, readScenario } from './read-scenario.ts';
import { savedResultOf } from './source.ts';

export interface CheckedRun {
  readonly scenario: Scenario;
  readonly result: Result;
}

export interface CheckedRunOptions {
  readonly set: readonly string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly pool: RunSource;
}

/** A scenario run as its `check` says, or a result that was saved. */
export async function checkedRun(file: string, options: CheckedRunOptions): Promise<CheckedRun> {
  const saved = savedResultOf(file);
  return saved === undefined ? freshRun(file, options) : { scenario: scenarioOf(saved, file), result: saved };
}

async function freshRun(file: string, { set, seed, runs, pool }: CheckedRunOptions): Promise<CheckedRun> {
  const scenario = shortened(readScenario(file, set), file, set);
  const progress = progressLine();
  try {
    const { result, speed } = await runScenario(scenario, {
      file,
      version,
      seed,
      runs: runs ?? scenario.check.runs,
      sets: set,
      pool,
      progress: progress.update,
    });
    progress.end(speed);
    return { scenario, result };
  } finally {
    progress.clear();
  }
}

/** The scenario with the shorter runs of its check. */
function shortened(scenario: Scenario, file: string, set: readonly string[]): Scenario {
  const sets = checkSets(scenario.check);
  if (sets.length === 0) return scenario;
  const parsed = parseFile(file, [...set, ...sets]);
  if (parsed.scenario === undefined) throw new Stop(exitCode.usage, problemsText(parsed).trimEnd());
  return parsed.scenario;
}

/** The scenario that a saved result was made from: it holds its whole text. */
function scenarioOf({ scenario }: Result, file: string): Scenario {
  const parsed = parseScenario(scenario.file, () => scenario.text);
  if (parsed.scenario === undefined)
    throw new Stop(exitCode.usage, `error: the scenario inside ${file}:\n${problemsText(parsed).trimEnd()}`);
  return parsed.scenario;
}

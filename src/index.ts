import { readFileSync } from 'node:fs';
import { type ParsedScenario, parseScenario, type Scenario } from './models/parse.ts';
import type { Result } from './result/index.ts';
import { version } from './result/version.ts';
import { RunPool } from './study/run-pool.ts';
import { runScenario } from './study/run-scenario.ts';

export type { ParsedScenario, Scenario } from './models/parse.ts';
export type * from './result/index.ts';
export { readResult, writeResult } from './result/index.ts';
export { version } from './result/version.ts';
export { type Problem, renderProblems } from './scenario/index.ts';

export interface ParseOptions {
  /** Changes as on the command line: `services.desk.threads=2`. */
  readonly sets?: readonly string[];
  /** Where the text comes from, for messages and for what it extends. Default: scenario.yaml in the working directory. */
  readonly file?: string;
}

/**
 * Reads a scenario from YAML text. The user's mistakes are values: without `scenario`, `problems` says why, and
 * `renderProblems(problems, { sources })` shows where.
 */
export function parse(text: string, options: ParseOptions = {}): ParsedScenario {
  const file = options.file ?? 'scenario.yaml';
  return parseScenario(file, (path) => (path === file ? text : readFileSync(path)), options.sets);
}

/** Reads a scenario from a file. */
export function parseFile(file: string, options: Omit<ParseOptions, 'file'> = {}): ParsedScenario {
  return parseScenario(file, (path) => readFileSync(path), options.sets);
}

export interface SimulateOptions {
  /** Default: the scenario's own. */
  readonly seed?: number;
  readonly runs?: number;
  /** Runs at a time, in worker threads. Default: one a core. The result does not depend on it. */
  readonly jobs?: number;
}

/** Runs a scenario and gives the result document, the same that `headroom run --json` prints. */
export async function simulate(scenario: Scenario, options: SimulateOptions = {}): Promise<Result> {
  const pool = new RunPool(options.jobs);
  try {
    const { result } = await runScenario(scenario, {
      file: scenario.design.name,
      version,
      pool,
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.runs === undefined ? {} : { runs: options.runs }),
    });
    return result;
  } finally {
    await pool.close();
  }
}

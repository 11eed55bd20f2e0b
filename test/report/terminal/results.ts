import { parseScenario } from '../../../src/models/parse.ts';
import { type Result, readResult, writeResult } from '../../../src/result/index.ts';
import { resultOf } from '../../../src/study/result-of.ts';
import { simulateRun } from '../../../src/study/simulate-run.ts';

export interface Simulated {
  readonly runs?: number;
  readonly seed?: number;
  readonly file?: string;
}

/** The result of a scenario's YAML, simulated here and now and written and read once, as a user's would be. */
export function simulated(
  yaml: string,
  { runs = 3, seed = 1, file = 'scenario.yaml' }: Simulated = {},
): Result {
  const { scenario, problems } = parseScenario(file, () => yaml);
  if (scenario === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  const records = Array.from({ length: runs }, (_, run) => simulateRun(scenario, seed, run));
  const result = resultOf(scenario, records, { file, version: '0.0.0', seed, alpha: 0.05 });
  const read = readResult(writeResult(result));
  if ('problem' in read) throw new Error(read.problem);
  return read;
}

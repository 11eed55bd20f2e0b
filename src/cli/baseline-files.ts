import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Baseline, readBaseline } from '../result/index.ts';
import { exitCode, Stop } from './exit.ts';

/** Where baselines lie unless told otherwise, from the working directory. */
export const baselineFolder = 'reports/baselines';

/** The file of a scenario's baseline: its own name. */
export const baselinePath = (folder: string, file: string): string =>
  join(folder, `${basename(file).replace(/\.(ya?ml|json)$/, '')}.json`);

/** A baseline; undefined where there is none yet. */
export function readBaselineFile(path: string): Baseline | undefined {
  if (!existsSync(path)) return undefined;
  const baseline = readBaseline(readFileSync(path, 'utf8'));
  if ('problem' in baseline) throw new Stop(exitCode.usage, `error: ${path}: ${baseline.problem}`);
  return baseline;
}

/** The scenarios of all baselines in a folder, as they were named when they were accepted. */
export function scenariosIn(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  if (names.length === 0)
    throw new Stop(
      exitCode.usage,
      `error: no baselines in ${folder}: headroom baseline update FILE makes one`,
    );
  return names.sort().map((name) => (readBaselineFile(join(folder, name)) as Baseline).scenario.file);
}

/** Two scenarios with one file name would share a baseline. */
export function refuseSharedBaselines(folder: string, files: readonly string[]): void {
  const byPath = new Map<string, string>();
  for (const file of files) {
    const path = baselinePath(folder, file);
    const other = byPath.get(path);
    if (other !== undefined)
      throw new Stop(exitCode.usage, `error: ${other} and ${file} would share the baseline ${path}`);
    byPath.set(path, file);
  }
}

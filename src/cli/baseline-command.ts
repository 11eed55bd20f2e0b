import { Command } from 'commander';
import { renderMovements } from '../report/check/movements.ts';
import { writeBaseline } from '../result/index.ts';
import { baselineOf } from '../study/check/baseline-of.ts';
import { movements, otherRuns, tooFewRuns } from '../study/check/check-result.ts';
import { RunPool } from '../study/run-pool.ts';
import { baselineFolder, baselinePath, readBaselineFile, refuseSharedBaselines } from './baseline-files.ts';
import { type CheckedRun, checkedRun } from './checked-run.ts';
import { exitCode, Stop } from './exit.ts';
import { setOption, wholeNumber } from './options.ts';
import { stdoutLook } from './terminal.ts';
import { prepareFile, Unwritable, writeFiles } from './write-files.ts';

interface UpdateOptions {
  readonly baselines: string;
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly jobs?: number;
}

/** `headroom baseline update FILE…`: accepts what a scenario does now. Nothing else writes a baseline. */
export function baselineCommand(): Command {
  return new Command('baseline').description('what headroom check holds scenarios against').addCommand(
    new Command('update')
      .description('accept what scenarios do now; writes only where something moved beyond noise')
      .argument('<files...>', 'scenario files, or saved results')
      .option('--baselines <folder>', 'where baselines lie', baselineFolder)
      .option('--seed <n>', 'seed of all randomness', wholeNumber(0))
      .option('--runs <n>', 'independent runs, 20 or more (default: check.runs)', wholeNumber(20))
      .option('--jobs <n>', 'runs at a time (default: one a core)', wholeNumber(1))
      .addOption(setOption())
      .action(async (files: string[], options: UpdateOptions) => {
        const { baselines: folder, jobs } = options;
        refuseSharedBaselines(folder, files);
        written(() => files.forEach((file) => void prepareFile(baselinePath(folder, file))));
        const pool = new RunPool(jobs);
        try {
          for (const file of files) update(await checkedRun(file, { ...options, pool }), folder);
        } finally {
          await pool.close();
        }
      }),
  );
}

/** Writes a scenario's baseline as a whole, or leaves it as it is; says which, and why. */
function update({ scenario, result }: CheckedRun, folder: string): void {
  const path = baselinePath(folder, result.scenario.file);
  const old = readBaselineFile(path);
  const found = baselineOf(result, scenario.gates);
  if (scenario.gates.length === 0)
    throw new Stop(
      exitCode.usage,
      `error: ${result.scenario.file} gates nothing: set targets, or check.metrics`,
    );
  const tooFew = tooFewRuns(found);
  if (tooFew !== undefined) throw new Stop(exitCode.usage, `error: ${result.scenario.file}: ${tooFew}`);
  const why = old === undefined ? 'it is new' : otherRuns(old, found);
  const isComparable = old !== undefined && why === undefined;
  const moved = isComparable ? movements(scenario, old, found) : [];
  const dropped = old === undefined ? [] : Object.keys(old.metrics).filter((id) => !(id in found.metrics));
  const isWritten = !isComparable || moved.length > 0 || dropped.length > 0;
  if (isWritten) written(() => writeFiles([{ path, content: writeBaseline(found) }]));
  process.stdout.write(renderMovements({ path, isWritten, why, moved, dropped, found }, stdoutLook()));
}

function written(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof Unwritable) throw new Stop(exitCode.usage, `error: ${error.message}`);
    throw error;
  }
}

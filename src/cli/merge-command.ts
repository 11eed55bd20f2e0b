import { Command } from 'commander';
import { sweepReporters } from '../report/sweep/reporters.ts';
import { uncertainReporters } from '../report/uncertain/reporters.ts';
import { type Sweep, type Uncertainty, uncertaintyFormat } from '../result/index.ts';
import { version } from '../result/version.ts';
import { Unmergeable } from '../study/shards/gather.ts';
import { mergeSweep } from '../study/shards/merge-sweep.ts';
import { exitCode, Stop } from './exit.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';

interface MergeOptions extends ReportingOptions {
  readonly allowMissing?: boolean;
}

/** `headroom merge FOLDER…`: the result of a work that was done in shards. */
export function mergeCommand(): Command {
  return new Command('merge')
    .description(
      'make one result of the shards that headroom sweep or uncertain FILE --shard i/n left in folders',
    )
    .argument('<folders...>', 'where finished runs are kept: the --keep of each shard')
    .option('--allow-missing', 'shards that are not there are no mistake: their points are left out')
    .option('--json', 'print the result as a document')
    .addOption(reporterOption(sweepReporters))
    .action(async (folders: string[], options: MergeOptions) => {
      const result = await merged(folders, options.allowMissing === true);
      if (isUncertainty(result))
        return new Reporting<Uncertainty>(options, uncertainReporters).report([result]);
      const reporting = new Reporting<Sweep>(options, sweepReporters);
      if (result.missing !== undefined)
        process.stderr.write(`warning: ${result.missing} points are missing: their shards were not there\n`);
      await reporting.report([result]);
    });
}

const isUncertainty = (result: Sweep | Uncertainty): result is Uncertainty =>
  result.format === uncertaintyFormat;

async function merged(folders: readonly string[], allowMissing: boolean): Promise<Sweep | Uncertainty> {
  try {
    return await mergeSweep(folders, { version, allowMissing });
  } catch (error) {
    if (!(error instanceof Unmergeable)) throw error;
    throw new Stop(exitCode.usage, error.problems.map((each) => `error: ${each}`).join('\n'));
  }
}

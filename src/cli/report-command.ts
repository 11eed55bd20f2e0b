import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { limitReporters } from '../report/limit/reporters.ts';
import { planReporters } from '../report/plan/reporters.ts';
import type { Registry } from '../report/reporter.ts';
import { reporters } from '../report/reporters.ts';
import { sweepReporters } from '../report/sweep/reporters.ts';
import { uncertainReporters } from '../report/uncertain/reporters.ts';
import {
  formatOf,
  limitFormat,
  planFormat,
  readLimit,
  readPlan,
  readResult,
  readSweep,
  readUncertainty,
  sweepFormat,
  type UnreadableResult,
  uncertaintyFormat,
} from '../result/index.ts';
import { exitCode, Stop } from './exit.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';

/** Documents that can be reported on, besides results of runs, by their format. */
const others: Readonly<Record<string, { read: (text: string) => unknown; reporters: Registry<never> }>> = {
  [limitFormat]: { read: readLimit, reporters: limitReporters },
  [planFormat]: { read: readPlan, reporters: planReporters },
  [sweepFormat]: { read: readSweep, reporters: sweepReporters },
  [uncertaintyFormat]: { read: readUncertainty, reporters: uncertainReporters },
};

/** `headroom report RESULT`: reports from a saved result, as the command that made it does from a new one. */
export function reportCommand(): Command {
  return new Command('report')
    .description('report from a saved result, without running anything')
    .argument('<result>', 'what run, limit, sweep, uncertain or plan printed with --json; - for stdin')
    .option('--json', 'print the result document: --reporter json')
    .addOption(reporterOption())
    .action(async (file: string, options: ReportingOptions) => {
      const name = file === '-' ? 'stdin' : file;
      const text = textOf(file, name);
      const sort = others[formatOf(text) ?? ''] ?? {
        read: readResult,
        reporters: reporters as Registry<never>,
      };
      const reporting = new Reporting<never>(options, sort.reporters);
      const document = sort.read(text) as object | UnreadableResult;
      if ('problem' in document) throw new Stop(exitCode.usage, `error: ${name}: ${document.problem}`);
      await reporting.report([document as never]);
    });
}

function textOf(file: string, name: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new Stop(exitCode.usage, `error: cannot read ${name}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

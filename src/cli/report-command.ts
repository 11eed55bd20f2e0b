import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Result, readResult } from '../result/index.ts';
import { exitCode, Stop } from './exit.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';

/** `headroom report RESULT`: reports from a saved result, as `run` does from a new one. */
export function reportCommand(): Command {
  return new Command('report')
    .description('report from a saved result, without running anything')
    .argument('<result>', 'what headroom run FILE --json printed; - for stdin')
    .option('--json', 'print the result document: --reporter json')
    .addOption(reporterOption())
    .action(async (file: string, options: ReportingOptions) => {
      const reporting = new Reporting(options);
      await reporting.report([savedResult(file)]);
    });
}

/** A saved result; what is none ends the command with code 2. */
export function savedResult(file: string): Result {
  const name = file === '-' ? 'stdin' : file;
  const result = readResult(textOf(file, name));
  if ('problem' in result) throw new Stop(exitCode.usage, `error: ${name}: ${result.problem}`);
  return result;
}

function textOf(file: string, name: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new Stop(exitCode.usage, `error: cannot read ${name}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

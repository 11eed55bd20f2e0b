#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { version } from '../result/version.ts';
import { LostQueue, UnusableQueue } from '../study/queue/errors.ts';
import { baselineCommand } from './baseline-command.ts';
import { calibrateCommand } from './calibrate-command.ts';
import { checkCommand } from './check-command.ts';
import { compareCommand } from './compare-command.ts';
import { completionCommand } from './completion-command.ts';
import { exitCode, Stop } from './exit.ts';
import { explainCommand } from './explain-command.ts';
import { initCommand } from './init-command.ts';
import { limitCommand } from './limit-command.ts';
import { mergeCommand } from './merge-command.ts';
import { placeCommand } from './place-command.ts';
import { planCommand } from './plan-command.ts';
import { purchaseCommand } from './purchase-command.ts';
import { reportCommand } from './report-command.ts';
import { roadmapCommand } from './roadmap-command.ts';
import { runCommand } from './run-command.ts';
import { schemaCommand } from './schema-command.ts';
import { sweepCommand } from './sweep-command.ts';
import { uncertainCommand } from './uncertain-command.ts';
import { validateCommand } from './validate-command.ts';
import { workerCommand } from './worker-command.ts';

const program = new Command('headroom')
  .description(
    'Simulate a multi-region design: throughput, latency, lag, availability and cost, from one YAML file.',
  )
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'show what a command does')
  .addHelpText(
    'after',
    '\nExit codes: 0 kept; 1 a need failed; 2 bad usage or scenario; 3 internal failure; 130 interrupted.',
  )
  .showSuggestionAfterError(true);

for (const command of [
  runCommand(),
  compareCommand(),
  limitCommand(),
  sweepCommand(),
  uncertainCommand(),
  planCommand(),
  purchaseCommand(),
  roadmapCommand(),
  mergeCommand(),
  workerCommand(),
  checkCommand(),
  baselineCommand(),
  reportCommand(),
  validateCommand(),
  initCommand(),
  explainCommand(),
  calibrateCommand(),
  placeCommand(),
  schemaCommand(),
  completionCommand(),
]) {
  program.addCommand(command);
}
for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])]) {
  command.exitOverride();
  command.configureOutput({ outputError: (text, write) => write(text) });
}

// A reader that stops reading (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode.kept);
  throw error;
});
process.on('SIGINT', () => {
  process.stderr.write('\ninterrupted\n');
  process.exit(exitCode.interrupted);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = codeOf(error);
}

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.kept : exitCode.usage;
  if (error instanceof Stop) {
    if (error.message !== '') process.stderr.write(`${error.message}\n`);
    return error.code;
  }
  if (error instanceof UnusableQueue || error instanceof LostQueue) {
    process.stderr.write(`error: --queue: ${error.message}\n`);
    return error instanceof LostQueue ? exitCode.internal : exitCode.usage;
  }
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `headroom: internal failure: ${reason}\nThis is a mistake of ours, not of your scenario.\n`,
  );
  if (process.env.HEADROOM_DEBUG !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  return exitCode.internal;
}

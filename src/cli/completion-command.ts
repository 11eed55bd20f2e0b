import { Argument, Command } from 'commander';
import { bashCompletion } from './completion/bash.ts';
import { fishCompletion } from './completion/fish.ts';
import { type CompletedCommand, completedCommands } from './completion/words.ts';
import { zshCompletion } from './completion/zsh.ts';

const shells: Readonly<Record<string, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `headroom completion SHELL`: what a shell must know to complete this command, from what the command itself knows. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('print the completion of commands and options for a shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(shells)))
    .addHelpText('after', '\nIn ~/.bashrc: source <(headroom completion bash)')
    .action((shell: string, _options: unknown, command: Command) => {
      process.stdout.write(shells[shell](completedCommands(command.parent as Command)));
    });
}

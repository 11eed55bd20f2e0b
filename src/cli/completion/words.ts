import type { Command, Option } from 'commander';
import { wordsOfOption } from '../options.ts';

/** What may stand behind an option: nothing, one of some words, a file, a folder, or anything. */
export type Value = 'nothing' | 'file' | 'folder' | 'anything' | readonly string[];

export interface CompletedOption {
  /** `--seed`, `-V` */
  readonly flags: readonly string[];
  readonly about: string;
  readonly value: Value;
}

/** One command as a shell completes it. */
export interface CompletedCommand {
  /** `['baseline', 'update']`; empty for headroom itself. */
  readonly path: readonly string[];
  readonly about: string;
  readonly commands: readonly { readonly name: string; readonly about: string }[];
  readonly options: readonly CompletedOption[];
  /** What its arguments are. */
  readonly argument: Value;
}

/** A command and all below it, out of what it declares: nothing is written down twice. */
export function completedCommands(command: Command, path: readonly string[] = []): CompletedCommand[] {
  const own: CompletedCommand = {
    path,
    about: firstPart(command.description()),
    commands: command.commands.map((each) => ({ name: each.name(), about: firstPart(each.description()) })),
    options: command.createHelp().visibleOptions(command).map(completedOption),
    argument: argumentOf(command),
  };
  return [own, ...command.commands.flatMap((each) => completedCommands(each, [...path, each.name()]))];
}

function completedOption(option: Option): CompletedOption {
  const { short, long, description, required, optional } = option;
  return {
    flags: [long, short].filter((flag) => flag !== undefined && flag !== null) as string[],
    about: firstPart(description),
    value: required || optional ? takenBy(option) : 'nothing',
  };
}

function takenBy(option: Option): Value {
  const words = option.argChoices ?? wordsOfOption.get(option);
  return words ?? kindOf(/[<[](.+)[>\]]/.exec(option.flags)?.[1] ?? '');
}

/** By what a placeholder is called: `<file>`, `<folder>`, `<n>`. */
function kindOf(placeholder: string): Value {
  if (/folder/.test(placeholder)) return 'folder';
  return /file|design|result/.test(placeholder) ? 'file' : 'anything';
}

function argumentOf({ registeredArguments }: Command): Value {
  if (registeredArguments.length === 0) return 'nothing';
  const [first] = registeredArguments;
  if (first.argChoices !== undefined) return first.argChoices;
  return /file/.test(first.description) ? 'file' : kindOf(first.name());
}

/** A description's first clause, in one line. */
const firstPart = (text: string): string => text.split(/\n|: |; | \(/)[0];

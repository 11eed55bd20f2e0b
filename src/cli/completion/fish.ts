import type { CompletedCommand, CompletedOption, Value } from './words.ts';

/** Completion for fish 3 or newer. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const steps = commands
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => quoted(` ${path.join(' ')}`));
  return `# Completion of headroom for fish: headroom completion fish > ~/.config/fish/completions/headroom.fish
function __headroom_at
    set -l path
    for word in (commandline -opc)[2..]
        if contains -- "$path $word" ${steps.join(' ')}
            set path "$path $word"
        end
    end
    test "$path" = "$argv[1]"
end
complete -c headroom -f
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, commands, options, argument }: CompletedCommand): string[] {
  const at = `complete -c headroom -n ${quoted(`__headroom_at ${quoted(path.map((word) => ` ${word}`).join(''))}`)}`;
  return [
    ...commands.map(({ name, about }) => `${at} -a ${name} -d ${quoted(about)}`),
    ...argumentLines(at, argument),
    ...options.map((option) => `${at}${optionText(option)}`),
  ];
}

function argumentLines(at: string, argument: Value): string[] {
  if (argument === 'file') return [`${at} -F`];
  return typeof argument === 'string' ? [] : [`${at} -a ${quoted(argument.join(' '))}`];
}

function optionText({ flags, about, value }: CompletedOption): string {
  const names = flags.map((flag) =>
    flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`,
  );
  return `${names.join('')} -d ${quoted(about)}${valueText(value)}`;
}

function valueText(value: Value): string {
  if (value === 'nothing') return '';
  if (value === 'file') return ' -r -F';
  if (value === 'folder') return " -x -a '(__fish_complete_directories)'";
  return value === 'anything' ? ' -x' : ` -x -a ${quoted(value.join(' '))}`;
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

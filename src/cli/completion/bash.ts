import type { CompletedCommand, Value } from './words.ts';

/** Completion for bash 4 or newer. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const steps = commands
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => quoted(` ${path.join(' ')}`));
  return `# Completion of headroom for bash. In ~/.bashrc: source <(headroom completion bash)
_headroom() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} path= at
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "$path \${COMP_WORDS[at]}" in
      ${steps.join(' | ')}) path+=" \${COMP_WORDS[at]}" ;;
    esac
  done
  COMPREPLY=()
  case "$path $before" in
${commands.flatMap(valueCases).join('\n')}
  esac
  local words= files=
  case "$path" in
${commands.map(commandCase).join('\n')}
  esac
  [[ $word == -* ]] && files=
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [[ -n $files ]]; then
    compopt -o filenames
    COMPREPLY+=($(compgen -f -- "$word"))
  fi
}
complete -F _headroom headroom
`;
}

/** What stands behind the options of a command that take something. */
function valueCases({ path, options }: CompletedCommand): string[] {
  return options
    .filter(({ value }) => value !== 'nothing')
    .map(({ flags, value }) => {
      const patterns = flags.map((flag) => quoted([...path.map((word) => ` ${word}`), ` ${flag}`].join('')));
      return `    ${patterns.join(' | ')}) ${reply(value)}; return ;;`;
    });
}

function reply(value: Value): string {
  if (value === 'file') return 'compopt -o filenames; COMPREPLY=($(compgen -f -- "$word"))';
  if (value === 'folder') return 'compopt -o filenames; COMPREPLY=($(compgen -d -- "$word"))';
  if (value === 'anything' || value === 'nothing') return ':';
  return `COMPREPLY=($(compgen -W ${quoted(value.join(' '))} -- "$word"))`;
}

function commandCase({ path, commands, options, argument }: CompletedCommand): string {
  const words = [
    ...commands.map(({ name }) => name),
    ...(typeof argument === 'string' ? [] : argument),
    ...options.flatMap(({ flags }) => flags),
  ];
  const files = argument === 'file' ? ' files=yes' : '';
  return `    ${quoted(path.map((word) => ` ${word}`).join(''))}) words=${quoted(words.join(' '))}${files} ;;`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

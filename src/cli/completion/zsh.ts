import type { CompletedCommand, CompletedOption, Value } from './words.ts';

/** Completion for zsh, as a function of its own file or to be sourced after compinit. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef headroom
# Completion of headroom for zsh. In a folder of $fpath: headroom completion zsh > _headroom
${commands.map(commandFunction).join('\n')}
if [[ $funcstack[1] == _headroom ]]; then
  _headroom "$@"
else
  compdef _headroom headroom
fi
`;
}

function commandFunction(command: CompletedCommand): string {
  const { path, commands, options, argument } = command;
  const specs = options.map(optionSpec);
  if (commands.length === 0)
    return `${nameOf(path)}() {
  _arguments -s -S ${[...specs, ...argumentSpec(argument)].join(' \\\n    ')}
}`;
  return `${nameOf(path)}() {
  local context state line
  local -a commands
  commands=(
${commands.map(({ name, about }) => `    ${quoted(`${name}:${about}`)}`).join('\n')}
  )
  _arguments -C ${[...specs, "'1: :->command'", "'*:: :->rest'"].join(' \\\n    ')}
  case $state in
    command) _describe command commands ;;
    rest)
      case $line[1] in
${commands.map(({ name }) => `        ${name}) ${nameOf([...path, name])} ;;`).join('\n')}
      esac ;;
  esac
}`;
}

/** `'*--set[change the scenario]:value:'`; every option may come again, as far as the shell cares. */
function optionSpec({ flags, about, value }: CompletedOption): string {
  const text = about.replaceAll(/[[\]:]/g, ' ');
  const action = value === 'nothing' ? '' : `:value:${actionOf(value)}`;
  return flags.map((flag) => quoted(`*${flag}[${text}]${action}`)).join(' ');
}

function argumentSpec(argument: Value): string[] {
  return argument === 'nothing' ? [] : [quoted(`*:argument:${actionOf(argument)}`)];
}

function actionOf(value: Value): string {
  if (value === 'file') return '_files';
  if (value === 'folder') return '_files -/';
  return typeof value === 'string' ? '' : `(${value.join(' ')})`;
}

const nameOf = (path: readonly string[]): string => ['_headroom', ...path].join('_');
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A table in Markdown; columns in which no row says anything are left out. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const used = heads.map((_, at) => rows.some((row) => row[at] !== ''));
  const line = (cells: readonly string[]) =>
    `| ${cells
      .filter((_, at) => used[at])
      .map(cell)
      .join(' | ')} |`;
  return rows.length === 0 ? [] : [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}

/** A text in a table: in one line, and without what would end its cell. */
const cell = (text: string): string => text.replaceAll('\n', ' ').replaceAll(/(?<!\\)\|/g, '\\|');

/** Text outside code whose angle brackets would be tags. */
export const plainText = (text: string): string =>
  text
    .split(/(`[^`]*`|<br>)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll('<', '&lt;')))
    .join('');

/** A page: blocks of lines with an empty line between them. */
export const page = (blocks: readonly (readonly string[])[]): string =>
  `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;

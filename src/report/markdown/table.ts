export interface MarkdownColumn {
  readonly header: string;
  readonly align?: 'left' | 'right';
}

/** Free text in a document: nothing in it is markup, mentions somebody, or breaks a row of a table. */
export const plain = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#!|~&@]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A text as code, on one line, whatever marks are in it. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const room = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${room}${text.replace(/\s+/g, ' ').replaceAll('|', '\\|')}${room}${fence}`;
}

/** A table; cells are Markdown already. */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ header }) => header)),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
}

/** One field of a row, with the place at which it begins, from 1. */
export interface Field {
  readonly text: string;
  readonly column: number;
  readonly length: number;
}

export interface CsvRow {
  readonly line: number;
  readonly fields: readonly Field[];
}

/**
 * The rows of a CSV text, comments (`#`) and empty lines left out. Fields are parted by what parts the first row (comma,
 * semicolon or tab), may be quoted, and do not run over lines: measurements do not.
 */
export function csvRows(text: string): CsvRow[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const first = lines.find((line) => isRow(line)) ?? '';
  const separator = ['\t', ';', ','].find((mark) => first.includes(mark)) ?? ',';
  return lines.flatMap((line, at) =>
    isRow(line) ? [{ line: at + 1, fields: fieldsOf(line, separator) }] : [],
  );
}

const isRow = (line: string): boolean => line.trim() !== '' && !line.startsWith('#');

function fieldsOf(line: string, separator: string): Field[] {
  const fields: Field[] = [];
  let from = 0;
  while (from <= line.length) {
    const to = endOf(line, from, separator);
    const raw = line.slice(from, to);
    const trimmed = raw.trim();
    const text = /^".*"$/.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"').trim() : trimmed;
    const column = from + 1 + (raw.length - raw.trimStart().length);
    fields.push({ text, column: trimmed === '' ? from + 1 : column, length: trimmed.length });
    from = to + 1;
  }
  return fields;
}

/** Where the field that begins at `from` ends. */
function endOf(line: string, from: number, separator: string): number {
  let isQuoted = false;
  for (let at = from; at < line.length; at++) {
    if (line[at] === '"') isQuoted = !isQuoted;
    else if (line[at] === separator && !isQuoted) return at;
  }
  return line.length;
}

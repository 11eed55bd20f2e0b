import type { Dimension } from '../../../units/index.ts';
import { parseQuantity } from '../../../units/index.ts';
import { type CsvRow, csvRows, type Field } from './csv-rows.ts';
import { instantsOf } from './csv-times.ts';
import {
  emptyFile,
  Mistakes,
  mixedUnits,
  negative,
  notANumber,
  noUnit,
  unitAfterBare,
  unknownColumn,
  whichColumn,
} from './problems.ts';
import type { Format } from './reading.ts';
import { decimalStep, type NumberUnit, unitInName, unitOf } from './unit.ts';

/** A column of a table. What nothing else recognises is read as one. */
export const csv: Format = {
  name: 'csv',
  about: 'a column of a table: comma, semicolon or tab between fields, a heading or none',
  recognises: () => true,
  read(file, text, options) {
    const mistakes = new Mistakes(file);
    const rows = csvRows(text);
    const table = tableOf(rows);
    if (table.rows.length === 0) mistakes.add(1, 1, 1, emptyFile());
    else {
      const at = columnOf(table, options.column, '--column', mistakes);
      const countAt =
        options.count === undefined ? undefined : columnOf(table, options.count, '--count', mistakes);
      if (at !== undefined && mistakes.isEmpty) {
        const name = table.names[at];
        const source = { file, format: 'csv', of: name, observations: table.rows.length, leftOut: [] };
        const unit = options.unit === undefined ? unitInName(name) : unitOf(options.unit);
        if (options.arrivals) {
          const times = instantsOf(table.rows, at, countAt, unit, mistakes);
          if (mistakes.isEmpty) return { source, dimension: 'duration', times, warnings: [] };
        } else {
          const { dimension, values, step } = valuesOf(table.rows, at, unit, mistakes);
          if (mistakes.isEmpty) return { source, dimension, values: { values, step }, warnings: [] };
        }
      }
    }
    return mistakes.all();
  },
};

interface Table {
  readonly names: readonly string[];
  readonly heading?: CsvRow;
  readonly rows: readonly CsvRow[];
}

/** The first row is a heading where no field of it begins like a number. */
function tableOf(rows: readonly CsvRow[]): Table {
  const [first, ...rest] = rows;
  if (first === undefined) return { names: [], rows: [] };
  const isHeading = first.fields.every(({ text }) => !/^[-+.]?\d/.test(text));
  if (!isHeading) return { names: first.fields.map((_, at) => String(at + 1)), rows };
  return { names: first.fields.map(({ text }) => text), heading: first, rows: rest };
}

function columnOf(
  { names, heading, rows }: Table,
  asked: string | undefined,
  option: string,
  mistakes: Mistakes,
): number | undefined {
  const { line } = heading ?? rows[0];
  if (asked === undefined) {
    if (names.length === 1) return 0;
    mistakes.add(line, 1, 1, whichColumn(names, option, 'columns'));
    return undefined;
  }
  const at = names.indexOf(asked);
  if (at >= 0) return at;
  if (/^\d+$/.test(asked) && Number(asked) >= 1 && Number(asked) <= names.length) return Number(asked) - 1;
  mistakes.add(line, 1, 1, unknownColumn(asked, names));
  return undefined;
}

interface Values {
  readonly dimension: Dimension;
  readonly values: readonly number[];
  readonly step: number;
}

const bare = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

function valuesOf(
  rows: readonly CsvRow[],
  at: number,
  unit: NumberUnit | undefined,
  mistakes: Mistakes,
): Values {
  const fields = rows.map(({ line, fields }) => ({ line, field: fields[at] ?? missing(fields) }));
  const firstField = fields[0].field;
  const isBare = bare.test(firstField.text);
  const dimension = isBare ? unit?.dimension : dimensionOf(firstField.text);
  if (isBare && unit === undefined) {
    mistakes.add(fields[0].line, firstField.column, firstField.length, noUnit('the values'));
    return { dimension: 'duration', values: [], step: 0 };
  }
  const read = { values: [] as number[], step: Number.POSITIVE_INFINITY };
  for (const { line, field } of fields) {
    const tell = (text: ReturnType<typeof emptyFile>) => mistakes.add(line, field.column, field.length, text);
    const { text } = field;
    if (text.startsWith('-') && /\d/.test(text)) tell(negative(text));
    else if (bare.test(text)) {
      if (!isBare) tell(mixedUnits(text));
      else {
        const { scale } = unit as NumberUnit;
        read.values.push(Number(text) * scale);
        read.step = Math.min(read.step, decimalStep(text) * scale);
      }
    } else {
      const parsed = dimension === undefined ? undefined : parseQuantity(text, dimension);
      if (parsed?.value === undefined) tell(notANumber(text, isBare ? 'a number' : 'a duration or a size'));
      else if (isBare) tell(unitAfterBare(text));
      else {
        read.values.push(parsed.value);
        read.step = Math.min(read.step, stepOf(text, parsed.value));
      }
    }
  }
  return { dimension: dimension ?? 'duration', ...read };
}

const missing = (fields: readonly Field[]): Field => {
  const last = fields[fields.length - 1];
  return { text: '', column: last.column + last.length, length: 1 };
};

const dimensionOf = (text: string): Dimension | undefined =>
  (['duration', 'size'] as const).find((dimension) => parseQuantity(text, dimension).value !== undefined);

/** The step of `12.3ms`: 0.1 ms. */
function stepOf(text: string, value: number): number {
  const digits = /^[-+]?[\d.]+/.exec(text)?.[0] ?? '1';
  return Number(digits) === 0 ? Number.POSITIVE_INFINITY : (decimalStep(digits) * value) / Number(digits);
}

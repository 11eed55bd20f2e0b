import { parseQuantity } from '../../../units/index.ts';
import type { CsvRow } from './csv-rows.ts';
import { type Mistakes, notANumber, noUnit } from './problems.ts';
import type { ReadTimes } from './reading.ts';
import type { NumberUnit } from './unit.ts';

/** Unix time from 1973 to 2286: no other unit of it has numbers of this size. */
const unixSeconds = { from: 1e8, to: 1e10 };

/** Instants of arrivals: ISO 8601, Unix time in seconds or milliseconds, or numbers of a unit since some beginning. */
export function instantsOf(
  rows: readonly CsvRow[],
  at: number,
  countAt: number | undefined,
  unit: NumberUnit | undefined,
  mistakes: Mistakes,
): ReadTimes {
  const first = rows[0].fields[at]?.text ?? '';
  const isNumber = first !== '' && Number.isFinite(Number(first));
  const scale = isNumber ? scaleOf(Number(first), unit) : 1;
  if (scale === undefined) {
    mistakes.add(rows[0].line, rows[0].fields[at].column, first.length, noUnit('the instants'));
    return { instants: [], isUnixTime: false };
  }
  const instants: number[] = [];
  const weights: number[] = [];
  for (const { line, fields } of rows) {
    const field = fields[at] ?? { text: '', column: 1, length: 1 };
    const value = isNumber
      ? field.text === ''
        ? undefined
        : Number(field.text) * scale
      : secondsOf(field.text);
    if (value === undefined || !Number.isFinite(value)) {
      const expected = isNumber ? 'a number' : 'an instant such as 2026-01-14T14:25Z';
      mistakes.add(line, field.column, field.length, notANumber(field.text, expected));
    } else instants.push(value);
    if (countAt === undefined) continue;
    const count = fields[countAt] ?? { text: '', column: 1, length: 1 };
    if (/^\d+$/.test(count.text)) weights.push(Number(count.text));
    else mistakes.add(line, count.column, count.length, notANumber(count.text, 'a whole number of arrivals'));
  }
  const isUnixTime = !isNumber || isUnix(Number(first) * scale);
  return { instants, ...(countAt === undefined ? {} : { weights }), isUnixTime };
}

const isUnix = (seconds: number): boolean => seconds >= unixSeconds.from && seconds < unixSeconds.to;

/** Seconds in one: by the unit that is said, else where only one unit makes Unix time of it. */
function scaleOf(value: number, unit: NumberUnit | undefined): number | undefined {
  if (unit !== undefined) return unit.dimension === 'duration' ? unit.scale : undefined;
  return [1, 1e-3, 1e-6, 1e-9].find((scale) => isUnix(value * scale));
}

function secondsOf(text: string): number | undefined {
  const { value } = parseQuantity(text, 'instant');
  return value === undefined ? undefined : value / 1000;
}

import type { SweepVariable } from '../../result/index.ts';

/** More values than anybody waits for. */
export const mostValues = 10_000;

export interface BadVary {
  readonly problem: string;
  readonly hint?: string;
}

const examples = 'services.desk.threads=1,2,4 or services.desk.threads=1..20 step 5';
const range = /^(.+?)\s*\.\.\s*(.+?)(?:\s+step\s+([x×*]?)\s*(.+))?$/;
const amount = /^(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(.*)$/i;

/**
 * Reads what is varied: `path=a,b,c`, values as `--set` takes them, commas inside brackets and quotes being theirs; or
 * `path=1..20 step 5`, `path=10ms..50ms step 10ms`, `path=1..64 step x2`. Without a step a range goes by one.
 */
export function parseVary(text: string): SweepVariable | BadVary {
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(0, equals)).trim();
  const written = text.slice(equals + 1).trim();
  if (equals < 0 || path === '')
    return { problem: `--vary ${text} names no path`, hint: `write ${examples}` };
  if (path.split('.').some((key) => key === ''))
    return { problem: `--vary ${path}: expected keys parted by single dots` };
  if (written === '') return { problem: `--vary ${path} has no values`, hint: `write ${examples}` };
  const found = range.exec(written);
  const values = found === null ? listOf(written) : rangeOf(found);
  return 'problem' in values ? { ...values, problem: `--vary ${path}: ${values.problem}` } : { path, values };
}

function listOf(written: string): readonly string[] | BadVary {
  const values = topLevelParts(written);
  if (values.includes(''))
    return { problem: `a value is missing in ${written}`, hint: 'values are parted by single commas' };
  return [...new Set(values)];
}

/** Parts between commas that stand in no brackets and no quotes. */
function topLevelParts(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const letter of text) {
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if ('{['.includes(letter)) depth += 1;
    else if ('}]'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0 && quote === '') parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

function rangeOf([written, from, to, times = '', by]: RegExpExecArray): readonly string[] | BadVary {
  const ends = [from, to].map((end) => amount.exec(end.trim()));
  const step = by === undefined ? undefined : amount.exec(by.trim());
  if (ends.includes(null) || step === null)
    return {
      problem: `${written} is no range`,
      hint: 'write 1..20 step 5, 10ms..50ms step 10ms or 1..64 step x2',
    };
  const [[, first, unit], [, last, lastUnit]] = ends as RegExpExecArray[];
  const stepUnit = step?.[2] ?? '';
  const [, word] = /^([a-z]+)\s/i.exec(lastUnit) ?? [];
  if (word !== undefined)
    return { problem: `${word} in ${written} is no word of a range`, hint: 'write step' };
  if (unit !== lastUnit) return { problem: `${from} and ${to} have different units` };
  if (stepUnit !== '' && (times !== '' || stepUnit !== unit))
    return { problem: `a step of ${by} does not fit values in ${unit === '' ? 'plain numbers' : unit}` };
  const size = Number(step?.[1] ?? 1);
  if (!(times === '' ? size > 0 : size > 1)) return { problem: `a step of ${times}${by} leads nowhere` };
  if (times !== '' && !(Number(first) > 0)) return { problem: `${from} cannot be multiplied up to ${to}` };
  return numbersOf(Number(first), Number(last), size, times !== '', written, unit);
}

function numbersOf(
  first: number,
  last: number,
  size: number,
  isFactor: boolean,
  written: string,
  unit: string,
): readonly string[] | BadVary {
  if (first > last) return { problem: `${written} is empty: it ends before it begins` };
  const values: string[] = [];
  for (let at = 0; ; at += 1) {
    // Digits that sums and products do not have are not written: 0.1 + 2 × 0.1 is 0.3.
    const value = Number((isFactor ? first * size ** at : first + at * size).toPrecision(12));
    if (value > last) return values;
    if (at === mostValues) return { problem: `${written} has more than ${mostValues} values` };
    values.push(`${value}${unit}`);
  }
}

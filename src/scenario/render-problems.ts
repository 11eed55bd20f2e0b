/** Shows problems as a good compiler does: place, message, the line with a mark below it, what was expected, a hint. */

import { setFile } from './apply-set.ts';
import { type Problem, sortProblems } from './problem.ts';

export interface RenderOptions {
  /** The texts of the files, from `loadScenario`; a problem in another file is shown without its line. */
  readonly sources?: ReadonlyMap<string, string>;
  readonly color?: boolean;
  /** Width of the terminal; 80 unless told. */
  readonly columns?: number;
}

/** All problems, sorted by file and line, and how many there are; `''` without problems. It ends in a newline. */
export function renderProblems(problems: readonly Problem[], options: RenderOptions = {}): string {
  if (problems.length === 0) return '';
  const sources = options.sources ?? new Map<string, string>();
  const sorted = sortProblems(problems, [...sources.keys()]);
  const blocks = sorted.map((problem) => renderProblem(problem, sources.get(problem.file), options));
  return `${blocks.join('\n\n')}\n\n${summary(sorted, options.color ?? false)}\n`;
}

function renderProblem(problem: Problem, source: string | undefined, options: RenderOptions): string {
  const paint = painter(options.color ?? false);
  const place = placeOf(problem, source);
  const color = problem.severity === 'error' ? 'red' : 'yellow';
  const lines = [
    `${place === '' ? '' : `${paint('bold', place)} `}${paint(color, problem.severity)} ${problem.message}`,
  ];
  const line = source?.split('\n')[problem.line - 1];
  const gutter = problem.file === setFile ? '' : String(problem.line);
  if (line !== undefined && line.trim() !== '')
    lines.push(...excerpt(line, gutter, problem, options.columns ?? 80, color, paint));
  const indent = ' '.repeat(gutter.length + 5);
  if (problem.expected !== undefined && !problem.message.includes(problem.expected))
    lines.push(`${indent}expected ${problem.expected}`);
  if (problem.hint !== undefined) lines.push(`${indent}${problem.hint}`);
  return lines.join('\n');
}

/** A file that could not be read has no lines, and its message names it. */
function placeOf({ file, line, column }: Problem, source: string | undefined): string {
  if (file === setFile) return setFile;
  return source === undefined ? '' : `${file}:${line}:${column}`;
}

/** The line with a mark below it, cut to the width around the mark. */
function excerpt(
  line: string,
  gutter: string,
  problem: Problem,
  columns: number,
  color: Color,
  paint: Paint,
): string[] {
  const room = Math.max(20, columns - gutter.length - 5);
  const text = line.replace(/\r$/, '').replaceAll('\t', ' ');
  const column = Math.min(problem.column - 1, text.length);
  const start =
    text.length <= room ? 0 : Math.max(0, Math.min(column - Math.floor(room / 3), text.length - room));
  const shown = `${start > 0 ? '…' : ''}${text.slice(start > 0 ? start + 1 : 0, start + room)}`;
  const cut = start + room < text.length ? `${shown.slice(0, -1)}…` : shown;
  const length = Math.max(1, Math.min(problem.length, text.trimEnd().length - column, start + room - column));
  const before = ' '.repeat(gutter.length);
  return [
    `  ${paint('dim', `${gutter} |`)} ${cut}`,
    `  ${paint('dim', `${before} |`)} ${' '.repeat(column - start)}${paint(color, '^'.repeat(length))}`,
  ];
}

function summary(problems: readonly Problem[], color: boolean): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const counts = [counted(errors, 'error'), counted(warnings, 'warning')].filter((text) => text !== '');
  return painter(color)('bold', counts.join(', '));
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

type Color = 'bold' | 'dim' | 'red' | 'yellow';
type Paint = (color: Color, text: string) => string;
const codes: Readonly<Record<Color, [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
};

function painter(color: boolean): Paint {
  return (name, text) => (color ? `\u001b[${codes[name][0]}m${text}\u001b[${codes[name][1]}m` : text);
}

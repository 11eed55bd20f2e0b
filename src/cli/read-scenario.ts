import { readFileSync } from 'node:fs';
import { type ParsedScenario, parseScenario, type Scenario } from '../models/parse.ts';
import { problemKinds } from '../reference/problem-kinds.ts';
import { renderProblems } from '../scenario/index.ts';
import { exitCode, Stop } from './exit.ts';
import { stderrLook } from './terminal.ts';

/** Reads a scenario from a file, or from stdin when the file is `-`. */
export function parseFile(file: string, sets: readonly string[]): ParsedScenario {
  return parseScenario(
    file === '-' ? 'stdin' : file,
    (path) => (path === 'stdin' && file === '-' ? readFileSync(0) : readFileSync(path)),
    sets,
  );
}

/** The problems of a scenario as text for stderr, and how to learn more of them. */
export function problemsText({ problems, sources }: ParsedScenario): string {
  if (problems.length === 0) return '';
  const codes = [...new Set(problems.map(({ code }) => code))].filter((code) => code in problemKinds);
  const more = codes.map((code) => `More  headroom explain problem ${code}\n`);
  return `${renderProblems(problems, { sources, ...stderrLook() })}${more.slice(0, 3).join('')}`;
}

/** A scenario that stands; warnings go to stderr, errors end the command with code 2. */
export const readScenario = (file: string, sets: readonly string[]): Scenario =>
  readParsed(file, sets).scenario;

/** The same, with where everything stands. */
export function readParsed(
  file: string,
  sets: readonly string[],
): ParsedScenario & { readonly scenario: Scenario } {
  const parsed = parseFile(file, sets);
  const text = problemsText(parsed);
  const { scenario } = parsed;
  if (scenario === undefined) throw new Stop(exitCode.usage, text.trimEnd());
  if (text !== '') process.stderr.write(text);
  return { ...parsed, scenario };
}

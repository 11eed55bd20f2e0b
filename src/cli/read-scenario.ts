import { readFileSync } from 'node:fs';
import { type ParsedScenario, parseScenario, type Scenario } from '../models/parse.ts';
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

/** The problems of a scenario as text for stderr. */
export const problemsText = ({ problems, sources }: ParsedScenario): string =>
  problems.length === 0 ? '' : renderProblems(problems, { sources, ...stderrLook() });

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

import { Document, parse } from 'yaml';
import type { ParsedScenario } from '../models/parse.ts';

/** Reads a scenario: of a file and the settings with which it was asked about, or of a text at its place; with settings. */
export type ReadScenario = (sets: readonly string[], text?: string) => ParsedScenario;

/** What is to be written of a scenario. */
export interface ChangedScenario {
  /** What the file says of itself, a comment a line. */
  readonly about: readonly string[];
  /** Settings with which the scenario was asked about. */
  readonly sets: readonly string[];
  /** What came out. */
  readonly changes: readonly string[];
}

/**
 * A scenario with changes, as a file. It extends the one that was changed where that gives the same design, else it has all
 * in one piece: a value in the middle of a list can only be written with it.
 * @param extended the path of the other file from where this one is to stand; undefined: there is none
 */
export function changedScenarioText(
  { about, sets, changes }: ChangedScenario,
  read: ReadScenario,
  extended: string | undefined,
): string {
  const head = [...about.map((line) => `# ${line}`), ''].join('\n');
  const whole = read(changes).scenario;
  const text = `${head}${extending(extended ?? '', [...sets, ...changes])}`;
  const isSame = extended !== undefined && read([], text).scenario?.hash === whole?.hash;
  return isSame ? text : `${head}${whole?.text ?? ''}`;
}

function extending(file: string, changes: readonly string[]): string {
  const document = new Document({ extends: file });
  for (const change of changes) {
    const equals = change.indexOf('=');
    document.setIn(change.slice(0, equals).split('.'), document.createNode(parse(change.slice(equals + 1))));
  }
  return document.toString({ nullStr: '~', lineWidth: 0 });
}

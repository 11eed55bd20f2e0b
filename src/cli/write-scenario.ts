import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseScenario } from '../models/parse.ts';
import type { ReadScenario } from '../study/changed-scenario.ts';
import { stopped } from './reporting.ts';
import { writeFiles } from './write-files.ts';

/**
 * Writes a scenario that was made of another one, whole or not at all.
 * @param file of the other one; - for stdin
 * @param text of the other one, resolved, with the settings with which it was asked about
 * @param make the text of the new one, out of a reader of both and of the path by which it may extend the other
 */
export function writeScenario(
  out: string,
  { file, text }: { readonly file: string; readonly text: string },
  make: (read: ReadScenario, extended: string | undefined) => string,
): void {
  const isStdin = file === '-';
  const read: ReadScenario = (sets, written) =>
    written === undefined
      ? parseScenario(isStdin ? 'stdin' : file, () => text, sets)
      : parseScenario(out, (path) => (path === out ? written : readFileSync(path)), sets);
  const content = make(read, isStdin ? undefined : relative(dirname(resolve(out)), resolve(file)));
  stopped(() => writeFiles([{ path: out, content }]));
}

/** The files of a scenario: reads each once, keeps its text for the messages, and turns failures into problems. */

import { dirname, isAbsolute, join, normalize } from 'node:path';
import type { Location } from './located-node.ts';
import type { ProblemText } from './problem.ts';
import { type Problem, problemAt } from './problem.ts';
import { fileIsDirectory, noSuchFile, notUtf8, unreadableFile } from './problems.ts';
import { type ReadYaml, readYaml } from './read-yaml.ts';

/** Gives the content of a file; throws Node's error (`ENOENT`, `EISDIR`, …) where there is none. */
export type ReadFile = (path: string) => Uint8Array | string;

export class SourceFiles {
  /** The text of each file that was read, the first one first. */
  readonly texts = new Map<string, string>();
  readonly problems: Problem[] = [];
  readonly #read: ReadFile;
  readonly #yaml = new Map<string, ReadYaml>();

  constructor(read: ReadFile) {
    this.#read = read;
  }

  /** The YAML of a file; a file that cannot be read is reported where it was asked for. */
  yaml(path: string, askedAt: Location): ReadYaml {
    const known = this.#yaml.get(path);
    if (known) return known;
    const text = this.#text(path, askedAt);
    const parsed = text === undefined ? { problems: [] } : readYaml(text, path);
    this.problems.push(...parsed.problems);
    this.#yaml.set(path, parsed);
    return parsed;
  }

  #text(path: string, askedAt: Location): string | undefined {
    try {
      const content = this.#read(path);
      const text =
        typeof content === 'string'
          ? content.replace(/^\uFEFF/, '')
          : new TextDecoder('utf-8', { fatal: true }).decode(content);
      this.texts.set(path, text);
      return text;
    } catch (error) {
      const at = askedAt.file === path ? startOfFile(path) : askedAt;
      this.problems.push(problemAt(at, [], failureText(path, error)));
      return undefined;
    }
  }
}

export function startOfFile(file: string): Location {
  return { file, offset: 0, line: 1, column: 1, length: 0 };
}

/** A path as written in a file, from where Headroom was started. */
export function relativeTo(file: string, path: string): string {
  return isAbsolute(path) ? normalize(path) : join(dirname(file), path);
}

function failureText(path: string, error: unknown): ProblemText {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return noSuchFile(path);
  if (code === 'EISDIR') return fileIsDirectory(path);
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return notUtf8();
  if (code === undefined) throw error;
  return unreadableFile(path, reasons[code] ?? message);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of its path is not a directory',
  ELOOP: 'its symbolic links go in a circle',
  ENAMETOOLONG: 'its name is too long',
};

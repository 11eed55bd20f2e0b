import { accessSync, constants, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Artifact } from '../report/reporter.ts';

/** Why files cannot be written, with the path that is in the way. */
export class Unwritable extends Error {
  constructor(path: string, error: unknown) {
    super(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`);
  }
}

/** Makes the folder of a file, and throws Unwritable now rather than after a long run. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Unwritable(folder, error);
  }
}

/** Throws Unwritable where a file could not take this path: its folder, or a folder in its place. */
export function prepareFile(path: string): void {
  prepareFolder(dirname(path));
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new Unwritable(path, { code: 'it is a folder' });
}

/**
 * Writes files so that each appears whole or not at all: into a temporary file of the same folder, then under its name.
 * None appears before all are written.
 *
 * @throws Unwritable
 */
export function writeFiles(artifacts: readonly Artifact[]): void {
  const waiting: { from: string; to: string }[] = [];
  try {
    for (const { path, content } of artifacts) {
      prepareFile(path);
      writeOne(path, content, waiting);
    }
    for (const { from, to } of waiting) renameSync(from, to);
  } finally {
    for (const { from } of waiting) rmSync(from, { force: true });
  }
}

function writeOne(path: string, content: string | Uint8Array, waiting: { from: string; to: string }[]): void {
  const known = statSync(path, { throwIfNoEntry: false });
  // What is there and no plain file (/dev/stdout, a pipe) is written to, never replaced.
  const isSpecial = known !== undefined && !known.isFile();
  const from = isSpecial ? path : join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  if (!isSpecial) waiting.push({ from, to: path });
  try {
    writeFileSync(from, content);
  } catch (error) {
    throw new Unwritable(path, error);
  }
}

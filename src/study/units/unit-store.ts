import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../simulate-run.ts';
import { readBlob, writeBlob } from './blob.ts';
import { addressOf, stampOf, type Unit, type UnitStamp } from './unit.ts';

/** Why the folder of finished units cannot be used. */
export class UnusableStore extends Error {
  constructor(folder: string, error: unknown) {
    super(`cannot keep finished work in ${folder}: ${(error as NodeJS.ErrnoException).code ?? error}`);
  }
}

/**
 * Finished units in a folder, a file each, named by their address: `3f/3fa4….unit`. A file is written beside its place and
 * renamed, so that whoever is killed leaves a whole file or none. Any number of processes may share the folder.
 */
export class UnitStore {
  private temporary = 0;

  /** @throws UnusableStore where the folder cannot be made */
  constructor(
    readonly folder: string,
    private readonly version: string,
    /** Told of each file that is there and cannot be used; its unit is done again. */
    private readonly report: (file: string, problem: string) => void = () => undefined,
  ) {
    try {
      mkdirSync(folder, { recursive: true });
      // What is in it can be made again: nobody wants it in a repository.
      writeFileSync(join(folder, '.gitignore'), '*\n');
    } catch (error) {
      throw new UnusableStore(folder, error);
    }
  }

  /** A unit's record; undefined where it is not there, or not whole. */
  get(unit: Unit): RunRecord | undefined {
    const stamp = stampOf(unit, this.version);
    const read = readUnit(this.fileOf(addressOf(stamp)), stamp);
    if (read === undefined) return undefined;
    if (!('problem' in read)) return read.record;
    this.report(read.file, read.problem);
    return undefined;
  }

  /** @throws UnusableStore where it cannot be written */
  put(unit: Unit, record: RunRecord): void {
    const stamp = stampOf(unit, this.version);
    const address = addressOf(stamp);
    this.temporary += 1;
    const from = join(this.folder, `.${address}.${process.pid}.${this.temporary}.tmp`);
    try {
      mkdirSync(this.folderOf(address), { recursive: true });
      writeFileSync(from, writeBlob(stamp, record));
      renameSync(from, this.fileOf(address));
    } catch (error) {
      rmSync(from, { force: true });
      throw new UnusableStore(this.folder, error);
    }
  }

  /** The files of all units that are there, whole or not, in the order of their addresses. */
  files(): string[] {
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.unit'))
      .sort()
      .map((name) => join(this.folder, name));
  }

  private fileOf(address: string): string {
    return unitFile(this.folder, address);
  }

  private folderOf(address: string): string {
    return join(this.folder, address.slice(0, 2));
  }
}

/** The file of a unit in a folder of them. */
export const unitFile = (folder: string, address: string): string =>
  join(folder, address.slice(0, 2), `${address}.unit`);

/** The record in a unit's file; why it cannot be used; undefined where there is no such file. */
export function readUnit(
  file: string,
  stamp: UnitStamp,
): { readonly record: RunRecord } | { readonly file: string; readonly problem: string } | undefined {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { file, problem: `cannot be read: ${code}` };
  }
  const read = readBlob(bytes, stamp.version);
  if ('problem' in read) return { file, problem: read.problem };
  if (addressOf(read.stamp) !== addressOf(stamp))
    return { file, problem: 'it is the record of another unit' };
  return { record: read.record };
}

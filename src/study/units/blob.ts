import { gunzipSync, gzipSync } from 'node:zlib';
import type { RunRecord } from '../simulate-run.ts';
import { readExactJson, writeExactJson } from './exact-json.ts';
import { sha256, type UnitStamp } from './unit.ts';

export const unitFormat = 'headroom.unit/1';

/** The first line of a blob, as JSON: whose record it is, and by which what follows can be told to be whole. */
interface Header extends UnitStamp {
  readonly format: typeof unitFormat;
  /** SHA-256 of all that follows the first line. */
  readonly sha256: string;
}

/** Why a blob cannot be used. */
export interface UnusableBlob {
  readonly problem: string;
}

/** A finished unit as bytes: the header, a line feed, the record as compressed JSON. */
export function writeBlob(stamp: UnitStamp, record: RunRecord): Uint8Array {
  // Speed before size: the numbers compress to a third or less all the same.
  const body = gzipSync(writeExactJson(record), { level: 1 });
  const header: Header = { format: unitFormat, ...stamp, sha256: sha256(body) };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]);
}

/** Reads a finished unit back, or says why not: cut off, changed, or of another version of headroom. */
export function readBlob(
  bytes: Uint8Array,
  version: string,
): { readonly stamp: UnitStamp; readonly record: RunRecord } | UnusableBlob {
  const end = bytes.indexOf(10);
  const header = end < 0 ? undefined : headerOf(Buffer.from(bytes.subarray(0, end)).toString('utf8'));
  if (header === undefined) return { problem: `not a finished unit of the format ${unitFormat}` };
  if (header.version !== version)
    return { problem: `made by headroom ${header.version}, and this is ${version}` };
  const body = bytes.subarray(end + 1);
  if (sha256(body) !== header.sha256)
    return { problem: 'corrupt: its content does not have the checksum that it was written with' };
  const { scenario, seed, run } = header;
  return {
    stamp: { version, scenario, seed, run },
    record: readExactJson(gunzipSync(body).toString('utf8')) as RunRecord,
  };
}

function headerOf(line: string): Header | undefined {
  try {
    const header = JSON.parse(line) as Header | null;
    return header?.format === unitFormat ? header : undefined;
  } catch {
    return undefined;
  }
}

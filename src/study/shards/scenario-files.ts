import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sha256 } from '../units/unit.ts';

const folderOf = (folder: string): string => join(folder, 'scenarios');

/** The file of a scenario's text, named by the text's SHA-256. */
export const scenarioFile = (folder: string, sha: string): string => join(folderOf(folder), `${sha}.yaml.gz`);

/** Keeps a scenario's text beside the units that are made of it; gives its SHA-256. */
export function writeScenario(folder: string, text: string): string {
  const sha = sha256(text);
  const file = scenarioFile(folder, sha);
  mkdirSync(folderOf(folder), { recursive: true });
  const from = `${file}.${process.pid}.tmp`;
  writeFileSync(from, gzipSync(text));
  renameSync(from, file);
  return sha;
}

/** The text, or why there is none: the file's name is the checksum of what is in it. */
export function readScenarioText(folder: string, sha: string): string | { readonly problem: string } {
  const file = scenarioFile(folder, sha);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { problem: `${file}: cannot be read: ${(error as NodeJS.ErrnoException).code}` };
  }
  try {
    const text = gunzipSync(bytes).toString('utf8');
    if (sha256(text) === sha) return text;
  } catch {
    // Not even compressed text: said below.
  }
  return { problem: `${file}: corrupt: its content does not have the checksum that it is named by` };
}

import { readFileSync } from 'node:fs';

/** The vectors that a real implementation gave; their `source` says which. */
export function vectors<File>(name: string): File {
  return JSON.parse(readFileSync(new URL(`../../../vectors/${name}.json`, import.meta.url), 'utf8'));
}

export const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** What tells two scenarios apart: their value, whatever the order, comments and files that it was written in. */

import { createHash } from 'node:crypto';
import { type LocatedNode, plainValue } from './located-node.ts';

/** The first 16 hexadecimal digits of the SHA-256 of the value as JSON with sorted keys. */
export function scenarioHash(document: LocatedNode): string {
  return createHash('sha256')
    .update(canonicalJson(plainValue(document)))
    .digest('hex')
    .slice(0, 16);
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson((value as Record<string, unknown>)[key])}`).join(',')}}`;
}

/** What the schemas of this folder share: schemas below schemas, and problems as issues. */

import { z } from 'zod';
import {
  addIssue,
  type JsonContext,
  type JsonParams,
  type JsonSchema,
  type ParseContext,
  type Payload,
} from '../units/schema-class.ts';
import type { ProblemText } from './problem.ts';
import { wrongType } from './problems.ts';

/** Parses each value of a map with one schema; `check` sees each key first. */
export function parseEntries(
  payload: Payload,
  context: ParseContext,
  schema: z.ZodType,
  value: z.ZodType,
  check: (key: string) => void,
): Payload {
  const input = payload.value;
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    addText(payload, schema, wrongType('a map', describe(input)));
    return payload;
  }
  const output: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(input)) {
    check(key);
    output[key] = parseBelow(value, entry, payload, context, [key]);
  }
  payload.value = output;
  return payload;
}

/** Parses a value with another schema; its issues join the payload's, under a path. */
export function parseBelow(
  schema: z.ZodType,
  value: unknown,
  payload: Payload,
  context: ParseContext,
  path: readonly PropertyKey[],
): unknown {
  const result = schema._zod.run({ value, issues: [] }, context);
  if (result instanceof Promise) throw new Error('schemas of scenarios are synchronous');
  for (const issue of result.issues)
    payload.issues.push({ ...issue, path: [...path, ...(issue.path ?? [])] } as never);
  return result.value;
}

export function jsonOfEntries(
  value: z.ZodType,
  json: JsonSchema,
  context: JsonContext,
  params: JsonParams,
  pattern?: string,
): void {
  json.type = 'object';
  if (pattern !== undefined) json.propertyNames = { pattern };
  json.additionalProperties = jsonBelow(value, context, params, 'additionalProperties');
}

/** The JSON schema of a schema below this one. */
export function jsonBelow(
  schema: z.ZodType,
  context: JsonContext,
  params: JsonParams,
  ...path: (string | number)[]
): JsonSchema {
  return z.core.processSchema(schema, context, { ...params, path: [...params.path, ...path] });
}

/** Adds a problem's text to a payload as an issue, from which `checkAgainst` makes the problem again. */
export function addText(
  payload: Payload,
  schema: z.ZodType,
  text: ProblemText,
  path: readonly PropertyKey[] = [],
  at: 'key' | 'value' = 'value',
): void {
  const { message, ...detail } = text;
  addIssue(payload, schema, message, { ...detail, at }, path);
}

/** A value in a message: `a list`, `a map`, `nothing`, or itself. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

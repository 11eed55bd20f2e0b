/**
 * A zod schema class of our own: its parsing and its JSON schema in one place. Unlike `z.custom` or a transform, it
 * reports several issues with paths, knows its JSON schema, and keeps both through `.describe()`, `.meta()` and
 * `.optional()`.
 */

import { z } from 'zod';

/** What a parser sees: the value, which it may replace, and the issues, to which it adds. */
export type Payload = z.core.ParsePayload;
export type ParseContext = z.core.ParseContextInternal;
export type JsonContext = z.core.ToJSONSchemaContext;
export type JsonSchema = z.core.JSONSchema.BaseSchema;
export type JsonParams = z.core.ProcessParams;

/** The mistakes of a user that a schema of ours reports; `params` of a zod issue of code `custom`. */
export interface IssueDetail {
  /** A word for the kind of mistake; `invalid-value` if left out. */
  readonly code?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
  /** Where to point: at the value (the default) or at the key that holds it. */
  readonly at?: 'key' | 'value';
}

export interface SchemaBehaviour<Definition> {
  parse(definition: Definition, payload: Payload, context: ParseContext, schema: z.ZodType): Payload;
  json(definition: Definition, json: JsonSchema, context: JsonContext, params: JsonParams): void;
}

/** Makes a class of schemas, and gives what makes one schema of it. */
export function schemaClass<Definition extends object>(
  name: string,
  behaviour: SchemaBehaviour<Definition>,
): (definition: Definition) => z.ZodType {
  const Class = z.core.$constructor<z.ZodType>(name, (schema, full) => {
    z.ZodType.init(schema, full);
    const definition = full as unknown as Definition;
    schema._zod.parse = (payload, context) => behaviour.parse(definition, payload, context, schema);
    schema._zod.processJSONSchema = (context, json, params) =>
      behaviour.json(definition, json, context, params);
  });
  return (definition) => new Class({ ...definition, type: 'custom' } as never);
}

/** Adds a mistake to a payload. */
export function addIssue(
  payload: Payload,
  schema: z.ZodType,
  message: string,
  detail: IssueDetail,
  path: readonly PropertyKey[] = [],
): void {
  payload.issues.push({
    code: 'custom',
    message,
    params: { ...detail },
    input: payload.value,
    inst: schema,
    path: [...path],
  } as never);
}

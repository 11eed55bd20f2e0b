/**
 * The JSON schema that editors complete and check scenarios with. Draft 07: what all of them know, yaml-language-server
 * first. It is laxer than `validate` where a file is not the whole scenario: a file that extends another may leave out
 * anything, and may take anything away with `~`.
 */

import { z } from 'zod';

type Json = { [key: string]: unknown };

export interface EditorSchemaOptions {
  readonly title: string;
  readonly description?: string;
  /** Where the schema can be fetched, its `$id`. */
  readonly id?: string;
}

/** The JSON schema of what must be in a whole scenario: for the reference. */
export const wholeSchema = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, { io: 'input', target: 'draft-07', unrepresentable: 'any' }) as Json;

/** The JSON schema of a scenario's schema, with `extends` beside its sections. */
export function editorSchema(schema: z.ZodType, options: EditorSchemaOptions): Json {
  const { $schema, definitions, ...root } = relaxed(wholeSchema(schema)) as Json;
  const properties = { extends: extendsProperty, ...(root.properties as Json) };
  const { title, description, id } = options;
  return {
    $schema,
    ...(id === undefined ? {} : { $id: id }),
    title,
    description,
    ...root,
    properties,
    definitions,
  };
}

export const extendsProperty: Json = {
  description: 'The file, or files, that this one is laid over; paths are relative to this file.',
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
};

/** A schema whose maps need no key, and whose keys can be `~`. A map with one key keeps it:
 * without the verb there is no step. */
function relaxed(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(relaxed);
  if (typeof json !== 'object' || json === null) return json;
  const schema = Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, verbatim.has(key) ? value : relaxed(value)]),
  ) as Json;
  const properties = schema.properties as Json | undefined;
  if (schema.type !== 'object' || (properties === undefined && schema.additionalProperties === undefined))
    return schema;
  if (schema.maxProperties === 1) return schema;
  const { required, ...rest } = schema;
  if (properties)
    rest.properties = Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, nullable(value as Json)]),
    );
  if (typeof rest.additionalProperties === 'object')
    rest.additionalProperties = nullable(rest.additionalProperties as Json);
  return rest;
}

/** Keywords that hold values, not schemas. */
const verbatim = new Set([
  'default',
  'examples',
  'enum',
  'const',
  'required',
  'type',
  'pattern',
  'description',
]);

/** The same, or `~`. */
function nullable(schema: Json): Json {
  const { description, ...rest } = schema;
  if (Object.keys(rest).length === 0) return schema;
  if (rest.type !== undefined && rest.enum === undefined && rest.const === undefined) {
    return { ...schema, type: [...[rest.type].flat(), 'null'] };
  }
  if (Array.isArray(rest.anyOf) && rest.$ref === undefined)
    return { ...schema, anyOf: [...rest.anyOf, { type: 'null' }] };
  return { ...(description === undefined ? {} : { description }), anyOf: [rest, { type: 'null' }] };
}

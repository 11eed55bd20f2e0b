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
  /** Where a map may stand in a file of its own: `services.*.autoscale.manifest` may be its name. */
  readonly files?: readonly string[];
}

/** The JSON schema of what must be in a whole scenario: for the reference. */
export const wholeSchema = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, { io: 'input', target: 'draft-07', unrepresentable: 'any' }) as Json;

/** The JSON schema of a scenario's schema, with `extends` beside its sections. */
export function editorSchema(schema: z.ZodType, options: EditorSchemaOptions): Json {
  const { title, description, id, files = [] } = options;
  const { $schema, definitions, ...root } = relaxed(spoken(wholeSchema(schema))) as Json;
  for (const path of files) allowFile(root, path.split('.'));
  const properties = { extends: extendsProperty, ...(root.properties as Json) };
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

/**
 * The same schema without texts that would drown others. An editor shows the innermost text of what stands at a key: the
 * key's own must not lose against that of a definition that many keys share, nor a verb's against that of its short form.
 */
function spoken(json: Json): Json {
  const definitions = Object.entries((json.definitions ?? {}) as Json).map(([name, definition]) => {
    const { description, ...mute } = definition as Json;
    return [name, mute];
  });
  return { ...(withVerbs(json) as Json), definitions: withVerbs(Object.fromEntries(definitions)) };
}

function withVerbs(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withVerbs);
  if (typeof json !== 'object' || json === null) return json;
  const schema = Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, verbatim.has(key) ? value : withVerbs(value)]),
  ) as Json;
  if (schema.maxProperties !== 1) return schema;
  const properties = Object.entries((schema.properties ?? {}) as Json).map(([verb, value]) => {
    const { anyOf, ...rest } = value as Json;
    return [verb, { ...rest, anyOf: (anyOf as Json[]).map(({ description, ...form }) => form) }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Lets text stand where a map is expected: the name of the file that holds it. */
function allowFile(node: Json, path: readonly string[]): void {
  const [key, ...rest] = path;
  const below = (key === '*' ? node.additionalProperties : (node.properties as Json | undefined)?.[key]) as
    | Json
    | undefined;
  if (below === undefined) return;
  if (rest.length > 0) {
    allowFile(below, rest);
    return;
  }
  const { description, ...map } = below;
  if (map.anyOf !== undefined) return;
  const named = { ...(description === undefined ? {} : { description }), anyOf: [{ type: 'string' }, map] };
  (node.properties as Json)[key] = named;
}

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

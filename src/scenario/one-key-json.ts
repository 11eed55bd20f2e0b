/** The JSON schema of maps with one key. */

import type { z } from 'zod';
import { uncertainQuantity } from '../units/index.ts';
import type { JsonContext, JsonParams, JsonSchema } from '../units/schema-class.ts';
import { jsonBelow } from './nested-schema.ts';
import type { Variant, Variants } from './one-key.ts';

/** One form a verb: a map with that key only. The short form of its options stands beside the long one. */
export function describeVariants(
  definition: { readonly variants: () => Variants; readonly scalar: string | undefined },
  json: JsonSchema,
  context: JsonContext,
  params: JsonParams,
): void {
  const forms = Object.entries(definition.variants()).map(([verb, variant], index): JsonSchema => {
    const full = jsonBelow(variant.schema, context, params, 'anyOf', index, 'properties', verb);
    return {
      type: 'object',
      title: verb,
      description: variant.about,
      properties: {
        [verb]: {
          description: variant.about,
          anyOf: [full, ...shortForms(variant, context, params, index, verb)],
        },
      },
      required: [verb],
      maxProperties: 1,
      additionalProperties: false,
    };
  });
  const range = () => jsonBelow(uncertainQuantity, context, params, 'anyOf', forms.length + 1);
  json.anyOf =
    definition.scalar === undefined ? forms : [...forms, { type: ['string', 'number'] as never }, range()];
}

function shortForms(
  { short, schema }: Variant,
  context: JsonContext,
  params: JsonParams,
  index: number,
  verb: string,
): JsonSchema[] {
  if (short === undefined) return [];
  const shape = typeof short === 'string' ? shapeOf(schema)[short] : undefined;
  return [shape ? jsonBelow(shape, context, params, 'anyOf', index, 'properties', verb, 'short') : {}];
}

/** The schemas of a map's keys, through wrappers; empty where the schema is no map with known keys. */
export function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> {
  const definition = schema.def as unknown as {
    shape?: Record<string, z.ZodType>;
    innerType?: z.ZodType;
    in?: z.ZodType;
  };
  const inner = definition.innerType ?? definition.in;
  return definition.shape ?? (inner ? shapeOf(inner) : {});
}

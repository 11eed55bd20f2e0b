/** Names that the author of a scenario gives to things, and the maps in which things stand under their names. */

import type { z } from 'zod';
import { schemaClass } from '../units/schema-class.ts';
import { addText, describe, jsonOfEntries, parseEntries } from './nested-schema.ts';
import type { ProblemText } from './problem.ts';
import { badName, dottedName, wrongType } from './problems.ts';

/** What a name looks like. No dots: metric ids are parted by them. */
export const namePattern = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** What is wrong with a name, if anything. */
export function nameProblem(name: string): ProblemText | undefined {
  if (namePattern.test(name)) return undefined;
  return namePattern.test(name.replaceAll('.', '-')) ? dottedName(name) : badName(name);
}

/** A schema for a name in a value's place. */
export function name(about?: string): z.ZodType<string, string> {
  const schema = nameSchema({}) as z.ZodType<string, string>;
  return about === undefined ? schema : schema.describe(about);
}

const nameSchema = schemaClass('HeadroomName', {
  parse(_definition, payload, _context, schema) {
    const found =
      typeof payload.value === 'string'
        ? nameProblem(payload.value)
        : wrongType('a name', describe(payload.value));
    if (found) addText(payload, schema, found);
    return payload;
  },
  json(_definition, json) {
    json.type = 'string';
    json.pattern = namePattern.source;
  },
});

/**
 * A map of things under names that their author chose: `named(topicSchema)` for `topics: { trade-events: … }`.
 * A wrong name does not hide what is wrong below it.
 */
export function named<Value extends z.ZodType>(
  value: Value,
  about?: string,
): z.ZodType<Record<string, z.output<Value>>, Record<string, z.input<Value>>> {
  const schema = namedSchema({ value });
  return (about === undefined ? schema : schema.describe(about)) as never;
}

const namedSchema = schemaClass<{ value: z.ZodType }>('HeadroomNamed', {
  parse({ value }, payload, context, schema) {
    return parseEntries(payload, context, schema, value, (key) => {
      const problem = nameProblem(key);
      if (problem) addText(payload, schema, problem, [key], 'key');
    });
  },
  json({ value }, json, context, params) {
    jsonOfEntries(value, json, context, params, namePattern.source);
  },
});

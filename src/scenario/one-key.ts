/**
 * Maps with exactly one key, the verb, and its options below: steps (`write: { to: trades }`) and distributions
 * (`exponential: 10ms`).
 */

import { z } from 'zod';
import { dimensionOf, isUncertain } from '../units/index.ts';
import { type ParseContext, type Payload, schemaClass } from '../units/schema-class.ts';
import type { Path } from './located-node.ts';
import { addText, describe, parseBelow } from './nested-schema.ts';
import { describeVariants, shapeOf } from './one-key-json.ts';
import { noVerb, optionBesideVerb, severalVerbs, unknownVerb, withArticle, wrongType } from './problems.ts';

/** One verb: what its options are. */
export interface Variant<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  /** What it does, for the reference page and the editor. */
  readonly about: string;
  /**
   * The short form. A key: whatever is not a map stands for that option (`write: trades` is `write: { to: trades }`),
   * and of a quantity its range.
   * A function: gives the options in full, or undefined where the value is no short form.
   */
  readonly short?: string | ((value: unknown) => unknown);
}

export type Variants = Readonly<Record<string, Variant>>;

export interface OneKeyOptions {
  /** What the key is called in messages; `verb` unless told. */
  readonly key?: string;
  /** What to do about two keys; `make two steps` unless told. */
  readonly several?: string;
  /** The verb that a bare scalar stands for, or a quantity's range: `5ms` is `{ constant: 5ms }`. */
  readonly scalar?: string;
  /** What such a map is, for the reference page and the editor. */
  readonly about?: string;
}

/** A map with one key, read: which verb, and its options. */
export class Chosen<Verb extends string = string, Options = unknown> {
  readonly verb: Verb;
  readonly options: Options;
  /** Steps of the path that the full form has and the text has not. */
  readonly #unwritten: { verb: boolean; option?: string };

  constructor(verb: Verb, options: Options, unwritten: { verb: boolean; option?: string } = { verb: false }) {
    this.verb = verb;
    this.options = options;
    this.#unwritten = unwritten;
  }

  /** What stands below the verb, with the paths that it has in the document. */
  below(path: Path): [value: unknown, path: Path][] {
    const verb = this.#unwritten.verb ? path : [...path, this.verb];
    const { option } = this.#unwritten;
    if (option === undefined || typeof this.options !== 'object' || this.options === null)
      return [[this.options, verb]];
    return Object.entries(this.options).map(([key, value]) => [
      value,
      key === option ? verb : [...verb, key],
    ]);
  }
}

/** What `oneKey` gives for its variants: one of the verbs, with the options of that verb. */
export type ChosenOf<Known extends Variants> = {
  [Verb in keyof Known & string]: Chosen<Verb, z.output<Known[Verb]['schema']>>;
}[keyof Known & string];

/**
 * A schema for a map with exactly one key out of `variants`. They are asked for when first needed, so that a verb's
 * options may hold steps again. In a JSON schema it is one definition, named after the noun: make one schema a noun.
 *
 * @param variants the verbs, by name
 * @param noun what such a map is called: `step`, `distribution`
 */
export function oneKey<Known extends Variants>(
  variants: () => Known,
  noun: string,
  options: OneKeyOptions = {},
): z.ZodType<ChosenOf<Known>, unknown> {
  let known: Variants | undefined;
  const schema = oneKeySchema({
    variants: () => {
      known ??= variants();
      return known;
    },
    noun,
    key: options.key ?? 'verb',
    several: options.several ?? `make two ${noun}s`,
    scalar: options.scalar,
  });
  z.globalRegistry.add(schema, { id: noun.replaceAll(' ', '-'), description: options.about });
  return schema as z.ZodType<ChosenOf<Known>, unknown>;
}

interface Definition {
  readonly variants: () => Variants;
  readonly noun: string;
  readonly key: string;
  readonly several: string;
  readonly scalar: string | undefined;
}

const oneKeySchema = schemaClass<Definition>('HeadroomOneKey', {
  parse(definition, payload, context, schema) {
    const input = payload.value;
    const { scalar, noun, key } = definition;
    if (
      scalar !== undefined &&
      (typeof input === 'string' || typeof input === 'number' || isUncertain(input))
    ) {
      payload.value = parseVerb(definition, scalar, input, payload, context, []);
      return payload;
    }
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      addText(
        payload,
        schema,
        wrongType(`${withArticle(noun)}: a map with ${withArticle(key)}`, describe(input)),
      );
      return payload;
    }
    const verb = onlyVerb(definition, input, payload, schema);
    if (verb !== undefined)
      payload.value = parseVerb(
        definition,
        verb,
        (input as Record<string, unknown>)[verb],
        payload,
        context,
        [verb],
      );
    return payload;
  },
  json: describeVariants,
});

/** The one verb of a map; reports what is wrong and gives undefined if there is not exactly one. */
function onlyVerb(
  definition: Definition,
  input: object,
  payload: Payload,
  schema: z.ZodType,
): string | undefined {
  const { noun, key, several } = definition;
  const variants = definition.variants();
  const keys = Object.keys(input);
  const verbs = keys.filter((word) => Object.hasOwn(variants, word));
  if (keys.length === 0) {
    addText(payload, schema, noVerb(noun, key, Object.keys(variants)));
    return undefined;
  }
  if (verbs.length > 1) {
    addText(payload, schema, severalVerbs(verbs, noun, key, several), [verbs[1]], 'key');
    return undefined;
  }
  for (const word of keys) {
    if (verbs.includes(word)) continue;
    const besides = verbs.length === 1 && Object.hasOwn(shapeOf(variants[verbs[0]].schema), word);
    const text = besides
      ? optionBesideVerb(word, verbs[0], noun)
      : unknownVerb(word, noun, key, Object.keys(variants));
    addText(payload, schema, text, [word], 'key');
  }
  return verbs[0];
}

function parseVerb(
  definition: Definition,
  verb: string,
  written: unknown,
  payload: Payload,
  context: ParseContext,
  path: readonly string[],
): Chosen {
  const variant = definition.variants()[verb];
  const { options, option } = inFull(variant, written);
  const below: Payload = { value: options, issues: [] };
  const value = parseBelow(variant.schema, options, below, context, []);
  for (const issue of below.issues) {
    const inside = issue.path ?? [];
    const rest = option !== undefined && inside[0] === option ? inside.slice(1) : inside;
    payload.issues.push({ ...issue, path: [...path, ...rest] } as never);
  }
  return new Chosen(verb, value, { verb: path.length === 0, option });
}

/** Whether a map is no options but the range of the one that a short form leaves unwritten. */
function isRangeOf({ schema }: Variant, short: string, written: unknown): boolean {
  const option = shapeOf(schema)[short];
  return isUncertain(written) && option !== undefined && dimensionOf(option) !== undefined;
}

/** The options of a verb in full, and the option that a short form left unwritten. */
function inFull(variant: Variant, written: unknown): { options: unknown; option?: string } {
  if (written === null || written === undefined) return { options: {} };
  const { short } = variant;
  if (typeof short === 'string') {
    const isMap = typeof written === 'object' && !Array.isArray(written);
    return isMap && !isRangeOf(variant, short, written)
      ? { options: written }
      : { options: { [short]: written }, option: short };
  }
  const full = short?.(written);
  if (full === undefined) return { options: written };
  const option =
    typeof full === 'object' && full !== null
      ? Object.entries(full).find(([, value]) => value === written)?.[0]
      : undefined;
  return { options: full, option };
}

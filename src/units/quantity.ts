/** Quantities as zod schemas: text or number in, a number in the base unit out. */

import { z } from 'zod';
import { type Dimension, dimensionWords } from './dimension.ts';
import { formatQuantity } from './format.ts';
import { parseQuantity } from './parse.ts';
import { quantityJson, uncertainQuantity } from './quantity-json.ts';
import { addIssue, type Payload, schemaClass } from './schema-class.ts';

export interface QuantityOptions {
  /** What it is, for the reference page and the editor. */
  readonly about?: string;
  /** Lowest value, base unit or text. Without it nothing negative is taken. */
  readonly min?: number | string;
  /** Highest value, base unit or text. Without it a ratio goes up to 100%. */
  readonly max?: number | string;
  /** Refuses zero too. A factor is positive unless `min` is given. */
  readonly positive?: boolean;
  /** Whole numbers only. */
  readonly integer?: boolean;
  /** Taken when the key is absent, as a user would write it: `'5ms'`. */
  readonly default?: number | string;
  /** What the editor offers, instead of the dimension's own examples. */
  readonly examples?: readonly (string | number)[];
}

/** A quantity whose value is not known well: the 5th, 50th and 95th percentile of what its author believes. */
export interface UncertainQuantity {
  readonly low: number | string;
  readonly mid: number | string;
  readonly high: number | string;
}

export type QuantityInput = number | string | UncertainQuantity;
export type QuantitySchema = z.ZodType<number, QuantityInput>;

interface Definition {
  readonly dimension: Dimension;
  readonly options: QuantityOptions;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * A schema for a quantity of a dimension, `quantity('duration', { positive: true, about: 'Time on a core.' })`: reads
 * `'40ms'` and gives 0.04. `{ low, mid, high }` is read as its mid; who draws from the range replaces the map before.
 */
export function quantity(dimension: Dimension, options: QuantityOptions = {}): QuantitySchema {
  const lowest = options.min === undefined ? 0 : limit(options.min, dimension);
  const highest =
    options.max === undefined
      ? dimension === 'ratio'
        ? 1
        : Number.POSITIVE_INFINITY
      : limit(options.max, dimension);
  const positive = options.positive ?? (dimension === 'factor' && options.min === undefined);
  const schema = quantitySchema({
    dimension,
    options: { ...options, positive },
    lowest,
    highest,
  }) as QuantitySchema;
  const described = options.about === undefined ? schema : schema.describe(options.about);
  return options.default === undefined
    ? described
    : (described.prefault(options.default) as unknown as QuantitySchema);
}

/** Whether a schema is a quantity, and of which dimension; through `.describe()` but not through `.optional()`. */
export function dimensionOf(schema: z.ZodType): Dimension | undefined {
  return (schema.def as unknown as Partial<Definition>).dimension;
}

function limit(value: number | string, dimension: Dimension): number {
  if (typeof value === 'number') return value;
  const parsed = parseQuantity(value, dimension);
  if (parsed.problem !== undefined) throw new Error(`the limit of a quantity: ${parsed.problem}`);
  return parsed.value;
}

const quantitySchema = schemaClass<Definition>('HeadroomQuantity', {
  parse(definition, payload, _context, schema) {
    payload.value = isUncertain(payload.value)
      ? readUncertain(definition, payload, schema)
      : readOne(definition, payload, schema, payload.value, []);
    return payload;
  },
  json({ dimension, options, lowest, highest }, json, context, params) {
    const { examples, ...scalar } = quantityJson({
      dimension,
      lowest,
      highest,
      expected: expectedWords(dimension, options),
      examples: options.examples ?? dimensionWords[dimension].examples,
    });
    const range = z.core.processSchema(uncertainQuantity, context, {
      ...params,
      path: [...params.path, 'anyOf', 1],
    });
    if (dimension === 'instant') Object.assign(json, scalar, { examples });
    else Object.assign(json, { anyOf: [scalar, range], examples });
  },
});

function readOne(
  definition: Definition,
  payload: Payload,
  schema: z.ZodType,
  input: unknown,
  path: readonly string[],
): number {
  const { noun } = dimensionWords[definition.dimension];
  const expected = expectedWords(definition.dimension, definition.options);
  if (typeof input !== 'string' && typeof input !== 'number') {
    const found = describeOther(input);
    addIssue(
      payload,
      schema,
      `expected ${noun}, found ${found}`,
      { code: 'wrong-type', expected, found },
      path,
    );
    return Number.NaN;
  }
  const parsed = parseQuantity(input, definition.dimension);
  if (parsed.problem !== undefined) {
    addIssue(
      payload,
      schema,
      parsed.problem,
      {
        code: /\d/.test(String(input)) ? 'wrong-quantity' : 'wrong-type',
        expected,
        found: String(input),
        hint: parsed.hint,
      },
      path,
    );
    return Number.NaN;
  }
  const wrong = outOfRange(definition, parsed.value, String(input));
  if (wrong)
    addIssue(
      payload,
      schema,
      wrong.message,
      { code: 'out-of-range', expected: wrong.expected, found: String(input) },
      path,
    );
  return parsed.value;
}

/** `a rate, such as 80/s or 10M/day` */
function expectedWords(dimension: Dimension, options: QuantityOptions): string {
  const { noun, examples } = dimensionWords[dimension];
  return `${noun}, such as ${(options.examples ?? examples).slice(0, 2).join(' or ')}`;
}

function readUncertain(definition: Definition, payload: Payload, schema: z.ZodType): number {
  const { low, mid, high } = payload.value as UncertainQuantity;
  const before = payload.issues.length;
  const values = Object.entries({ low, mid, high }).map(([key, value]) =>
    readOne(definition, payload, schema, value, [key]),
  );
  if (payload.issues.length === before && !(values[0] <= values[1] && values[1] <= values[2])) {
    addIssue(payload, schema, 'low, mid and high are not in order', {
      code: 'out-of-range',
      expected: 'low ≤ mid ≤ high',
      found: `${low}, ${mid}, ${high}`,
    });
  }
  return values[1];
}

function outOfRange(
  definition: Definition,
  value: number,
  text: string,
): { message: string; expected: string } | undefined {
  const { dimension, lowest, highest, options } = definition;
  const show = (bound: number) => (bound === 0 ? '0' : formatQuantity(bound, dimension));
  const { noun } = dimensionWords[dimension];
  if (value < lowest && lowest === 0)
    return {
      message: `${text} is negative`,
      expected: options.positive ? `${noun} above ${show(0)}` : `${noun} of at least ${show(0)}`,
    };
  if (value < lowest)
    return { message: `${text} is below ${show(lowest)}`, expected: `${noun} of at least ${show(lowest)}` };
  if (value > highest)
    return { message: `${text} is above ${show(highest)}`, expected: `${noun} of at most ${show(highest)}` };
  if (options.positive && value <= 0)
    return { message: `${text} is zero`, expected: `${noun} above ${show(0)}` };
  if (options.integer && !Number.isInteger(value))
    return { message: `${text} is not a whole number`, expected: `${noun}, whole` };
  return undefined;
}

/** Whether a value is written as a range: a map of `low`, `mid` and `high`, whatever they are. */
export function isUncertain(value: unknown): value is UncertainQuantity {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 3 && keys.every((key) => key === 'low' || key === 'mid' || key === 'high');
}

function describeOther(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : String(value);
}

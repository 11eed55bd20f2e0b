import type { z } from 'zod';
import { type Limit, limitFormat, limitSchema } from './limit.ts';
import { type Plan, planFormat, planSchema } from './plan.ts';
import { type Result, resultFormat } from './result.ts';
import { resultSchema } from './schema.ts';
import { type Sweep, sweepFormat, sweepSchema } from './sweep.ts';
import { type Uncertainty, uncertaintyFormat, uncertaintySchema } from './uncertainty.ts';

/** The document as text: keys in the order of the type, numbers as JavaScript writes them, on one line. */
export function writeResult(result: Result): string {
  return `${JSON.stringify(result)}\n`;
}

/** Why a text is not a result: what is wrong with it, and what was expected instead. */
export interface UnreadableResult {
  readonly problem: string;
}

/** A sort of document that can be read back. */
export interface DocumentSort {
  readonly format: string;
  readonly schema: z.ZodType;
  /** What prints it. */
  readonly printedBy: string;
}

const sorts = {
  result: { format: resultFormat, schema: resultSchema, printedBy: 'headroom run FILE --json' },
  limit: { format: limitFormat, schema: limitSchema, printedBy: 'headroom limit FILE --json' },
  sweep: { format: sweepFormat, schema: sweepSchema, printedBy: 'headroom sweep FILE --json' },
  uncertainty: {
    format: uncertaintyFormat,
    schema: uncertaintySchema,
    printedBy: 'headroom uncertain FILE --json',
  },
  plan: { format: planFormat, schema: planSchema, printedBy: 'headroom plan FILE --json' },
} as const satisfies Record<string, DocumentSort>;

export const readResult = (text: string) => readDocument<Result>(text, sorts.result);
export const readLimit = (text: string) => readDocument<Limit>(text, sorts.limit);
export const readSweep = (text: string) => readDocument<Sweep>(text, sorts.sweep);
export const readUncertainty = (text: string) => readDocument<Uncertainty>(text, sorts.uncertainty);
export const readPlan = (text: string) => readDocument<Plan>(text, sorts.plan);

/** The format that a text says it is of, without reading all of it. */
export const formatOf = (text: string): string | undefined =>
  /^\s*\{\s*"format"\s*:\s*"([^"]{1,60})"/.exec(text.slice(0, 200))?.[1];

/** Reads a document back; a text that is none, was cut off, or is of another format is told apart. */
function readDocument<T>(
  text: string,
  { format: wanted, schema, printedBy }: DocumentSort,
): T | UnreadableResult {
  const expected = `expected a document of the format ${wanted}, as ${printedBy} prints it`;
  const trimmed = text.trim();
  if (trimmed === '') return { problem: `empty; ${expected}` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const isCut = trimmed.startsWith('{') && !trimmed.endsWith('}');
    return {
      problem: isCut
        ? `truncated: the JSON ends in the middle, after ${text.length} characters; ${expected}`
        : `not JSON; ${expected}`,
    };
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (format !== wanted) {
    const found =
      format === undefined ? 'a document without a format' : `the format ${JSON.stringify(format)}`;
    return { problem: `${expected}, found ${found}` };
  }
  const { success, error } = schema.safeParse(value);
  return success ? (value as T) : { problem: `${placeOf(error.issues[0])}; ${expected}` };
}

/** `targets[2].limit: expected number, received string`. */
function placeOf({
  path,
  message,
}: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): string {
  const place = path.map((step, at) =>
    typeof step === 'number' ? `[${step}]` : `${at === 0 ? '' : '.'}${String(step)}`,
  );
  return `${place.join('')}: ${message.replace(/^Invalid input: /, '')}`;
}

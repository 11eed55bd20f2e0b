import { type Result, resultFormat } from './result.ts';
import { resultSchema } from './schema.ts';

/** The document as text: keys in the order of the type, numbers as JavaScript writes them, on one line. */
export function writeResult(result: Result): string {
  return `${JSON.stringify(result)}\n`;
}

/** Why a text is not a result: what is wrong with it, and what was expected instead. */
export interface UnreadableResult {
  readonly problem: string;
}

const expected = `expected a document of the format ${resultFormat}, as headroom run FILE --json prints it`;

/** Reads a document back; a text that is none, was cut off, or is of another format is told apart. */
export function readResult(text: string): Result | UnreadableResult {
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
  if (format !== resultFormat) {
    const found =
      format === undefined ? 'a document without a format' : `the format ${JSON.stringify(format)}`;
    return { problem: `${expected}, found ${found}` };
  }
  const { success, error } = resultSchema.safeParse(value);
  return success ? (value as Result) : { problem: `${placeOf(error.issues[0])}; ${expected}` };
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

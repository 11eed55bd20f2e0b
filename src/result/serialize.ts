import { type Result, resultFormat } from './result.ts';

/** The document as text: keys in the order of the type, numbers as JavaScript writes them, one line an array of numbers. */
export function writeResult(result: Result): string {
  return `${JSON.stringify(result)}\n`;
}

/** Why a text is not a result. */
export interface UnreadableResult {
  readonly problem: string;
}

/** Reads a document back. */
export function readResult(text: string): Result | UnreadableResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'not JSON' };
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (format !== resultFormat)
    return { problem: `expected the format ${resultFormat}, found ${JSON.stringify(format)}` };
  return value as Result;
}

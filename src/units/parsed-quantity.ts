/** What comes of reading a quantity: the number, or what is wrong with the text. */

import { type Dimension, dimensionWords } from './dimension.ts';

/** A quantity in its dimension's base unit, or what is wrong with the text and what to write instead. */
export type ParsedQuantity =
  | { readonly value: number; readonly problem?: undefined; readonly hint?: undefined }
  | { readonly value?: undefined; readonly problem: string; readonly hint?: string };

/** `80ms is not a rate` */
export function notA(text: string, dimension: Dimension): ParsedQuantity {
  return { problem: `${text} is not ${dimensionWords[dimension].noun}` };
}

/** A value, unless it is beyond what a number can hold. */
export function finite(value: number, text: string, dimension: Dimension): ParsedQuantity {
  return Number.isFinite(value) ? { value } : notA(text, dimension);
}

/** `write 80/s, 10M/day or 100M/month` */
export function exampleHint(dimension: Dimension): string {
  const { examples } = dimensionWords[dimension];
  return `write ${examples.length === 1 ? examples[0] : `${examples.slice(0, -1).join(', ')} or ${examples[examples.length - 1]}`}`;
}

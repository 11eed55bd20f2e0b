/** The JSON schema of a quantity: what editors take, and what they say about what they do not. */

import { z } from 'zod';
import { bandwidthUnits, type Dimension, durationUnits, multipliers, sizeUnits } from './dimension.ts';
import type { JsonSchema } from './schema-class.ts';

/** What of a quantity can be seen without knowing its unit's arithmetic. */
export interface QuantityForm {
  readonly dimension: Dimension;
  readonly lowest: number;
  readonly highest: number;
  /** `a rate, such as 80/s or 10M/day` */
  readonly expected: string;
  readonly examples: readonly (string | number)[];
}

const digits = String.raw`[+-]?(\d[\d_]*(\.\d+)?|\.\d+)([eE][+-]?\d+)?`;
const times = `(${[...durationUnits.keys()].join('|')})`;
const powers = `(${[...multipliers.keys()].filter((name) => name !== '').join('|')})?`;
const patterns: Readonly<Record<Dimension, string>> = {
  duration: `^\\s*-?(0|(${digits}\\s*${times}\\s*)+)$`,
  rate: `^\\s*(0|${digits}\\s*${powers}\\s*/\\s*${times})\\s*$`,
  size: `^\\s*(0|${digits}\\s*(${[...sizeUnits.keys()].join('|')}))\\s*$`,
  bandwidth: `^\\s*(0|${digits}\\s*(${[...bandwidthUnits.keys()].join('|')}))\\s*$`,
  count: `^\\s*${digits}\\s*${powers}\\s*$`,
  ratio: `^\\s*${digits}\\s*%?\\s*$`,
  money: `^\\s*(0|-?\\$\\s*[\\d,._]+([eE][+-]?\\d+)?\\s*${powers})\\s*$`,
  cores: `^\\s*${digits}\\s*(m|cores?)?\\s*$`,
  instant:
    '^\\s*\\d{4}-\\d{2}-\\d{2}([Tt ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?\\s*(Z|z|[+-]\\d{2}:?\\d{2}))?\\s*$',
  factor: `^\\s*${digits}\\s*[×x]?\\s*$`,
};

/** Any quantity may be a range instead: one definition for all of them. */
export const uncertainQuantity = z
  .strictObject({
    low: z.union([z.string(), z.number()]).describe('The 5th percentile: one time in twenty it is lower.'),
    mid: z.union([z.string(), z.number()]).describe('The median: taken where a single value is needed.'),
    high: z.union([z.string(), z.number()]).describe('The 95th percentile: one time in twenty it is higher.'),
  })
  .meta({ id: 'uncertain', description: 'A quantity that is not known well.' });

/** `pattern` binds only text and `minimum` only numbers, so that one object can say both. */
export function quantityJson({ dimension, lowest, highest, expected, examples }: QuantityForm): JsonSchema {
  const json: JsonSchema = {
    type: (dimension === 'instant' ? 'string' : ['string', 'number']) as never,
    pattern: patterns[dimension],
    patternErrorMessage: `expected ${expected}`,
    examples: [...examples],
  };
  if (dimension === 'instant') return json;
  const isBare =
    dimension === 'count' || dimension === 'factor' || dimension === 'cores' || dimension === 'ratio';
  if (!isBare) return { ...json, minimum: 0, maximum: 0 };
  const top = dimension === 'ratio' ? Math.min(1, highest) : highest;
  return { ...json, minimum: lowest, ...(Number.isFinite(top) ? { maximum: top } : {}) };
}

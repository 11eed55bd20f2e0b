/** Parts of a whole: `{ US: 60%, EU: 25%, AP: rest }`. */

import { z } from 'zod';
import { formatQuantity, parseQuantity, quantity } from '../units/index.ts';
import { schemaClass } from '../units/schema-class.ts';
import { addText, jsonOfEntries, parseEntries } from './nested-schema.ts';
import { severalRests, sharesDoNotAddUp, unknownKey } from './problems.ts';
import { markKeys } from './reference.ts';

export interface SharesOptions {
  /** The section whose names the keys are; `checkReferences` looks them up. */
  readonly of?: string;
  /** The words that the keys can be. */
  readonly words?: readonly string[];
  readonly about?: string;
}

/** Rounding in `33.33%` three times is a mistake of its author; rounding in sums of doubles is not. */
const tolerance = 1e-9;

/**
 * A map of shares that add up to 100%; one of them may be `rest`. Gives each share as a ratio.
 */
export function shares(
  options: SharesOptions = {},
): z.ZodType<Record<string, number>, Record<string, string | number>> {
  const schema = sharesSchema({ section: options.of, words: options.words }) as never as z.ZodType<
    Record<string, number>,
    Record<string, string | number>
  >;
  return options.about === undefined ? schema : schema.describe(options.about);
}

const share = z.union([quantity('ratio', { about: 'A share of the whole.' }), z.literal('rest')]);

const sharesSchema = schemaClass<{ section?: string; words?: readonly string[] }>('HeadroomShares', {
  parse({ section, words }, payload, context, schema) {
    parseEntries(payload, context, schema, share, (key) => {
      if (words && !words.includes(key)) addText(payload, schema, unknownKey(key, words), [key], 'key');
    });
    if (payload.issues.length > 0) return payload;
    const parts = payload.value as Record<string, number | 'rest'>;
    const rests = Object.keys(parts).filter((key) => parts[key] === 'rest');
    const sum = Object.values(parts).reduce<number>(
      (total, part) => (part === 'rest' ? total : total + part),
      0,
    );
    if (rests.length > 1) addText(payload, schema, severalRests(), [rests[1]]);
    else if (rests.length === 1 ? sum > 1 + tolerance : Math.abs(sum - 1) > tolerance) {
      addText(payload, schema, sharesDoNotAddUp(exactPercent(sum)), [], 'key');
    }
    payload.value = Object.fromEntries(
      Object.entries(parts).map(([key, part]) => [key, part === 'rest' ? Math.max(0, 1 - sum) : part]),
    );
    if (section !== undefined) markKeys(payload.value, section);
    return payload;
  },
  json({ words }, json, context, params) {
    jsonOfEntries(share, json, context, params);
    if (words) json.propertyNames = { enum: [...words] };
  },
});

/** Enough digits that 99.9999% is not shown as the 100% that it is not. */
function exactPercent(sum: number): string {
  const text = formatQuantity(sum, 'ratio', { digits: 3 });
  return parseQuantity(text, 'ratio').value === 1 ? formatQuantity(sum, 'ratio', { digits: 12 }) : text;
}

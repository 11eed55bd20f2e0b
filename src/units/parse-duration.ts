/** Reads durations, simple (`40ms`) and compound (`1h30m`). */

import { decimalPattern, scaleDecimal } from './decimal.ts';
import { durationUnits } from './dimension.ts';
import { exampleHint, finite, notA, type ParsedQuantity } from './parsed-quantity.ts';

const part = new RegExp(`^(${decimalPattern})\\s*([a-zA-Zµμ]+)\\s*`);

/** Seconds of a text with units; the parts go from the longest unit to the shortest. */
export function parseDuration(text: string): ParsedQuantity {
  const isNegative = text.startsWith('-');
  let rest = text.replace(/^[+-]\s*/, '');
  let seconds = 0;
  let previous = Number.POSITIVE_INFINITY;
  while (rest !== '') {
    const [written, digits, unit] = part.exec(rest) ?? [];
    if (written === undefined || /^[+-]/.test(digits)) return notA(text, 'duration');
    const scale = durationUnits.get(unit);
    if (scale === undefined) return unknownUnit(digits, unit, text);
    if (scale >= previous) {
      return { problem: `${text} does not go from the longest unit to the shortest`, hint: 'write 1h30m' };
    }
    seconds += scaleDecimal(digits, scale);
    previous = scale;
    rest = rest.slice(written.length);
  }
  return finite(isNegative ? -seconds : seconds, text, 'duration');
}

function unknownUnit(digits: string, unit: string, text: string): ParsedQuantity {
  const hint = unit === 'mo' || unit === 'mon' ? `write ${digits} months` : exampleHint('duration');
  return { problem: `${text} is not a duration: unknown unit ${unit}`, hint };
}

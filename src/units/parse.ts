/** Reads quantities as people write them. */

import { decimalPattern, scaleDecimal } from './decimal.ts';
import {
  bandwidthUnits,
  type Dimension,
  dimensionWords,
  durationUnits,
  multipliers,
  sizeUnits,
} from './dimension.ts';
import { parseDuration } from './parse-duration.ts';
import { parseInstant } from './parse-instant.ts';
import { exampleHint, finite, notA, type ParsedQuantity } from './parsed-quantity.ts';

export type { ParsedQuantity };

const bareNumber = new RegExp(`^${decimalPattern}$`);
const numberAndUnit = new RegExp(`^(${decimalPattern})\\s*(.*)$`);
const moneyPattern = new RegExp(`^([+-]?)\\$\\s*(${decimalPattern})\\s*([a-zA-Z]*)$`);

/**
 * Reads a quantity: `parseQuantity('40ms', 'duration')` is `{ value: 0.04 }`.
 *
 * A number without a unit is taken only where there is nothing to mistake: counts, factors, cores, ratios up to 1, and
 * zero of anything. Sign and range are not judged here: see `quantity`.
 *
 * @param input the text, or the number that YAML made of it
 * @returns the value in the base unit of the dimension, or a problem with a hint; it never throws
 */
export function parseQuantity(input: string | number, dimension: Dimension): ParsedQuantity {
  const text = String(input).trim();
  if (text === '')
    return {
      problem: `expected ${dimensionWords[dimension].noun}, found nothing`,
      hint: exampleHint(dimension),
    };
  if (dimension === 'instant') return parseInstant(text);
  if (bareNumber.test(text)) return parseBare(scaleDecimal(text, 1), text, dimension);
  if (dimension === 'duration') return parseDuration(text);
  if (dimension === 'money') return parseMoney(text);
  const [, digits, unit] = numberAndUnit.exec(text) ?? [];
  return digits === undefined ? notA(text, dimension) : parseWithUnit(digits, unit, text, dimension);
}

function parseBare(value: number, text: string, dimension: Dimension): ParsedQuantity {
  const takesAny = dimension === 'count' || dimension === 'factor' || dimension === 'cores';
  if (takesAny || value === 0 || (dimension === 'ratio' && Math.abs(value) <= 1))
    return finite(value, text, dimension);
  if (dimension !== 'ratio')
    return { problem: `${text} has no unit`, hint: `write ${withUnit(text, dimension)}` };
  return {
    problem: `${text} is not a ratio: it has no percent sign and is above 1`,
    hint: `write ${text}% or ${scaleDecimal(text, 0.01)}`,
  };
}

function withUnit(text: string, dimension: Dimension): string {
  const guesses: Partial<Record<Dimension, string>> = {
    duration: `${text}ms, ${text}s or ${text}m`,
    rate: `${text}/s`,
    size: `${text} B or ${text}KiB`,
    bandwidth: `${text}Mbps or ${text}MiB/s`,
    money: text.startsWith('-') ? `-$${text.slice(1)}` : `$${text}`,
  };
  return guesses[dimension] ?? dimensionWords[dimension].examples[0];
}

function parseWithUnit(digits: string, unit: string, text: string, dimension: Dimension): ParsedQuantity {
  switch (dimension) {
    case 'rate':
      return parseRate(digits, unit, text);
    case 'size':
      return sizeUnits.has(unit)
        ? scaled(digits, sizeUnits.get(unit), text, dimension)
        : wrongSize(digits, unit, text);
    case 'bandwidth':
      return bandwidthUnits.has(unit)
        ? scaled(digits, bandwidthUnits.get(unit), text, dimension)
        : wrongBandwidth(digits, unit, text);
    case 'count':
      return multipliers.has(unit)
        ? scaled(digits, multipliers.get(unit), text, dimension)
        : wrongMultiplier(digits, unit, text, dimension);
    default:
      return scaled(digits, smallUnits[dimension]?.[unit], text, dimension);
  }
}

const smallUnits: Partial<Record<Dimension, Record<string, number>>> = {
  ratio: { '%': 0.01 },
  cores: { m: 0.001, core: 1, cores: 1 },
  factor: { '×': 1, x: 1 },
};

function scaled(
  digits: string,
  scale: number | undefined,
  text: string,
  dimension: Dimension,
): ParsedQuantity {
  return scale === undefined ? notA(text, dimension) : finite(scaleDecimal(digits, scale), text, dimension);
}

function parseRate(digits: string, unit: string, text: string): ParsedQuantity {
  const [, multiplierName, time] = /^([a-zA-Z]*)\s*\/\s*([a-zµμ]+)$/.exec(unit) ?? [];
  if (time === undefined) return wrongRate(digits, unit, text);
  const multiplier = multipliers.get(multiplierName);
  if (multiplier === undefined) return wrongMultiplier(digits, multiplierName, text, 'rate', `/${time}`);
  const seconds = durationUnits.get(time);
  if (seconds !== undefined) return finite(scaleDecimal(digits, multiplier) / seconds, text, 'rate');
  return { problem: `${text} is not a rate: unknown unit of time ${time}`, hint: exampleHint('rate') };
}

function wrongRate(digits: string, unit: string, text: string): ParsedQuantity {
  const perSecond = /^([kKMGBT]?)\s*(?:rps|qps|tps|ops|hz|per s|per second|per sec)$/i.exec(unit);
  if (perSecond) return { problem: `${text} is not a rate`, hint: `write ${digits}${perSecond[1]}/s` };
  if (multipliers.has(unit))
    return { problem: `${text} has no unit of time`, hint: `write ${digits}${unit}/s` };
  return notA(text, 'rate');
}

function wrongMultiplier(
  digits: string,
  unit: string,
  text: string,
  dimension: Dimension,
  after = '',
): ParsedQuantity {
  if (unit !== 'm') return notA(text, dimension);
  const problem = `${text} is not ${dimensionWords[dimension].noun}: m is minute, M is million`;
  return { problem, hint: `write ${digits}M${after}` };
}

function wrongSize(digits: string, unit: string, text: string): ParsedQuantity {
  const letter = /^([kKMGTP])i?b?$/.exec(unit)?.[1];
  if (!letter) return notA(text, 'size');
  const reason = unit.endsWith('b') ? 'b is bit, B is byte' : `no unit ${unit}`;
  const decimalUnit = `${letter === 'K' ? 'k' : letter}B`;
  return {
    problem: `${text} is not a size: ${reason}`,
    hint: `write ${digits}${letter.toUpperCase()}iB or ${digits}${decimalUnit}`,
  };
}

function wrongBandwidth(digits: string, unit: string, text: string): ParsedQuantity {
  if (sizeUnits.has(unit))
    return { problem: `${text} is a size, not a bandwidth`, hint: `write ${digits}${unit}/s` };
  if (/^[kMGT]b$/.test(unit))
    return { problem: `${text} is not a bandwidth`, hint: `write ${digits}${unit}ps` };
  return notA(text, 'bandwidth');
}

function parseMoney(text: string): ParsedQuantity {
  const [, sign, digits, unit] = moneyPattern.exec(text.replaceAll(',', '')) ?? [];
  if (digits !== undefined) {
    const scale = multipliers.get(unit);
    return scale === undefined
      ? wrongMultiplier(`$${digits}`, unit, text, 'money')
      : finite(scaleDecimal(`${sign}${digits}`, scale), text, 'money');
  }
  const bare = numberAndUnit.exec(text);
  if (bare && multipliers.has(bare[2]))
    return { problem: `${text} has no dollar sign`, hint: `write $${bare[1]}${bare[2]}` };
  return notA(text, 'money');
}

/** Reads quantities as people write them. */

import {
  bandwidthUnits,
  type Dimension,
  dimensionWords,
  durationUnits,
  multipliers,
  sizeUnits,
} from './dimension.ts';

/** A quantity in its dimension's base unit, or what is wrong with the text and what to write instead. */
export type ParsedQuantity =
  | { readonly value: number; readonly problem?: undefined; readonly hint?: undefined }
  | { readonly value?: undefined; readonly problem: string; readonly hint?: string };

const number = String.raw`[+-]?(?:\d+(?:_\d+)*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?`;
const numberAndRest = new RegExp(`^(${number})\\s*(.*)$`);
const durationPart = /^(\d+(?:\.\d+)?|\.\d+)\s*([a-zµμ]+)\s*/;

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
  if (typeof input === 'number') return parseBare(input, String(input), dimension);
  const text = input.trim();
  if (text === '')
    return {
      problem: `expected ${dimensionWords[dimension].noun}, found nothing`,
      hint: exampleHint(dimension),
    };
  if (dimension === 'instant') return parseInstant(text);
  if (dimension === 'duration') return parseDuration(text);
  if (dimension === 'money') return parseMoney(text);
  const parts = numberAndRest.exec(text);
  if (!parts) return notA(text, dimension);
  const value = Number(parts[1].replaceAll('_', ''));
  if (parts[2] === '') return parseBare(value, text, dimension);
  return parseWithUnit(value, parts[1], parts[2], text, dimension);
}

function parseWithUnit(
  value: number,
  digits: string,
  unit: string,
  text: string,
  dimension: Dimension,
): ParsedQuantity {
  switch (dimension) {
    case 'rate':
      return parseRate(value, digits, unit, text);
    case 'size':
      return scaled(value, sizeUnits.get(unit)) ?? wrongSize(digits, unit, text);
    case 'bandwidth':
      return scaled(value, bandwidthUnits.get(unit)) ?? wrongBandwidth(digits, unit, text);
    case 'count':
      return scaled(value, multipliers.get(unit)) ?? wrongMultiplier(digits, unit, text, 'count');
    case 'ratio':
      return unit === '%' ? finite(divide(value, 100), text, dimension) : notA(text, dimension);
    case 'cores':
      if (unit === 'm') return finite(divide(value, 1000), text, dimension);
      return unit === 'core' || unit === 'cores' ? finite(value, text, dimension) : notA(text, dimension);
    case 'factor':
      return unit === '×' || unit === 'x' ? finite(value, text, dimension) : notA(text, dimension);
    default:
      return notA(text, dimension);
  }
}

function parseBare(value: number, text: string, dimension: Dimension): ParsedQuantity {
  if (!Number.isFinite(value)) return notA(text, dimension);
  if (dimension === 'instant') return notA(text, dimension);
  if (dimension === 'count' || dimension === 'factor' || dimension === 'cores') return { value };
  if (value === 0) return { value: 0 };
  if (dimension === 'ratio') {
    if (Math.abs(value) <= 1) return { value };
    return {
      problem: `${text} is not a ratio: it has no percent sign and is above 1`,
      hint: `write ${text}% or ${decimal(value / 100)}`,
    };
  }
  return { problem: `${text} has no unit`, hint: `write ${suggestions(text, dimension)}` };
}

function suggestions(text: string, dimension: Dimension): string {
  switch (dimension) {
    case 'duration':
      return `${text}ms or ${text}s`;
    case 'rate':
      return `${text}/s`;
    case 'size':
      return `${text} B or ${text}KiB`;
    case 'bandwidth':
      return `${text}Mbps or ${text}MiB/s`;
    case 'money':
      return text.startsWith('-') ? `-$${text.slice(1)}` : `$${text}`;
    default:
      return dimensionWords[dimension].examples.join(' or ');
  }
}

function parseDuration(text: string): ParsedQuantity {
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[+-]\s*/, '').replaceAll('_', '');
  if (rest !== '' && Number.isFinite(Number(rest))) return parseBare(sign * Number(rest), text, 'duration');
  const scientific = /^(\d+(?:\.\d+)?[eE][+-]?\d+)\s*([a-zµμ]+)$/.exec(rest);
  if (scientific)
    return scaled(sign * Number(scientific[1]), durationUnits.get(scientific[2])) ?? notA(text, 'duration');
  let seconds = 0;
  let previous = Number.POSITIVE_INFINITY;
  while (rest !== '') {
    const part = durationPart.exec(rest);
    if (!part) return notA(text, 'duration');
    const scale = durationUnits.get(part[2]);
    if (scale === undefined) return unknownDurationUnit(part[1], part[2], text);
    if (scale >= previous)
      return { problem: `${text} does not go from the longest unit to the shortest`, hint: 'write 1h30m' };
    seconds += scale < 1 ? divide(Number(part[1]), Math.round(1 / scale)) : Number(part[1]) * scale;
    previous = scale;
    rest = rest.slice(part[0].length);
  }
  return finite(sign * seconds, text, 'duration');
}

function unknownDurationUnit(digits: string, unit: string, text: string): ParsedQuantity {
  const known = durationUnits.has(unit.toLowerCase())
    ? `write ${digits}${unit.toLowerCase()}`
    : exampleHint('duration');
  return {
    problem: `${text} is not a duration: unknown unit ${unit}`,
    hint: unit === 'mo' || unit === 'mon' ? `write ${digits} months` : known,
  };
}

function parseRate(value: number, digits: string, unit: string, text: string): ParsedQuantity {
  const parts = /^([a-zA-Z]*)\s*\/\s*([a-zµμ]+)$/.exec(unit);
  if (!parts) return wrongRate(digits, unit, text);
  const multiplier = multipliers.get(parts[1]);
  if (multiplier === undefined) return wrongMultiplier(digits, parts[1], text, 'rate', `/${parts[2]}`);
  const seconds = durationUnits.get(parts[2]);
  if (seconds === undefined)
    return { problem: `${text} is not a rate: unknown unit of time ${parts[2]}`, hint: exampleHint('rate') };
  return finite((value * multiplier) / seconds, text, 'rate');
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
  if (unit === 'm')
    return {
      problem: `${text} is not ${dimensionWords[dimension].noun}: m is minute, M is million`,
      hint: `write ${digits}M${after}`,
    };
  return notA(text, dimension);
}

function wrongSize(digits: string, unit: string, text: string): ParsedQuantity {
  const letter = /^([kKMGTP])(?:i)?b?$/.exec(unit)?.[1];
  if (!letter) return notA(text, 'size');
  const binary = `${digits}${letter.toUpperCase()}iB`;
  const problem = unit.endsWith('b')
    ? `${text} is not a size: b is bit, B is byte`
    : `${text} is not a size: no unit ${unit}`;
  return { problem, hint: `write ${binary} or ${digits}${letter === 'K' ? 'k' : letter}B` };
}

function wrongBandwidth(digits: string, unit: string, text: string): ParsedQuantity {
  if (sizeUnits.has(unit))
    return { problem: `${text} is a size, not a bandwidth`, hint: `write ${digits}${unit}/s` };
  if (/^[kMGT]b$/.test(unit))
    return { problem: `${text} is not a bandwidth`, hint: `write ${digits}${unit}ps` };
  return notA(text, 'bandwidth');
}

function parseMoney(text: string): ParsedQuantity {
  const parts = new RegExp(`^([+-]?)\\$\\s*(${number})\\s*([a-zA-Z]*)$`).exec(text.replaceAll(',', ''));
  if (parts) {
    const multiplier = multipliers.get(parts[3]);
    const value = Number(parts[2].replaceAll('_', '')) * (parts[1] === '-' ? -1 : 1);
    return scaled(value, multiplier) ?? wrongMultiplier(`$${parts[2]}`, parts[3], text, 'money');
  }
  const bare = numberAndRest.exec(text);
  if (bare && bare[2] === '') return parseBare(Number(bare[1].replaceAll('_', '')), text, 'money');
  if (bare && multipliers.has(bare[2]))
    return { problem: `${text} has no dollar sign`, hint: `write $${bare[1]}${bare[2]}` };
  return notA(text, 'money');
}

const instantPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?\s*(Z|z|[+-]\d{2}:?\d{2})?)?$/;

function parseInstant(text: string): ParsedQuantity {
  const parts = instantPattern.exec(text);
  if (!parts) return notA(text, 'instant');
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const zone = parts[8];
  if (parts[4] !== undefined && zone === undefined) {
    return {
      problem: `${text} has no time zone`,
      hint: `write ${text.replace(/\s+/, 'T')}Z for UTC, or +02:00 at its end`,
    };
  }
  const milliseconds = Number((parts[7] ?? '0').padEnd(3, '0'));
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  instant.setUTCHours(hour, minute, second, milliseconds);
  const exists =
    instant.getUTCMonth() === month - 1 &&
    instant.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!exists) return { problem: `${text} is not in the calendar`, hint: exampleHint('instant') };
  return { value: instant.getTime() - zoneOffset(zone) };
}

function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits[0] === '-' ? -1 : 1) * minutes * 60_000;
}

function scaled(value: number, scale: number | undefined): ParsedQuantity | undefined {
  if (scale === undefined) return undefined;
  // Dividing by a whole number rounds once; multiplying by 0.001 rounds twice, and 3 ms would not be 0.003.
  const result = scale < 1 ? divide(value, Math.round(1 / scale)) : value * scale;
  return Number.isFinite(result) ? { value: result } : { problem: `${value} is too large` };
}

function divide(value: number, divisor: number): number {
  return value / divisor;
}

function finite(value: number, text: string, dimension: Dimension): ParsedQuantity {
  return Number.isFinite(value) ? { value } : notA(text, dimension);
}

function notA(text: string, dimension: Dimension): ParsedQuantity {
  return { problem: `${text} is not ${dimensionWords[dimension].noun}` };
}

function exampleHint(dimension: Dimension): string {
  const { examples } = dimensionWords[dimension];
  return `write ${examples.length === 1 ? examples[0] : `${examples.slice(0, -1).join(', ')} or ${examples[examples.length - 1]}`}`;
}

function decimal(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** Writes quantities as people read them; what it writes, `parseQuantity` reads back. */

import { type Dimension, month, type Unit } from './dimension.ts';

export interface FormatOptions {
  /** Significant digits; 3 unless told. */
  readonly digits?: number;
  /** Pads on the left to this many characters. */
  readonly width?: number;
}

const durationLadder: readonly Unit[] = [
  { name: ' ns', scale: 1e-9 },
  { name: ' µs', scale: 1e-6 },
  { name: ' ms', scale: 1e-3 },
  { name: ' s', scale: 1 },
  { name: ' m', scale: 60 },
  { name: ' h', scale: 3600 },
  { name: ' d', scale: 86_400 },
  { name: ' y', scale: 12 * month },
];
const rateLadder: readonly Unit[] = [
  { name: ' /year', scale: 1 / (12 * month) },
  { name: ' /month', scale: 1 / month },
  { name: ' /day', scale: 1 / 86_400 },
  { name: ' /h', scale: 1 / 3600 },
  { name: ' /s', scale: 1 },
  { name: 'k /s', scale: 1e3 },
  { name: 'M /s', scale: 1e6 },
  { name: 'B /s', scale: 1e9 },
];
const sizeLadder: readonly Unit[] = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'].map((name, power) => ({
  name: ` ${name}`,
  scale: 1024 ** power,
}));
const bandwidthLadder: readonly Unit[] = sizeLadder.map(({ name, scale }) => ({ name: `${name}/s`, scale }));
const countLadder: readonly Unit[] = [
  { name: '', scale: 1 },
  { name: 'k', scale: 1e3 },
  { name: 'M', scale: 1e6 },
  { name: 'B', scale: 1e9 },
  { name: 'T', scale: 1e12 },
];
const ladders: Readonly<Record<Exclude<Dimension, 'instant'>, readonly Unit[]>> = {
  duration: durationLadder,
  rate: rateLadder,
  size: sizeLadder,
  bandwidth: bandwidthLadder,
  count: countLadder,
  money: countLadder,
  ratio: [{ name: '%', scale: 0.01 }],
  cores: [{ name: '', scale: 1 }],
  factor: [{ name: '×', scale: 1 }],
};

/**
 * A quantity for people: `formatQuantity(0.0499, 'duration')` is `49.9 ms`, three significant digits unless told
 * otherwise. A ratio near 100% keeps two digits of what is missing (`99.93%`). NaN is `no data`, infinity `∞`.
 *
 * @param value in the base unit of the dimension
 */
export function formatQuantity(value: number, dimension: Dimension, options: FormatOptions = {}): string {
  return formatUnpadded(value, dimension, options.digits ?? 3).padStart(options.width ?? 0);
}

function formatUnpadded(value: number, dimension: Dimension, digits: number): string {
  if (Number.isNaN(value)) return 'no data';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  if (dimension === 'instant') return formatInstant(value);
  if (dimension === 'ratio') return `${trimmed(percent(value, digits))}%`;
  const rounded = roundTo(value, digits);
  const unit = unitFor(rounded, dimension);
  // 59.96 s are a minute, not 0.999 of one.
  const told = Math.abs(value) < unit.scale && Math.abs(rounded) >= unit.scale ? rounded : value;
  return withSign(trimmed(plain(roundTo(told / unit.scale, digits))), unit, dimension);
}

/** A half-width below this share of its value comes from rounding. */
const roundingError = 1e-12;

/**
 * A quantity with its half-width of confidence: `formatEstimate(0.0499, 0.0005, 'duration')` is `49.9 ± 0.5 ms`. The
 * half-width decides the digits (one, or two where the first is a 1), the larger of the two decides the unit.
 * A half-width of zero or NaN (an exact or a single value) leaves `±` out.
 *
 * @param value in the base unit of the dimension
 * @param halfWidth in the same unit
 */
export function formatEstimate(value: number, halfWidth: number, dimension: Dimension): string {
  if (dimension === 'instant' || !Number.isFinite(value) || Number.isNaN(halfWidth)) {
    return formatQuantity(value, dimension);
  }
  // What sums of doubles leave over is no uncertainty.
  if (halfWidth <= Math.abs(value) * roundingError) return formatQuantity(value, dimension);
  if (!Number.isFinite(halfWidth)) {
    const unit = unitFor(roundTo(value, 3), dimension);
    return withSign(`${trimmed(plain(roundTo(value / unit.scale, 3)))} ± ∞`, unit, dimension);
  }
  const unit = unitFor(Math.max(Math.abs(roundTo(value, 3)), halfWidth), dimension);
  const width = roundTo(halfWidth / unit.scale, leadingDigit(halfWidth / unit.scale) === 1 ? 2 : 1);
  const decimals = Math.max(0, -exponent(width) + (leadingDigit(width) === 1 ? 1 : 0));
  return withSign(
    `${(value / unit.scale).toFixed(Math.min(decimals, 100))} ± ${width.toFixed(Math.min(decimals, 100))}`,
    unit,
    dimension,
  );
}

function withSign(text: string, unit: Unit, dimension: Dimension): string {
  if (dimension !== 'money') return `${text}${unit.name}`;
  return text.startsWith('-') ? `-$${text.slice(1)}${unit.name}` : `$${text}${unit.name}`;
}

/** The largest unit that is not above the value, so that a number of at least 1 stands before it. */
function unitFor(value: number, dimension: Exclude<Dimension, 'instant'>): Unit {
  const ladder = ladders[dimension];
  const magnitude = Math.abs(value);
  if (magnitude === 0) return ladder.find(({ scale }) => scale === 1) ?? ladder[0];
  // A hair of tolerance: 1/86400 of a second, times 86400, is 0.9999999999999999.
  return ladder.findLast(({ scale }) => magnitude >= scale * (1 - 1e-12)) ?? ladder[0];
}

function percent(value: number, digits: number): string {
  const missing = Math.abs(1 - value);
  if (missing === 0 || missing > 0.5) return plain(roundTo(value * 100, digits));
  const decimals = Math.max(digits - 1 - exponent(value * 100), 1 - exponent(missing * 100));
  return (value * 100).toFixed(Math.min(Math.max(decimals, 0), 12));
}

function formatInstant(value: number): string {
  const text = new Date(value).toISOString();
  return text.replace(/:00\.000Z$/, 'Z').replace(/\.000Z$/, 'Z');
}

function roundTo(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

function exponent(value: number): number {
  return Number(Math.abs(value).toExponential().split('e')[1]);
}

function leadingDigit(value: number): number {
  return Number(Math.abs(value).toExponential()[0]);
}

/** Never in scientific notation. */
function plain(value: number): string {
  const [mantissa, power] = String(value).split('e');
  if (power === undefined) return mantissa;
  const digits = mantissa.replace('-', '').replace('.', '');
  const sign = value < 0 ? '-' : '';
  return Number(power) < 0
    ? `${sign}0.${'0'.repeat(-1 - Number(power))}${digits}`
    : `${sign}${digits.padEnd(Number(power) + 1, '0')}`;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

import { type Dimension, formatQuantity, parseQuantity } from '../../units/index.ts';

/** Splits `1.2k /s` into the number and what stands behind it. */
const WRITTEN = /^[^\d]*[\d.,]+(.*)$/;

/**
 * Values of one column in one unit with the same decimals, so that a reader can add them up: the unit in which the
 * largest is written, two decimals below 10 of it, else one.
 *
 * @param values in the base unit of the dimension; null and infinity are `∞`
 */
export function sameUnit(values: readonly (number | null)[], dimension: Dimension): string[] {
  const largest = values.reduce<number>((most, value) => Math.max(most, finite(value)), 0);
  const unit = WRITTEN.exec(formatQuantity(largest, dimension))?.[1] ?? '';
  const scale = scaleOf(unit, dimension);
  const decimals = largest / scale < 9.995 ? 2 : 1;
  return values.map((value) =>
    value === null || !Number.isFinite(value) ? '∞' : `${(value / scale).toFixed(decimals)}${unit}`,
  );
}

const finite = (value: number | null): number =>
  value !== null && Number.isFinite(value) ? Math.abs(value) : 0;

function scaleOf(unit: string, dimension: Dimension): number {
  const one = parseQuantity(`1${unit}`, dimension);
  return 'problem' in one ? 1 : one.value;
}

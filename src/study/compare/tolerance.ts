import type { Dimension } from '../../units/index.ts';

/** How much of a difference does not matter, whatever is sure about it. */
export interface Tolerance {
  /** Share of the reference's value. */
  readonly relative: number;
  /** In the metric's own unit; the larger of the two counts. */
  readonly floor: number;
}

/** What nobody would call a change: 10 µs, one record, a hundredth of a percent. Money is exact. */
const floors: Readonly<Record<Dimension, number>> = {
  duration: 1e-5,
  rate: 0,
  size: 1,
  bandwidth: 1,
  count: 1,
  ratio: 1e-4,
  money: 0,
  cores: 1e-3,
  instant: 0,
  factor: 1e-3,
};

export const defaultRelative = 0.02;

export const defaultTolerance = (unit: Dimension, relative = defaultRelative): Tolerance => ({
  relative: unit === 'money' ? 0 : relative,
  floor: floors[unit],
});

/**
 * A tolerance in the metric's own unit. Of a ratio it is a share of what is there or of what is missing, whichever is
 * less: 2% of an availability of 99.9% is two hundredths of 0.1%, not of 99.9%.
 */
export function toleranceAt(value: number, unit: Dimension, { relative, floor }: Tolerance): number {
  const size = Math.abs(value);
  if (!Number.isFinite(size)) return floor;
  const base = unit === 'ratio' && size <= 1 ? Math.min(size, 1 - size) : size;
  return Math.max(floor, relative * base);
}

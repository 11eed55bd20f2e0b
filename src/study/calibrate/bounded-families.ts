/**
 * Families whose ends are parameters: their likelihood has no slope at its maximum, so they have rules of their own.
 */
import { geometric, pareto, uniform } from '../../sim/distributions/index.ts';
import type { Law } from './law.ts';
import { logLikelihood } from './law.ts';
import { maximise } from './maximise.ts';
import type { Sample } from './sample.ts';

export interface BoundedFit {
  readonly law: Law;
  readonly parameters: Readonly<Record<string, number>>;
  /** Standard errors, where one is known. */
  readonly errors: Readonly<Record<string, number>>;
}

const { exp, log } = Math;
const NOWHERE = Number.NEGATIVE_INFINITY;

/**
 * Pareto's: of exact values the least is the scale, and 1/shape the mean of ln(x / scale). Of counts the scale lies in the
 * first cell, found with the shape by search. Undefined where the shape has no mean in the language (below 1.01).
 */
export function fitPareto({ cells, count }: Sample): BoundedFit | undefined {
  const [first] = cells;
  const law = (scale: number, shape: number): Law => ({
    logDensity: (x) => (x >= scale ? log(shape / scale) - (shape + 1) * log(x / scale) : NOWHERE),
    logBelow: (x) => (x > scale ? log(-Math.expm1(-shape * log(x / scale))) : NOWHERE),
    logAbove: (x) => (x > scale ? -shape * log(x / scale) : 0),
    distribution: () => pareto((scale * shape) / (shape - 1), shape),
  });
  const [scale, shape] =
    first.low === first.high
      ? [first.low, count / cells.reduce((sum, { low, count: here }) => sum + here * log(low / first.low), 0)]
      : searched();
  if (!(scale > 0) || !(shape >= 1.01) || shape > 1000) return undefined;
  const shapeError = shape / Math.sqrt(count);
  const mean = (scale * shape) / (shape - 1);
  return {
    law: law(scale, shape),
    parameters: { mean, shape },
    errors: { mean: (mean * shapeError) / (shape * (shape - 1)), shape: shapeError },
  };

  function searched(): [number, number] {
    if (first.high === Number.POSITIVE_INFINITY) return [0, 0];
    const scaleOf = (at: number) => first.low + (first.high - first.low) / (1 + exp(-at));
    const found = maximise(
      ([place, logExcess]) => {
        const shape = 1 + exp(logExcess);
        return scaleOf(place) > 0 && shape < 1000
          ? logLikelihood(law(scaleOf(place), shape), cells)
          : NOWHERE;
      },
      [0, 0],
      0.5,
    );
    return [scaleOf(found[0]), 1 + exp(found[1])];
  }
}

/**
 * Uniform: of exact values from the least to the largest. Of counts the ends lie in the outer cells, where the density
 * of the inner ones puts them.
 */
export function fitUniform({ cells, count }: Sample): BoundedFit | undefined {
  const first = cells[0];
  const last = cells[cells.length - 1];
  if (last.high === Number.POSITIVE_INFINITY || cells.length < 3) return undefined;
  const inner = count - first.count - last.count;
  const density = inner / (last.low - first.high);
  const min = Math.max(first.low, first.high - first.count / density);
  const max = Math.min(last.high, last.low + last.count / density);
  const [low, high] = first.low === first.high ? [first.low, last.high] : [min, max];
  const width = high - low;
  if (!(width > 0)) return undefined;
  const share = (x: number) => Math.min(1, Math.max(0, (x - low) / width));
  return {
    law: {
      logDensity: (x) => (x >= low && x <= high ? -log(width) : NOWHERE),
      logBelow: (x) => log(share(x)),
      logAbove: (x) => log(1 - share(x)),
      distribution: () => uniform(low, high),
    },
    parameters: { min: low, max: high },
    // The gap between the end and the outermost of n is exponential with mean width / n.
    errors: { min: width / count, max: width / count },
  };
}

/** Geometric from 1: the mean is the sample's. Undefined unless all values are whole numbers from 1 on. */
export function fitGeometric({ cells, count }: Sample): BoundedFit | undefined {
  const values = cells.map(({ low, high }) => (low + high) / 2);
  if (values.some((value) => !Number.isInteger(value) || value < 1)) return undefined;
  const mean = cells.reduce((sum, cell, at) => sum + values[at] * cell.count, 0) / count;
  if (!(mean > 1)) return undefined;
  const logStay = Math.log1p(-1 / mean);
  return {
    law: {
      logDensity: (x) => (x - 1) * logStay - log(mean),
      logBelow: (x) => log(-Math.expm1(Math.max(0, Math.floor(x)) * logStay)),
      logAbove: (x) => Math.max(0, Math.floor(x)) * logStay,
      distribution: () => geometric(mean),
    },
    parameters: { mean },
    errors: { mean: Math.sqrt((mean * (mean - 1)) / count) },
  };
}

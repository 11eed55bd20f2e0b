import { logGammaAbove, logGammaBelow } from '../../sim/distributions/incompleteGamma.ts';
import {
  type Distribution,
  erlang,
  exponential,
  gamma,
  lognormal,
  weibullOfShape,
} from '../../sim/distributions/index.ts';
import { logGamma } from '../../sim/distributions/logGamma.ts';
import type { Law } from './law.ts';

/**
 * Families that are fitted by search. Coordinates are unbounded numbers (logarithms, mostly) in which the likelihood
 * is well-behaved; parameters are what a scenario writes.
 */
export interface Family {
  readonly name: string;
  /** Coordinates near a mean and a cv: where the search begins. */
  start(mean: number, cv: number): number[];
  /** Undefined outside what the language takes. */
  law(at: readonly number[]): Law | undefined;
  /** By the names that the language gives them. */
  parameters(at: readonly number[]): Readonly<Record<string, number>>;
}

const { exp, log } = Math;

export const exponentialFamily: Family = {
  name: 'exponential',
  start: (mean) => [log(mean)],
  law: ([logMean]) => {
    const mean = exp(logMean);
    return {
      logDensity: (x) => -x / mean - logMean,
      logBelow: (x) => (x > 0 ? log(-Math.expm1(-x / mean)) : Number.NEGATIVE_INFINITY),
      logAbove: (x) => -x / mean,
      distribution: () => exponential(mean),
    };
  },
  parameters: ([logMean]) => ({ mean: exp(logMean) }),
};

/** A gamma law by its shape and mean. */
function gammaLaw(shape: number, mean: number, distribution: () => Distribution): Law {
  const scale = mean / shape;
  const constant = logGamma(shape) + log(scale);
  return {
    logDensity: (x) => {
      if (x > 0) return (shape - 1) * log(x / scale) - x / scale - constant;
      return shape === 1 ? -constant : Number.NEGATIVE_INFINITY;
    },
    logBelow: (x) => (x > 0 ? logGammaBelow(shape, x / scale) : Number.NEGATIVE_INFINITY),
    logAbove: (x) => (x > 0 ? logGammaAbove(shape, x / scale) : 0),
    distribution,
  };
}

export const gammaFamily: Family = {
  name: 'gamma',
  start: (mean, cv) => [log(mean), log(cv)],
  law: ([logMean, logCv]) => {
    const [mean, cv] = [exp(logMean), exp(logCv)];
    return cv < 1e-3 || cv > 30 ? undefined : gammaLaw(1 / (cv * cv), mean, () => gamma(mean, cv));
  },
  parameters: ([logMean, logCv]) => ({ mean: exp(logMean), cv: exp(logCv) }),
};

/** Erlang's with a given number of stages: one coordinate. */
export const erlangFamily = (k: number): Family => ({
  name: 'erlang',
  start: (mean) => [log(mean)],
  law: ([logMean]) => gammaLaw(k, exp(logMean), () => erlang(exp(logMean), k)),
  parameters: ([logMean]) => ({ mean: exp(logMean), k }),
});

/** ln of the share of a standard normal beyond z, by the incomplete gamma function of a half. */
const logNormalAbove = (z: number): number =>
  z >= 0 ? logGammaAbove(0.5, (z * z) / 2) - Math.LN2 : log(0.5 * (1 + exp(logGammaBelow(0.5, (z * z) / 2))));

export const lognormalFamily: Family = {
  name: 'lognormal',
  start: (mean, cv) => {
    const variance = Math.log1p(cv * cv);
    return [log(mean) - variance / 2, log(variance) / 2];
  },
  law: ([mu, logSigma]) => {
    const sigma = exp(logSigma);
    if (sigma > 6 || sigma < 1e-4) return undefined;
    const z = (x: number) => (log(x) - mu) / sigma;
    return {
      logDensity: (x) =>
        x > 0 ? -(z(x) ** 2) / 2 - log(x) - logSigma - halfLogTwoPi : Number.NEGATIVE_INFINITY,
      logBelow: (x) => (x > 0 ? logNormalAbove(-z(x)) : Number.NEGATIVE_INFINITY),
      logAbove: (x) => (x > 0 ? logNormalAbove(z(x)) : 0),
      distribution: () => lognormal(exp(mu + (sigma * sigma) / 2), Math.sqrt(Math.expm1(sigma * sigma))),
    };
  },
  parameters: ([mu, logSigma]) => {
    const variance = exp(2 * logSigma);
    return { mean: exp(mu + variance / 2), cv: Math.sqrt(Math.expm1(variance)) };
  },
};

const halfLogTwoPi = 0.5 * log(2 * Math.PI);

export const weibullFamily: Family = {
  name: 'weibull',
  // The shape by a rule of thumb that is good to a few per cent: cv^−1.086.
  start: (mean, cv) => {
    const shape = Math.min(50, Math.max(0.15, cv ** -1.086));
    return [log(mean) - logGamma(1 + 1 / shape), log(shape)];
  },
  law: ([logScale, logShape]) => {
    const shape = exp(logShape);
    if (shape < 0.1 || shape > 500) return undefined;
    const hazard = (x: number) => exp(shape * (log(x) - logScale));
    return {
      logDensity: (x) =>
        x > 0
          ? logShape - logScale + (shape - 1) * (log(x) - logScale) - hazard(x)
          : Number.NEGATIVE_INFINITY,
      logBelow: (x) => (x > 0 ? log(-Math.expm1(-hazard(x))) : Number.NEGATIVE_INFINITY),
      logAbove: (x) => (x > 0 ? -hazard(x) : 0),
      distribution: () => weibullOfShape(exp(logScale + logGamma(1 + 1 / shape)), shape),
    };
  },
  parameters: ([logScale, logShape]) => {
    const one = exp(-logShape);
    return {
      mean: exp(logScale + logGamma(1 + one)),
      cv: Math.sqrt(Math.expm1(logGamma(1 + 2 * one) - 2 * logGamma(1 + one))),
    };
  },
};

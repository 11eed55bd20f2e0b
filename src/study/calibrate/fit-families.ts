import type { FittedFamily, FittedParameter } from '../../result/index.ts';
import type { Dimension } from '../../units/index.ts';
import { type BoundedFit, fitGeometric, fitPareto, fitUniform } from './bounded-families.ts';
import {
  erlangFamily,
  exponentialFamily,
  type Family,
  gammaFamily,
  lognormalFamily,
  weibullFamily,
} from './families.ts';
import { andersonDarling, chiSquare, criticalAndersonDarling, kolmogorovDistance } from './goodness.ts';
import { type Law, logLikelihood } from './law.ts';
import { maximise } from './maximise.ts';
import { gathered, roughMoments, type Sample, sampleOfCells } from './sample.ts';
import { standardErrors } from './standard-errors.ts';
import { distributionYaml } from './yaml-of.ts';

/** A family with its law, for quantiles. */
export interface Fit {
  readonly law: Law;
  readonly family: FittedFamily;
}

/** All families of the language fitted by maximum likelihood, the best by Akaike's criterion first. */
export function fitFamilies(sample: Sample, dimension: Dimension): Fit[] {
  const light = gathered(sample);
  const exponential = searched(exponentialFamily, light);
  const gamma = searched(gammaFamily, light);
  const found: (Found | undefined)[] = [
    exponential,
    erlang(light, gamma),
    gamma,
    searched(lognormalFamily, light),
    searched(weibullFamily, light),
    bounded('pareto', light, fitPareto),
    bounded('uniform', light, fitUniform),
    dimension === 'count' ? bounded('geometric', light, fitGeometric) : undefined,
  ];
  const fitted = found.filter((each) => each !== undefined && Number.isFinite(each.logLikelihood)) as Found[];
  const best = Math.min(...fitted.map(aicOf));
  return fitted
    .sort((a, b) => aicOf(a) - aicOf(b))
    .map((each) => ({ law: each.law, family: familyOf(each, sample, dimension, best) }));
}

interface Found extends BoundedFit {
  readonly name: string;
  /** How many parameters were fitted. */
  readonly free: number;
  readonly logLikelihood: number;
}

const aicOf = ({ free, logLikelihood }: Found): number => 2 * free - 2 * logLikelihood;

function searched(family: Family, sample: Sample): Found | undefined {
  const { mean, cv } = roughMoments(sample);
  const value = (at: readonly number[]) => {
    const law = family.law(at);
    return law === undefined ? Number.NEGATIVE_INFINITY : logLikelihood(law, sample.cells);
  };
  const at = maximise(value, family.start(mean, Math.min(Math.max(cv, 0.01), 10)));
  const law = family.law(at);
  if (law === undefined) return undefined;
  return {
    name: family.name,
    law,
    parameters: family.parameters(at),
    errors: standardErrors(value, at, family.parameters),
    free: at.length,
    logLikelihood: value(at),
  };
}

/** The better of the two whole numbers of stages around gamma's; with one stage it is the exponential. */
function erlang(sample: Sample, gamma: Found | undefined): Found | undefined {
  if (gamma === undefined) return undefined;
  const shape = gamma.parameters.cv ** -2;
  const fits = [Math.floor(shape), Math.ceil(shape)]
    .filter((k) => k >= 2 && k <= 1000)
    .map((k) => searched(erlangFamily(k), sample))
    .filter((fit) => fit !== undefined)
    .sort((a, b) => b.logLikelihood - a.logLikelihood);
  return fits.length === 0 ? undefined : { ...fits[0], free: 2 };
}

function bounded(
  name: string,
  sample: Sample,
  byRule: (sample: Sample) => BoundedFit | undefined,
): Found | undefined {
  const found = byRule(sample);
  if (found === undefined) return undefined;
  const free = Object.keys(found.parameters).length;
  return { ...found, name, free, logLikelihood: logLikelihood(found.law, sample.cells) };
}

function familyOf(found: Found, sample: Sample, dimension: Dimension, best: number): FittedFamily {
  const { name, law, free } = found;
  const parameters = Object.fromEntries(
    Object.entries(found.parameters).map(([key, value]): [string, FittedParameter] => {
      const error = found.errors[key];
      return [
        key,
        { value, standardError: Number.isFinite(error) ? error : null, unit: unitOf(key, dimension) },
      ];
    }),
  );
  const aic = aicOf(found);
  return {
    name,
    parameters,
    logLikelihood: found.logLikelihood,
    aic,
    aicAboveBest: aic - best,
    ks: kolmogorovDistance(law, sample),
    ...tested(name, law, sample, free),
    yaml: distributionYaml(name, parameters),
  };
}

function tested(
  name: string,
  law: Law,
  sample: Sample,
  free: number,
): Pick<FittedFamily, 'andersonDarling' | 'chiSquare' | 'passes'> {
  if (sample.isBinned) {
    const test = chiSquare(law, sample, free);
    return test === undefined ? { passes: null } : { chiSquare: test, passes: test.tail >= 0.05 };
  }
  const value = andersonDarling(law, withoutEnds(name, sample));
  if (!Number.isFinite(value)) return { passes: null };
  const limit = criticalAndersonDarling[name] ?? null;
  return { andersonDarling: { value, limit }, passes: limit === null ? null : value <= limit };
}

/**
 * Given its least value, the others of a Pareto sample are one of that scale; given its ends, the others of a uniform sample
 * are uniform between them. The ends themselves fit exactly, and A² of them is infinite.
 */
function withoutEnds(name: string, sample: Sample): Sample {
  const ends = name === 'pareto' ? [0] : name === 'uniform' ? [0, sample.cells.length - 1] : [];
  if (ends.length === 0) return sample;
  return sampleOfCells(
    sample.cells.map((cell, at) => (ends.includes(at) ? { ...cell, count: cell.count - 1 } : cell)),
  );
}

const unitOf = (parameter: string, dimension: Dimension): Dimension =>
  parameter === 'mean' || parameter === 'min' || parameter === 'max'
    ? dimension
    : parameter === 'k'
      ? 'count'
      : 'factor';

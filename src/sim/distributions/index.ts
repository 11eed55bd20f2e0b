/** Random quantities, each sampled by inverting its distribution function. Any unit. */
export { constant } from './constant.ts';
export { discrete } from './discrete.ts';
export type { Distribution } from './distribution.ts';
export { empirical, type QuantilePoint } from './empirical.ts';
export { erlang } from './erlang.ts';
export { exponential } from './exponential.ts';
export { gamma } from './gamma.ts';
export { geometric } from './geometric.ts';
export { lognormal, lognormalFromMedian } from './lognormal.ts';
export { type MixturePart, mixture } from './mixture.ts';
export { normalQuantile } from './normalQuantile.ts';
export { pareto, paretoFromScale } from './pareto.ts';
export { type Domain, type ThreeQuantiles, threeQuantiles } from './threeQuantiles.ts';
export { uniform } from './uniform.ts';
export { weibull, weibullOfShape } from './weibull.ts';
export { type Zipf, zipf } from './zipf.ts';

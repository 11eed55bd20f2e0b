/**
 * A distribution of a non-negative quantity (a service time, a size, a think time), sampled by inversion: the variate
 * is `quantile(draw)`. One draw gives one variate, so that draws stay paired across designs.
 *
 * Any unit; mean and quantiles are in the same one.
 */
export interface Distribution {
  /** With its parameters, as in `lognormal(mean 0.006, cv 0.7)`. */
  readonly name: string;
  /** May be Infinity (a Pareto distribution with shape 1 or less). */
  readonly mean: number;
  /** Standard deviation over mean; may be Infinity. 0 where the mean is 0. */
  readonly cv: number;
  /**
   * The value below which a share `u` of the distribution lies. `u` is strictly inside (0, 1); finite for every draw.
   * Never falls as `u` grows, except for a mixture, which says so itself.
   */
  quantile(u: number): number;
}

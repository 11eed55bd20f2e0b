/** What the tests use of jstat, which has no types of its own. */
declare module 'jstat' {
  interface Continuous {
    cdf(x: number, ...parameters: number[]): number;
    inv(share: number, ...parameters: number[]): number;
    pdf(x: number, ...parameters: number[]): number;
  }
  interface Jstat {
    readonly exponential: Continuous;
    readonly gamma: Continuous;
    readonly lognormal: Continuous;
    readonly weibull: Continuous;
    readonly pareto: Continuous;
    readonly uniform: Continuous;
    readonly normal: Continuous;
    readonly beta: Continuous;
    readonly chisquare: Continuous;
    readonly studentt: Continuous;
    gammaln(x: number): number;
    lowRegGamma(shape: number, x: number): number;
    ibeta(x: number, a: number, b: number): number;
  }
  const jstat: Jstat;
  export default jstat;
}

/**
 * Whether a number is what it was before something went wrong.
 *
 * Rule: a level is unusual above twice the highest that was seen before, and never at less than ten; it is usual again when
 * it is no higher than the highest seen before. A share is unusual when it is more than two points above what it was, and
 * three standard errors of the new sample more; usual again within two points and one standard error.
 * Source: Headroom's own definition (docs/metrics.md); the standard error is a binomial share's. Cost: constant.
 */

/** Fewer that wait are nothing that piles up. */
const fewest = 10;
/** A share is as before within this. */
const tolerance = 0.02;

export const isLevelUnusual = (level: number, highest: number): boolean =>
  level > Math.max(fewest, 2 * highest);

export const isLevelUsual = (level: number, highest: number): boolean => level <= Math.max(1, highest);

/** A share of some cases. */
export interface Sample {
  readonly part: number;
  readonly whole: number;
}

export const shareOf = ({ part, whole }: Sample): number => (whole === 0 ? 0 : part / whole);

/** Standard error of a share that was `before`, in a sample of so many; what was never seen counts as one in a hundred. */
const deviation = (before: number, { whole }: Sample): number => {
  const share = Math.min(0.99, Math.max(0.01, before));
  return Math.sqrt((share * (1 - share)) / whole);
};

export const isShareUnusual = (sample: Sample, before: number): boolean =>
  sample.whole > 0 && shareOf(sample) - before > tolerance + 3 * deviation(before, sample);

export const isShareUsual = (sample: Sample, before: number): boolean =>
  sample.whole > 0 && shareOf(sample) - before <= tolerance + deviation(before, sample);

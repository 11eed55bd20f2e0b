/**
 * How often a spot node is taken away.
 *
 * Rule: types fall into bands by the share of nodes that were interrupted in a month; a share p is a rate of
 * −ln(1 − p) a month. Which band a node's type is in is not known here: the rate is the mean over the region's types.
 * Source: AWS' Spot Advisor as collected by spotinfo (2025-07-28), Linux, families m, c and r of generations 5 to 7.
 * Differs: a band counts as its middle, and the open one (above 20%) as 25%.
 */
export const interruptionSource =
  'Spot Advisor of 2025-07-28, general families; bands at their middle, above 20% as 25%';

const middles = [0.025, 0.075, 0.125, 0.175, 0.25];

/** Percent of the types in the bands <5, 5-10, 10-15, 15-20 and >20%. */
const bands: Readonly<Record<string, readonly number[]>> = {
  'us-east-1': [17, 20, 8, 10, 44],
  'eu-west-1': [30, 23, 11, 14, 22],
  'ap-southeast-1': [7, 5, 10, 14, 65],
};

const month = 730 * 3600;

/** Interruptions a second of one spot node; of other locations the mean over the three that are known. */
export function interruptionRate(location: string | undefined): number {
  const known = bands[location ?? ''];
  if (known !== undefined) return rateOf(known);
  const rates = Object.values(bands).map(rateOf);
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}

function rateOf(shares: readonly number[]): number {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const sum = shares.reduce((total, share, band) => total - share * Math.log(1 - middles[band]), 0);
  return sum / whole / month;
}

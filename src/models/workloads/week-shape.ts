/**
 * How demand of a big city goes over a week, hour by hour, Monday 00:00 first; mean 1.
 *
 * Source: number of taxi trips in New York, half-hourly over seven months (Numenta Anomaly Benchmark,
 * data/realKnownCause/nyc_taxi.csv): mean factor of each hour on weekdays and on weekends, times the factor of the day.
 */
const weekday = [
  0.737, 0.46, 0.296, 0.201, 0.18, 0.231, 0.571, 1.002, 1.201, 1.163, 1.078, 1.089, 1.133, 1.127, 1.191,
  1.129, 0.942, 1.173, 1.461, 1.548, 1.479, 1.482, 1.422, 1.227,
];
const weekend = [
  1.548, 1.366, 1.117, 0.843, 0.539, 0.251, 0.256, 0.354, 0.54, 0.795, 1.028, 1.194, 1.287, 1.297, 1.284,
  1.257, 1.129, 1.244, 1.401, 1.422, 1.291, 1.259, 1.275, 1.225,
];
const days = [0.883, 0.945, 1.0, 1.014, 1.056, 1.124, 0.974];

/** The same in proportion, with mean 1. */
export const normalized = (values: readonly number[]): number[] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value / mean);
};

/** 168 factors of mean 1. */
export const cityWeek: readonly number[] = normalized(
  days.flatMap((day, at) => (at < 5 ? weekday : weekend).map((hour) => day * hour)),
);

const stretchedWeeks = new Map<number, readonly number[]>();

/**
 * The city's week with its peak at `peakToMean` times the mean: each factor raised to one power (found by bisection) and
 * brought back to mean 1, so that the order of the hours and the mean stay as they are. Kept: a profile is asked for by
 * everybody who works out the load of a design.
 */
export function stretchedWeek(peakToMean: number): readonly number[] {
  const known = stretchedWeeks.get(peakToMean);
  if (known !== undefined) return known;
  const week = stretched(peakToMean);
  stretchedWeeks.set(peakToMean, week);
  return week;
}

function stretched(peakToMean: number): number[] {
  const peakAt = (power: number) => Math.max(...normalized(cityWeek.map((factor) => factor ** power)));
  let low = 0;
  let high = 1;
  while (peakAt(high) < peakToMean && high < 64) high *= 2;
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (peakAt(middle) < peakToMean) low = middle;
    else high = middle;
  }
  return normalized(cityWeek.map((factor) => factor ** high));
}

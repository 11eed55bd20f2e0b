/**
 * How alike neighbours are: the correlation of each value's logarithm with the next one's. About 1/√n by luck. Values that
 * were sorted have lost their order, and get 0.
 */
export function serialCorrelation(values: readonly number[]): number {
  const logs = values.filter((value) => value > 0).map(Math.log);
  if (logs.length < 3 || logs.every((value, at) => at === 0 || value >= logs[at - 1])) return 0;
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  let together = 0;
  let squares = 0;
  for (let i = 0; i < logs.length; i++) {
    squares += (logs[i] - mean) ** 2;
    if (i > 0) together += (logs[i] - mean) * (logs[i - 1] - mean);
  }
  return squares === 0 ? 0 : together / squares;
}

/** A warning where neighbours are so alike that the observations are worth far fewer; else nothing. */
export function correlationWarnings(values: readonly number[]): string[] {
  const correlation = serialCorrelation(values);
  if (correlation < strongest) return [];
  // The mean of a first-order autoregression of that correlation has the variance of so many independent values.
  const worth = Math.round((values.length * (1 - correlation)) / (1 + correlation));
  return [
    `neighbouring observations are alike (correlation ${correlation.toFixed(2)}): for the mean they are worth some ${worth} independent ones; intervals, standard errors and tests take all for independent`,
  ];
}

const strongest = 0.2;

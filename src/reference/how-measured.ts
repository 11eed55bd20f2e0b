import type { Estimator, MeterKind } from '../metrics/index.ts';

/** How a quantity is metered during a run. */
export const metered: Readonly<Record<MeterKind, string>> = {
  histogram: 'every value is counted, in a histogram of 512 buckets an octave',
  level: 'a number over time, weighted by how long it stood',
  counter: 'things that happened in the measured window',
  rate: 'things that happened in the measured window, over its length',
  ratio: 'the sum of the part over the sum of the whole',
  share: 'successes over trials; each trial goes one way or the other',
  value: 'one number a run',
  duration: 'how long something took that happens once a run; infinite where it had not ended with the run',
  exact: 'worked out from the scenario and what the run used: no chance in it beyond the use',
};

/** How the runs' values become one number, and where its ± comes from. */
export const estimated: Readonly<Record<Estimator, string>> = {
  mean: 'the mean over runs; ± by Student’s t',
  ratio: 'all runs’ parts over all runs’ wholes; ± from what the runs’ own ratios miss it by',
  share:
    'all runs’ successes over all trials; the interval by Clopper and Pearson, never surer than independent trials',
  quantile:
    'the quantile of all runs’ values together; ± from the spread of the runs’ own. Fewer than 500 values a run beyond it: marked ~, take it as a hint',
  max: 'the largest of all runs; it grows with their length and number',
  count: 'the mean over runs; where nothing was seen, up to 3 in all runs is not excluded',
  duration: 'the median over runs; infinite where half of the runs or more never saw its end',
  exact: 'the same in every run, or their mean',
};

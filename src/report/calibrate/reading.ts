import type {
  ArrivalsCalibration,
  Calibration,
  CalibrationSource,
  FittedFamily,
  QuantileRow,
} from '../../result/index.ts';
import { type Dimension, formatEstimate, formatQuantity } from '../../units/index.ts';

/** `latencies.csv (csv) latency_ms: 3,000 observations; left out: 2 of failed requests`. */
export function sourceText({ file, format, of, observations, leftOut }: CalibrationSource): string {
  const left = leftOut.length === 0 ? '' : `; left out: ${leftOut.join(', ')}`;
  return `${file} (${format}) ${of}: ${count(observations)} observations${left}`;
}

/** What was found, in a line. */
export function headline(calibration: Calibration): string {
  if (calibration.what === 'arrivals') return arrivalsHeadline(calibration);
  const { chosen, fit, families } = calibration;
  const [best] = families;
  const words = {
    good: `${chosen} fits: no worse than a sample of it would`,
    close: `${chosen} comes close: not exact, but within 10% at each percentile that the data support`,
    poor:
      chosen === 'empirical'
        ? `nothing fits (${best?.name} comes nearest): the measured quantiles`
        : `nothing fits; ${chosen} comes nearest`,
  };
  return words[fit];
}

function arrivalsHeadline({ rate, process, profile, seconds }: ArrivalsCalibration): string {
  const shape =
    profile === null
      ? 'at one rate'
      : `by hour of the ${profile.hours.length === 24 ? 'day' : 'week'}, at most ${profile.peakToMean.toFixed(2)}× the mean`;
  const word = { poisson: 'independent callers', bursty: 'in bursts', deterministic: 'evenly spaced' }[
    process
  ];
  return `${formatEstimate(rate.value, 1.96 * rate.standardError, 'rate')} over ${formatQuantity(seconds, 'duration')}, ${word}, ${shape}`;
}

export const count = (value: number): string => formatQuantity(value, 'count', { digits: 4 });

/** `p99.9`. */
export const percentileName = (share: number): string => `p${Number((share * 100).toFixed(4))}`;

/** Whether a percentile that the data support is fitted badly. */
export const isOff = (row: QuantileRow): boolean =>
  row.support === 'measured' && row.off !== null && Math.abs(row.off) > 0.1 && !isWithin(row);

const isWithin = ({ fitted, low, high }: QuantileRow): boolean =>
  fitted >= low && (high === null || fitted <= high);

/** How far the fit is off, `+3.1%`; empty where there is nothing to hold it against. */
export const offText = ({ measured, off }: QuantileRow): string =>
  off === null ? '' : measured === null && off === 0 ? 'inside' : signedPercent(off);

/** Why a percentile says little; empty where it is well known. */
export const supportText = ({ beyond, support }: QuantileRow): string =>
  ({ measured: '', thin: `${beyond} beyond it: luck`, beyond: 'above the last bound' })[support];

const signedPercent = (value: number): string =>
  `${value >= 0 ? '+' : '−'}${Math.abs(value * 100).toFixed(1)}%`;

export const parametersText = ({ parameters }: FittedFamily): string =>
  Object.entries(parameters)
    .map(([name, { value, standardError, unit }]) => `${name} ${parameterText(value, standardError, unit)}`)
    .join(', ');

function parameterText(value: number, error: number | null, unit: Dimension): string {
  const asNumber = unit === 'factor' ? 'count' : unit;
  return error === null ? formatQuantity(value, asNumber) : formatEstimate(value, error, asNumber);
}

export function testText({ andersonDarling, chiSquare, passes }: FittedFamily): string {
  const verdict = passes === null ? '' : passes ? ' passes' : ' refused';
  if (andersonDarling !== undefined) return `${formatQuantity(andersonDarling.value, 'count')}${verdict}`;
  if (chiSquare !== undefined)
    return `${formatQuantity(chiSquare.value, 'count')} of ${chiSquare.degrees}${verdict}`;
  return 'no test';
}

import type {
  ArrivalsCalibration,
  Calibration,
  DistributionCalibration,
  FittedFamily,
  QuantileRow,
} from '../../result/index.ts';
import { type Dimension, formatEstimate, formatQuantity } from '../../units/index.ts';
import { type Style, styleOf } from '../text/style.ts';
import { type Column, type Row, table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';

export interface Look {
  readonly color: boolean;
  readonly columns: number;
}

/** A calibration for a terminal: what to paste, how well it fits, and what it does not know. */
export function renderCalibration(calibration: Calibration, { color, columns }: Look): string {
  const style = styleOf(color);
  const blocks = [
    sourceLines(calibration, columns, style),
    calibration.yaml.split('\n').map((line) => `  ${line}`),
    ...(calibration.what === 'distribution'
      ? [quantileLines(calibration, columns, style), familyLines(calibration, columns, style)]
      : [dispersionLines(calibration, columns, style)]),
    calibration.warnings.flatMap((warning) =>
      wrap(`! ${warning}`, columns, { hanging: 2 }).map(style.yellow),
    ),
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

function sourceLines(calibration: Calibration, columns: number, style: Style): string[] {
  const from = calibration.sources.flatMap(({ file, format, of, observations, leftOut }) => {
    const left = leftOut.length === 0 ? '' : `; left out: ${leftOut.join(', ')}`;
    return wrap(`${file} (${format}) ${of}: ${count(observations)} observations${left}`, columns, {
      hanging: 2,
    });
  });
  return [...from.map(style.dim), ...wrap(headline(calibration), columns).map(style.bold)];
}

function headline(calibration: Calibration): string {
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

const count = (value: number): string => formatQuantity(value, 'count', { digits: 4 });

const right = (header: string): Column => ({ header, align: 'decimal' });

function quantileLines(
  { quantiles, dimension }: DistributionCalibration,
  columns: number,
  style: Style,
): string[] {
  const shown = (value: number) => formatQuantity(value, dimension);
  const rows = quantiles.map((row): Row => {
    const { share, measured, low, high, fitted, beyond, support, off } = row;
    const isOff = support === 'measured' && off !== null && Math.abs(off) > 0.1 && !isWithin(row);
    const note = { measured: '', thin: `${beyond} beyond it: luck`, beyond: 'above the last bound' }[support];
    const offText = off === null ? '' : measured === null && off === 0 ? 'inside' : signedPercent(off);
    return [
      `p${Number((share * 100).toFixed(4))}`,
      measured === null ? '' : shown(measured),
      high === null ? `above ${shown(low)}` : `${shown(low)} to ${shown(high)}`,
      shown(fitted),
      isOff ? { text: offText, paint: style.red } : offText,
      { text: note, paint: style.yellow },
    ];
  });
  return table(
    [
      { header: '' },
      right('measured'),
      { header: '95%' },
      right('fitted'),
      { header: 'off', align: 'right' },
      {},
    ],
    rows,
    { columns, indent: 2, paintHeader: style.dim },
  );
}

const isWithin = ({ fitted, low, high }: QuantileRow): boolean =>
  fitted >= low && (high === null || fitted <= high);

const signedPercent = (value: number): string =>
  `${value >= 0 ? '+' : '−'}${Math.abs(value * 100).toFixed(1)}%`;

function familyLines(
  { families, chosen, binned }: DistributionCalibration,
  columns: number,
  style: Style,
): string[] {
  const rows = families.map((family): Row => {
    const name = family.name === chosen ? { text: `${family.name} ◀`, paint: style.green } : family.name;
    return [
      name,
      parametersText(family),
      family.aicAboveBest.toFixed(1),
      family.ks.toFixed(4),
      testText(family),
    ];
  });
  if (rows.length === 0) return [];
  return table(
    [
      { header: 'family' },
      { header: 'maximum likelihood ± standard error', minimum: 20, wraps: true },
      { header: 'AIC +', align: 'decimal' },
      { header: 'KS', align: 'decimal' },
      { header: binned ? 'chi-square' : 'A²' },
    ],
    rows,
    { columns, indent: 2, paintHeader: style.dim },
  );
}

const parametersText = ({ parameters }: FittedFamily): string =>
  Object.entries(parameters)
    .map(([name, { value, standardError, unit }]) => `${name} ${parameterText(value, standardError, unit)}`)
    .join(', ');

function parameterText(value: number, error: number | null, unit: Dimension): string {
  const asNumber = unit === 'factor' ? 'count' : unit;
  return error === null ? formatQuantity(value, asNumber) : formatEstimate(value, error, asNumber);
}

function testText({ andersonDarling, chiSquare, passes }: FittedFamily): string {
  const verdict = passes === null ? '' : passes ? ' passes' : ' refused';
  if (andersonDarling !== undefined) return `${formatQuantity(andersonDarling.value, 'count')}${verdict}`;
  if (chiSquare !== undefined)
    return `${formatQuantity(chiSquare.value, 'count')} of ${chiSquare.degrees}${verdict}`;
  return 'no test';
}

function dispersionLines({ dispersion }: ArrivalsCalibration, columns: number, style: Style): string[] {
  if (dispersion.length === 0) return [];
  const rows = dispersion.map(
    ({ within, measured, standardError, fitted, stretches }): Row => [
      formatQuantity(within, 'duration'),
      formatEstimate(measured, 1.96 * standardError, 'count'),
      formatQuantity(fitted, 'count'),
      style.dim(count(stretches)),
    ],
  );
  return [
    style.bold('Variance over mean of the counts; 1 of independent callers'),
    ...table(
      [
        { header: 'within', align: 'decimal' },
        { header: 'measured', align: 'interval' },
        right('fitted'),
        { header: 'stretches', align: 'right' },
      ],
      rows,
      { columns, indent: 2, paintHeader: style.dim },
    ),
  ];
}

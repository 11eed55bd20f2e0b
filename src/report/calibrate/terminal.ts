import type { ArrivalsCalibration, Calibration, DistributionCalibration } from '../../result/index.ts';
import { formatEstimate, formatQuantity } from '../../units/index.ts';
import { type Style, styleOf } from '../text/style.ts';
import { type Column, type Row, table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import {
  count,
  headline,
  isOff,
  offText,
  parametersText,
  percentileName,
  sourceText,
  supportText,
  testText,
} from './reading.ts';

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
  const from = calibration.sources.flatMap((source) => wrap(sourceText(source), columns, { hanging: 2 }));
  return [...from.map(style.dim), ...wrap(headline(calibration), columns).map(style.bold)];
}

const right = (header: string): Column => ({ header, align: 'decimal' });

function quantileLines(
  { quantiles, dimension }: DistributionCalibration,
  columns: number,
  style: Style,
): string[] {
  const shown = (value: number) => formatQuantity(value, dimension);
  const rows = quantiles.map((row): Row => {
    const { share, measured, low, high, fitted } = row;
    const off = offText(row);
    return [
      percentileName(share),
      measured === null ? '' : shown(measured),
      high === null ? `above ${shown(low)}` : `${shown(low)} to ${shown(high)}`,
      shown(fitted),
      isOff(row) ? { text: off, paint: style.red } : off,
      { text: supportText(row), paint: style.yellow },
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

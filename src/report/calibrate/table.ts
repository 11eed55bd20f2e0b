import type { Calibration } from '../../result/index.ts';
import { formatEstimate, formatQuantity } from '../../units/index.ts';
import { count, isOff, offText, parametersText, percentileName, supportText, testText } from './reading.ts';

export interface TextTable {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly look?: 'best' | 'bad' }[];
}

/** What tells how well a calibration fits, as tables of texts. */
export function fitTables(calibration: Calibration): TextTable[] {
  if (calibration.what === 'arrivals')
    return [
      {
        heading: 'Variance over mean of the counts; 1 of independent callers',
        columns: ['within', 'measured', 'fitted', 'stretches'],
        rows: calibration.dispersion.map(({ fitted, measured, standardError, stretches, within }) => ({
          cells: [
            formatQuantity(within, 'duration'),
            formatEstimate(measured, 1.96 * standardError, 'count'),
            formatQuantity(fitted, 'count'),
            count(stretches),
          ],
        })),
      },
    ].filter(({ rows }) => rows.length > 0);
  const { binned, chosen, dimension, families, quantiles } = calibration;
  const shown = (value: number) => formatQuantity(value, dimension);
  return [
    {
      heading: 'Measured and fitted',
      columns: ['percentile', 'measured', '95%', 'fitted', 'off', ''],
      rows: quantiles.map((row) => ({
        cells: [
          percentileName(row.share),
          row.measured === null ? '' : shown(row.measured),
          row.high === null ? `above ${shown(row.low)}` : `${shown(row.low)} to ${shown(row.high)}`,
          shown(row.fitted),
          offText(row),
          supportText(row),
        ],
        ...(isOff(row) ? { look: 'bad' as const } : {}),
      })),
    },
    {
      heading: 'Families that were tried',
      columns: ['family', 'maximum likelihood ± standard error', 'AIC +', 'KS', binned ? 'chi-square' : 'A²'],
      rows: families.map((family) => ({
        cells: [
          family.name,
          parametersText(family),
          family.aicAboveBest.toFixed(1),
          family.ks.toFixed(4),
          testText(family),
        ],
        ...(family.name === chosen ? { look: 'best' as const } : {}),
      })),
    },
  ].filter(({ rows }) => rows.length > 0);
}

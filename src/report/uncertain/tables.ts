import type { Influence, Uncertainty } from '../../result/index.ts';
import { outcomeTexts, probabilityText, rangeText, targetsByChance, valueText } from './reading.ts';

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A row a target, and the cost. */
export function targetTable(document: Uncertainty): Table {
  const { month } = document;
  return {
    columns: ['target', '', 'P(kept)', 'P5', 'P50', 'P95', 'all at mid'],
    rows: [
      ...targetsByChance(document).map((target) => [
        target.target,
        target.level === 'fail' ? 'need' : 'claim',
        probabilityText(target.kept),
        ...outcomeTexts(target),
      ]),
      ...(month === undefined ? [] : [['cost a month', '', '', ...outcomeTexts(month)]]),
    ],
  };
}

/** A row an input, the one that matters most first. */
export function influenceTable(document: Uncertainty, { bars, effects = [], unit }: Influence): Table {
  if (bars !== undefined)
    return {
      columns: ['input', 'range', 'at low', 'at high', 'swing'],
      rows: bars.map(({ path, low, high, swing }) => [
        path,
        rangeText(document, path),
        ...[low, high, swing].map((value) => valueText(value, unit)),
      ]),
    };
  return {
    columns: ['input', 'range', 'µ*', 'µ', 'σ'],
    rows: effects.map(({ path, muStar, mu, sigma }) => [
      path,
      rangeText(document, path),
      ...[muStar, mu, sigma].map((value) => valueText(value, unit)),
    ]),
  };
}

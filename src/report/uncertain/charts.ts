import type { Influence, Uncertainty } from '../../result/index.ts';
import type { Theme } from '../palette.ts';
import { drawTornado, type Tornado } from '../svg/tornado.ts';
import { extentOf, headline, influenceTitle, limitsOf, metricName, rangeText, valueText } from './reading.ts';

/** Inputs that are drawn: the others move it less. */
const mostRows = 30;

/** A tornado of each metric that a target is about, and of the cost. */
export const uncertainCharts = (document: Uncertainty): Record<string, (theme: Theme) => string> =>
  Object.fromEntries(
    document.influence.map((influence) => [
      influence.metric.replace(/[^A-Za-z0-9_-]+/g, '-'),
      (theme: Theme) =>
        drawTornado(
          influence.bars === undefined ? screening(document, influence) : swings(document, influence),
          theme,
        ),
    ]),
  );

function swings(document: Uncertainty, influence: Influence): Tornado {
  const { bars = [], mid, unit } = influence;
  const limits = limitsOf(document, influence);
  const [from, to] = extentOf(influence, limits);
  return {
    title: influenceTitle(influence),
    subtitle: `${document.scenario.name}: ${headline(document)}`,
    from,
    to,
    mid,
    limits: limits
      .filter(({ limit }) => limit >= from && limit <= to)
      .map(({ limit, level, operator }) => ({
        at: limit,
        text: `${level === 'fail' ? 'need' : 'claim'} ${operator} ${valueText(limit, unit)}`,
      })),
    rows: bars.slice(0, mostRows).map(({ path, low, high }) => ({
      label: path,
      note: rangeText(document, path),
      low,
      high,
      text: `${valueText(low, unit)} … ${valueText(high, unit)}`,
    })),
    valueText: (value) => valueText(value, unit),
    sides: ['input at its low', 'input at its high'],
  };
}

/** Effects as bars from zero. */
function screening(document: Uncertainty, { effects = [], metric, unit }: Influence): Tornado {
  const rows = effects.slice(0, mostRows);
  return {
    title: `What moves ${metricName(metric)}: µ* of each input`,
    subtitle: `${document.scenario.name}: ${headline(document)}`,
    from: 0,
    to: Math.max(0, ...rows.flatMap(({ muStar }) => muStar ?? [])),
    mid: 0,
    limits: [],
    rows: rows.map(({ path, muStar, sigma }) => ({
      label: path,
      note: rangeText(document, path),
      low: 0,
      high: muStar,
      text: `${valueText(muStar, unit)}, σ ${valueText(sigma, unit)}`,
    })),
    valueText: (value) => valueText(value, unit),
    sides: ['', ''],
  };
}

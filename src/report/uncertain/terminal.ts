import type { Influence, Uncertainty } from '../../result/index.ts';
import { commandLines } from '../terminal/footer.ts';
import { bar } from '../text/bar.ts';
import { type Style, styleOf } from '../text/style.ts';
import { table } from '../text/table.ts';
import { apart } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import {
  againWords,
  brokenWords,
  extentOf,
  headline,
  influenceTitle,
  lookOf,
  methodText,
  metricName,
  notes,
  outcomeTexts,
  probabilityText,
  runsText,
  targetsByChance,
  valueText,
} from './reading.ts';

export interface Look {
  readonly color: boolean;
  readonly columns: number;
}

/** Inputs and metrics on a terminal; the rest is in other reports. */
const [mostInputs, mostMetrics] = [12, 3];

/** Columns of a tornado's bars. */
const barColumns = 24;

/** Uncertain inputs for a terminal: how likely each need is kept, and bars of what moves them. */
export function renderUncertainty(document: Uncertainty, { color, columns }: Look): string {
  const style = styleOf(color);
  const paint = lookOf(document) === 'good' ? style.green : style.red;
  const blocks = [
    [
      apart(style.bold(document.scenario.name), style.dim('uncertain inputs'), columns),
      ...wrap(headline(document), columns, { hanging: 2 }).map((line) => style.bold(paint(line))),
      ...wrap(runsText(document), columns, { hanging: 2 }).map(style.dim),
    ],
    targetLines(document, columns, style),
    ...document.influence.slice(0, mostMetrics).map((influence) => influenceLines(influence, columns, style)),
    [methodText(document), ...notes(document)].flatMap((note) =>
      wrap(note, columns, { hanging: 2 }).map(style.dim),
    ),
    command('Again', againWords(document), columns),
    command('Look at a draw that broke what is asked', brokenWords(document), columns),
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

/** A command below what it is for; nothing where there is none. */
const command = (title: string, words: readonly string[], columns: number): string[] =>
  words.length === 0
    ? []
    : [title, ...commandLines(words, { columns: columns - 2 }).map((line) => `  ${line}`)];

function targetLines(document: Uncertainty, columns: number, style: Style): string[] {
  const rows = targetsByChance(document).map((target) => [
    `${target.target}${target.level === 'warn' ? ' (claim)' : ''}`,
    probabilityText(target.kept),
    ...outcomeTexts(target),
  ]);
  const { month } = document;
  const cost = month === undefined ? [] : [['cost a month', '', ...outcomeTexts(month)]];
  if (rows.length + cost.length === 0) return [];
  return table(
    [
      { header: 'Target', minimum: 16, wraps: true, stretch: true },
      { header: 'P(kept)' },
      { header: 'P5', align: 'right' },
      { header: 'P50', align: 'right' },
      { header: 'P95', align: 'right' },
      { header: 'mids', align: 'right' },
    ],
    [...rows, ...cost],
    { columns, paintHeader: style.bold, gap: 1 },
  );
}

function influenceLines(influence: Influence, columns: number, style: Style): string[] {
  const { bars, effects = [], unit, metric } = influence;
  const all = bars ?? effects;
  const rows =
    bars === undefined
      ? effects
          .slice(0, mostInputs)
          .map(({ path, muStar, sigma }) => [
            path,
            muStar === null ? '' : bar(muStar, effects[0].muStar ?? muStar, barColumns),
            valueText(muStar, unit),
            valueText(sigma, unit),
          ])
      : bars
          .slice(0, mostInputs)
          .map(({ path, low, high }) => [
            path,
            swingBar(influence, low, high),
            valueText(low, unit),
            valueText(high, unit),
          ]);
  const more = all.length > mostInputs ? [`${all.length - mostInputs} more move it less`] : [];
  const title = bars === undefined ? `What moves ${metricName(metric)}` : influenceTitle(influence);
  const lines = table(
    [
      { header: 'input', minimum: 20, wraps: true, stretch: true },
      {},
      { header: bars === undefined ? 'µ*' : 'at low', align: 'right' },
      { header: bars === undefined ? 'σ' : 'at high', align: 'right' },
    ],
    [...rows, ...more],
    { columns, paintHeader: style.dim },
  );
  return [...wrap(title, columns, { hanging: 2 }).map(style.bold), ...lines];
}

/** From the value at low to that at high, past the one at mid: `░░░█████│███░░`. */
function swingBar(influence: Influence, low: number | null, high: number | null): string {
  const [from, to] = extentOf(influence, []);
  const column = (value: number | null) =>
    value === null || !(to > from)
      ? barColumns - 1
      : Math.min(barColumns - 1, Math.floor(((value - from) / (to - from)) * barColumns));
  const [start, end] = [column(low), column(high)].sort((a, b) => a - b);
  const mid = column(influence.mid);
  return Array.from({ length: barColumns }, (_, at) =>
    at === mid ? '│' : at >= start && at <= end && (low !== high || low === null) ? '█' : '·',
  ).join('');
}

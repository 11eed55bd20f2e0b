import type { Sweep } from '../../result/index.ts';
import { percent, stateWords, stationName } from '../limit/reading.ts';
import { commandLines } from '../terminal/footer.ts';
import { type Style, styleOf } from '../text/style.ts';
import { type Row, table } from '../text/table.ts';
import { apart, displayWidth, spaces } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import {
  againWords,
  headline,
  lookWords,
  metricName,
  notes,
  runsText,
  valueText,
  variableNames,
} from './reading.ts';

export interface Look {
  readonly color: boolean;
  readonly columns: number;
}

/** Rows on a terminal; the rest is in other reports. */
const mostRows = 200;

/** A sweep for a terminal: a row a point, the cheapest that holds marked. */
export function renderSweep(sweep: Sweep, { color, columns }: Look): string {
  const style = styleOf(color);
  const blocks = [
    [
      apart(style.bold(sweep.scenario.name), '', columns),
      ...wrap(headline(sweep), columns, { hanging: 2 }).map(style.bold),
      ...wrap(runsText(sweep), columns, { hanging: 2 }).map(style.dim),
    ],
    tableLines(sweep, columns, style),
    notes(sweep).flatMap((note) => wrap(note, columns, { hanging: 2 }).map(style.dim)),
    footLines(sweep, columns, style),
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

function tableLines(sweep: Sweep, columns: number, style: Style): string[] {
  const { points, best, shown } = sweep;
  const names = variableNames(sweep);
  // What does not fit is left out from the right, the cost last of all.
  const metrics = [...shown];
  const room = () => widthOf(sweep, metrics, names);
  while (metrics.length > 1 && room() > columns) metrics.splice(metrics.length - 2, 1);
  const rows = points.slice(0, mostRows).map((point, at): Row => {
    const paint = { holds: style.green, fails: style.red, undecided: style.yellow }[point.state];
    const busy =
      point.fullest === undefined
        ? ''
        : `${stationName(point.fullest)} ${percent(point.fullest.utilization)}`;
    return [
      ...point.values,
      { text: `${stateWords[point.state]}${at === best ? ' ◀' : ''}`, paint },
      ...metrics.map((id) => valueText(sweep, point, id)),
      busy,
    ];
  });
  const header = [
    ...names.map((name) => ({ header: name, align: 'right' as const, minimum: 6 })),
    { header: '' },
    ...metrics.map((id) => ({ header: metricName(id), align: 'interval' as const, minimum: 10 })),
    { header: 'fullest', minimum: 8 },
  ];
  const left = points.length - mostRows;
  return [
    ...table(header, rows, { columns, paintHeader: style.dim }),
    ...(left > 0 ? [style.dim(`and ${left} more: --reporter csv=FILE has all`)] : []),
    ...(best === undefined ? [] : [style.dim('◀ the cheapest that holds')]),
  ];
}

/** Columns of a table with these metrics, without what may be cut. */
function widthOf(sweep: Sweep, metrics: readonly string[], names: readonly string[]): number {
  const cells = metrics.map((id) =>
    Math.max(
      displayWidth(metricName(id)),
      ...sweep.points.slice(0, mostRows).map((point) => displayWidth(valueText(sweep, point, id))),
    ),
  );
  const variables = names.map((name, at) =>
    Math.max(displayWidth(name), ...sweep.points.map(({ values }) => displayWidth(values[at]))),
  );
  const all = [...variables, 9, ...cells, 12];
  return all.reduce((sum, width) => sum + width + 2, -2);
}

function footLines(sweep: Sweep, columns: number, style: Style): string[] {
  const margin = 7;
  const placed = (word: string, lines: readonly string[]) =>
    lines.map(
      (line, at) => (at === 0 ? style.bold(word) + spaces(margin - word.length) : spaces(margin)) + line,
    );
  return [
    ...placed('Again', commandLines(againWords(sweep), { columns })),
    ...placed('Next', [
      style.dim(sweep.best === undefined ? 'one of them in full' : 'the cheapest in full'),
      ...commandLines(lookWords(sweep), { columns }),
    ]),
  ];
}

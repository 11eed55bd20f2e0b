import type { Breaking, Limit } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { commandLines } from '../terminal/footer.ts';
import { bar } from '../text/bar.ts';
import { type Style, styleOf } from '../text/style.ts';
import { type Row, table } from '../text/table.ts';
import { apart, spaces } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import {
  againWords,
  askedText,
  callerAt,
  callerName,
  durationText,
  factorText,
  fullText,
  headline,
  lookOf,
  measuredText,
  nextCommands,
  notes,
  percent,
  reasonText,
  runsText,
  shownCaller,
  shownStations,
  stateWords,
  stationText,
  unitOf,
  utilizationAt,
} from './reading.ts';

export interface Look {
  readonly color: boolean;
  readonly columns: number;
}

/** A limit for a terminal: how far, what breaks first and where, what would lift it, and the curve. */
export function renderLimit(limit: Limit, { color, columns }: Look): string {
  const style = styleOf(color);
  const blocks = [
    headLines(limit, columns, style),
    breakLines(limit, columns, style),
    curveLines(limit, columns, style),
    notes(limit).flatMap((note) => wrap(note, columns, { hanging: 2 }).map(style.dim)),
    footLines(limit, columns, style),
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

function headLines(limit: Limit, columns: number, style: Style): string[] {
  const { scenario, headroom } = limit;
  const word = `HEADROOM ${headroom.low === 0 ? 'NONE' : factorText(headroom.low)}`;
  const paint = lookOf(limit) === 'good' ? style.green : style.red;
  const indent = word.length + 2;
  const [first, ...rest] = wrap(headline(limit), columns, { indent });
  return [
    apart(style.bold(scenario.name), style.dim(runsText(limit)), columns),
    ...(scenario.title === undefined ? [] : wrap(scenario.title, columns).map(style.dim)),
    `${style.bold(paint(word))}${first.slice(word.length)}`,
    ...rest,
    ...wrap(askedText(limit), columns).map(style.dim),
  ];
}

function breakLines({ breaks }: Limit, columns: number, style: Style): string[] {
  if (breaks === undefined) return [];
  const [first] = breaks.targets;
  const open = first?.status === 'inconclusive' ? 'What is open first' : 'What breaks first';
  const line = (text: string, indent = 2) => wrap(text, columns, { indent, hanging: indent + 2 });
  return [
    style.bold(`${open}, at ${factorText(breaks.factor)}`),
    ...(breaks.full === undefined ? [] : line(fullText(breaks.full, breaks.factor))),
    ...breaks.loadReasons.flatMap((reason) => line(reasonText(reason))),
    ...breaks.targets.flatMap((target) => [
      ...line(`${target.target}: ${measuredText(target, unitOf(target))}`),
      ...(target.reason === undefined ? [] : line(target.reason, 4).map(style.dim)),
    ]),
    ...(breaks.station === undefined ? [] : line(`at ${stationText(breaks.station)}`)),
    ...liftLines(breaks, columns, style),
  ];
}

function liftLines({ lifts, factor }: Breaking, columns: number, style: Style): string[] {
  if (lifts.length === 0) return [];
  const rows = lifts.map(({ set, from, state }): Row => {
    const paint = { holds: style.green, fails: style.red, undecided: style.yellow }[state];
    return [
      set,
      style.dim(`from ${formatQuantity(from, 'count')}`),
      { text: `${state} at ${factorText(factor)}`, paint },
    ];
  });
  return [
    style.bold('What would lift it'),
    ...table([{ wraps: true, minimum: 30 }, {}, {}], rows, { columns, indent: 2 }),
    ...(lifts.some(({ state }) => state === 'holds')
      ? []
      : wrap('none of these alone', columns, { indent: 2 }).map(style.dim)),
  ];
}

function curveLines(limit: Limit, columns: number, style: Style): string[] {
  const caller = shownCaller(limit);
  const [station] = shownStations(limit, 1);
  const { headroom, points } = limit;
  const rows = points.map((point): Row => {
    const at = callerAt(point, caller);
    const busy = station === undefined ? null : utilizationAt(point, station.key);
    const paint = { holds: style.green, fails: style.red, undecided: style.yellow }[point.state];
    return [
      factorText(point.factor),
      { text: `${stateWords[point.state]}${point.factor === headroom.low ? ' ◀' : ''}`, paint },
      at?.throughput === undefined || at.throughput === null ? '' : formatQuantity(at.throughput, 'rate'),
      durationText(at?.p50.value),
      durationText(at?.p95.value),
      durationText(at?.p99.value),
      busy === null ? '' : percent(busy),
      { text: bar(busy ?? 0, 1, 8), paint },
    ];
  });
  const right = (header: string) => ({ header, align: 'decimal' as const });
  return [
    style.bold(
      `Latency${caller === undefined ? '' : ` of ${callerName(caller)}`} and utilization against load`,
    ),
    ...table(
      [
        { header: 'load', align: 'right' },
        { header: '' },
        right('throughput'),
        right('p50'),
        right('p95'),
        right('p99'),
        { header: station?.name ?? 'busy', align: 'right', minimum: 6 },
        { header: '' },
      ],
      rows,
      { columns, indent: 2, paintHeader: style.dim },
    ),
  ];
}

function footLines(limit: Limit, columns: number, style: Style): string[] {
  const margin = 7;
  const placed = (word: string, lines: readonly string[]) =>
    lines.map(
      (line, at) => (at === 0 ? style.bold(word) + spaces(margin - word.length) : spaces(margin)) + line,
    );
  const lines = (words: readonly string[]) => commandLines(words, { columns });
  const next = nextCommands(limit).flatMap(({ words, why }) => [style.dim(why), ...lines(words)]);
  return [...placed('Again', lines(againWords(limit))), ...placed('Next', next)];
}

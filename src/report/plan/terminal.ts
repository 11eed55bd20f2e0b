import type { Plan } from '../../result/index.ts';
import { variableNames } from '../sweep/reading.ts';
import { commandLines } from '../terminal/footer.ts';
import { type Style, styleOf } from '../text/style.ts';
import { type Column, table } from '../text/table.ts';
import { apart, spaces } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import {
  againWords,
  certainty,
  designRows,
  headline,
  lookWords,
  needRows,
  needsTitle,
  notes,
  priceRows,
  rejectedRows,
  searchText,
  verdictWord,
} from './reading.ts';
import { regretColumns, regretHeadline, regretNotes, regretRows } from './regret.ts';

export interface Look {
  readonly color: boolean;
  readonly columns: number;
}

/** A plan for a terminal: the winner, what each need costs, and why the others are out. */
export function renderPlan(plan: Plan, { color, columns }: Look): string {
  const style = styleOf(color);
  const shown = plan.winner ?? plan.nearestMiss;
  const block = (heading: string, columnsOf: readonly Column[], rows: readonly string[][]) =>
    rows.length === 0
      ? []
      : [style.bold(heading), ...table(columnsOf, rows, { columns, indent: 2, paintHeader: style.dim })];
  const text = { wraps: true, minimum: 12 };
  const blocks = [
    headLines(plan, columns, style),
    block(
      'Designs',
      [
        { header: '' },
        ...variableNames(plan).map((header) => ({
          header,
          align: 'right' as const,
          minimum: 8,
          wraps: true,
        })),
        { header: plan.minimised },
        { header: '' },
        { header: 'fullest', minimum: 8, wraps: true },
      ],
      designRows(plan),
    ),
    ...(plan.regret === undefined
      ? []
      : [
          [
            ...block(
              'Least regret',
              regretColumns.map((header, at) =>
                at === 0 ? { ...text, header } : { header, align: 'right' },
              ),
              regretRows(plan, plan.regret),
            ),
            ...regretNotes(plan.regret).flatMap((note) =>
              wrap(note, columns, { indent: 2, hanging: 4 }).map(style.dim),
            ),
          ],
        ]),
    block(needsTitle(plan), [text, text, {}], shown === undefined ? [] : needRows(shown)),
    block('What each need costs', [text, text, text], priceRows(plan)),
    block(
      'Why the others are out',
      [{ align: 'right' }, text, text, { ...text, header: 'nearest' }],
      rejectedRows(plan),
    ),
    notes(plan).flatMap((note) => wrap(note, columns, { hanging: 2 }).map(style.dim)),
    footLines(plan, columns, style),
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

function headLines(plan: Plan, columns: number, style: Style): string[] {
  const word = verdictWord(plan);
  const paint = plan.verdict === 'found' ? style.green : style.red;
  const [first, ...rest] = wrap(headline(plan), columns, { indent: word.length + 2 });
  return [
    apart(style.bold(plan.scenario.name), '', columns),
    ...(plan.scenario.title === undefined ? [] : wrap(plan.scenario.title, columns).map(style.dim)),
    `${style.bold(paint(word))}${first.slice(word.length)}`,
    ...rest,
    ...(plan.regret === undefined
      ? []
      : wrap(regretHeadline(plan, plan.regret), columns, { hanging: 2 }).map(style.bold)),
    ...[certainty(plan), searchText(plan)]
      .filter((line) => line !== '')
      .flatMap((line) => wrap(line, columns, { hanging: 2 }).map(style.dim)),
  ];
}

function footLines(plan: Plan, columns: number, style: Style): string[] {
  const margin = 7;
  const placed = (word: string, lines: readonly string[]) =>
    lines.map(
      (line, at) => (at === 0 ? style.bold(word) + spaces(margin - word.length) : spaces(margin)) + line,
    );
  return [
    ...placed('Again', commandLines(againWords(plan), { columns })),
    ...placed('Next', [
      style.dim(
        plan.winner === undefined
          ? 'what came nearest in full'
          : plan.regret?.chosen === undefined
            ? 'the winner in full'
            : 'what one regrets least in full',
      ),
      ...commandLines(lookWords(plan), { columns }),
    ]),
  ];
}

import type { Survival, SurvivalCase } from '../../result/index.ts';
import { Names } from '../reading/names.ts';
import { againWords } from '../reading/next-steps.ts';
import { type Style, styleOf } from '../text/style.ts';
import { type Row, table } from '../text/table.ts';
import { apart } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import {
  aboutText,
  feltText,
  growthText,
  loseWords,
  marginOf,
  nameOf,
  needsText,
  notesOf,
  reasonsOf,
  runsText,
  verdictText,
  verdictWords,
} from './reading.ts';

export interface SurvivalLook {
  readonly color: boolean;
  readonly columns: number;
}

/** Whether survivors hold, for a terminal: one verdict line, one table, why not, who takes over. */
export function renderSurvival(survival: Survival, { color, columns }: SurvivalLook): string {
  const style = styleOf(color);
  const names = new Names(survival);
  const { cases } = survival;
  const blocks = [
    headLines(survival, style, columns),
    tableLines(survival, style, columns),
    ...cases.map((each) => whyLines(each, survival, { names, style, columns })),
    cases.flatMap((each) => wrap(aboutText(each, names), columns, { hanging: 2 })),
    notesOf(survival).flatMap((text) => wrap(text, columns, { hanging: 2 }).map(style.dim)),
    againLines(survival, columns),
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

function headLines(survival: Survival, style: Style, columns: number): string[] {
  const { verdict, scenario } = survival;
  const paint = { holds: style.green, fails: style.red, undecided: style.yellow }[verdict];
  const word = verdictWords[verdict].toUpperCase();
  const indent = word.length + 2;
  const [first = '', ...rest] = wrap(verdictText(survival), columns, { indent });
  return [
    apart(style.bold(scenario.name), style.dim(runsText(survival)), columns),
    `${style.bold(paint(word))}${first.slice(word.length)}`,
    ...rest,
  ];
}

function tableLines(survival: Survival, style: Style, columns: number): string[] {
  const rows = [survival.baseline, ...survival.cases].map((each): Row => {
    const paint = { holds: style.green, fails: style.red, undecided: style.yellow }[each.status];
    const mark = { holds: '✓', fails: '✗', undecided: '?' }[each.status];
    return [
      { text: `${mark} ${nameOf(each)}`, paint },
      feltText(each),
      needsText(each),
      each.load,
      growthText(each),
      marginOf(each),
    ];
  });
  return table(
    [
      { header: '  Lost', minimum: 9, wraps: true },
      { header: 'felt', minimum: 8, wraps: true },
      { header: 'needs', minimum: 6, wraps: true },
      { header: 'load' },
      { header: 'at most', align: 'right' },
      { header: 'least room', align: 'right' },
    ],
    rows,
    { columns, paintHeader: style.bold },
  );
}

function whyLines(
  each: SurvivalCase,
  survival: Survival,
  { names, style, columns }: { names: Names; style: Style; columns: number },
): string[] {
  const reasons = each.status === 'holds' ? [] : reasonsOf(each, survival, names);
  if (reasons.length === 0) return [];
  return [
    style.bold(`Without ${nameOf(each)}`),
    ...reasons.flatMap((text) => wrap(text, columns, { indent: 2, hanging: 4 })),
  ];
}

const againWord = 'Again  ';

function againLines(survival: Survival, columns: number): string[] {
  const indent = againWord.length;
  const [first, ...rest] = wrap(againWords(survival, loseWords(survival)).join(' '), columns, { indent });
  return [againWord + first.slice(indent), ...rest];
}

import type { Result } from '../../result/index.ts';
import {
  factorText,
  headroomFacts,
  reasonText,
  runsText,
  targetFacts,
  tightestFacts,
  verdictOf,
  verdictWord,
  warmUpTexts,
} from '../reading/verdict-facts.ts';
import { apart } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

/** Title line, the verdict in one line (load, needs, claims, the tightest station), and why the load is too much. */
export function verdictSection(result: Result, page: Page): Section {
  const { style, columns } = page;
  const { status } = verdictOf(result);
  const paint = {
    pass: style.green,
    none: style.green,
    warn: style.yellow,
    inconclusive: style.yellow,
    fail: style.red,
  }[status];
  const state = verdictWord(result);
  const facts = [...targetFacts(result), ...tightestFacts(result, page.names)].join(' · ');
  const indent = state.length + 2;
  const [first = '', ...rest] = wrap(facts, columns, { indent });
  return [
    apart(style.bold(result.scenario.name), style.dim(runsText(result)), columns),
    ...titleLines(result, page),
    `${style.bold(paint(state))}${first.slice(state.length)}`,
    ...rest,
    ...headroomLines(result, page),
    ...[
      ...result.loadReasons.map((reason) => reasonText(reason, page.names)),
      ...warmUpTexts(result, page.names),
    ].flatMap((text) => wrap(text, columns, { indent: 2 }).map(style.yellow)),
  ];
}

/** The headline of a run that was asked how far the load can grow. */
function headroomLines(result: Result, { columns, names, style }: Page): Section {
  const { headroom } = result;
  if (headroom === undefined) return [];
  const word = `HEADROOM ${headroom.low === 0 ? 'NONE' : factorText(headroom.low)}`;
  const paint = headroom.low >= 1 ? style.green : style.red;
  const [first = '', ...rest] = wrap(headroomFacts(result, names).join(' · '), columns, {
    indent: word.length + 2,
  });
  return [`${style.bold(paint(word))}${first.slice(word.length)}`, ...rest];
}

const titleLines = ({ scenario: { title } }: Result, { style, columns }: Page): string[] =>
  title === undefined ? [] : wrap(title, columns).map(style.dim);

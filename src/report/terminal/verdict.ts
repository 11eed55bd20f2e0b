import type { Result } from '../../result/index.ts';
import { reasonText, runsText, targetFacts, tightestFacts, warmUpTexts } from '../reading/verdict-facts.ts';
import { apart } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

/** Title line, the verdict in one line (load, needs, claims, the tightest station), and why the load is too much. */
export function verdictSection(result: Result, page: Page): Section {
  const { style, columns } = page;
  const paint = { stable: style.green, backlogged: style.yellow, overloaded: style.red }[result.load];
  const state = result.load.toUpperCase();
  const facts = [...targetFacts(result), ...tightestFacts(result, page.names)].join(' · ');
  const indent = state.length + 2;
  const [first = '', ...rest] = wrap(facts, columns, { indent });
  return [
    apart(style.bold(result.scenario.name), style.dim(runsText(result)), columns),
    ...titleLines(result, page),
    `${style.bold(paint(state))}${first.slice(state.length)}`,
    ...rest,
    ...[
      ...result.loadReasons.map((reason) => reasonText(reason, page.names)),
      ...warmUpTexts(result, page.names),
    ].flatMap((text) => wrap(text, columns, { indent: 2 }).map(style.yellow)),
  ];
}

const titleLines = ({ scenario: { title } }: Result, { style, columns }: Page): string[] =>
  title === undefined ? [] : wrap(title, columns).map(style.dim);

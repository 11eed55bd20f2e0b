import type { Plan } from '../../result/index.ts';
import { type PagePart, staticPage } from '../svg/page.ts';
import { variableNames } from '../sweep/reading.ts';
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

/** A plan as one page that opens offline. */
export function planHtml(plan: Plan): string {
  const shown = plan.winner ?? plan.nearestMiss;
  const part = (heading: string, columns: string[], rows: readonly string[][]): PagePart[] =>
    rows.length === 0
      ? []
      : [{ heading }, { columns, rows: rows.map((cells) => ({ cells, ...lookOf(cells) })), isText: true }];
  const parts: PagePart[] = [
    { paragraph: `${verdictWord(plan)}  ${headline(plan)}` },
    ...(plan.regret === undefined ? [] : [{ paragraph: regretHeadline(plan, plan.regret) }]),
    ...[certainty(plan), searchText(plan), ...notes(plan)]
      .filter((line) => line !== '')
      .map((paragraph) => ({ paragraph, look: 'muted' as const })),
    ...part('Designs', ['', ...variableNames(plan), plan.minimised, '', 'fullest'], designRows(plan)),
    ...(plan.regret === undefined
      ? []
      : [
          ...part('Least regret', ['design', ...regretColumns.slice(1)], regretRows(plan, plan.regret)),
          ...regretNotes(plan.regret).map((paragraph): PagePart => ({ paragraph, look: 'muted' })),
        ]),
    ...part(needsTitle(plan), ['need', 'measured', ''], shown === undefined ? [] : needRows(shown)),
    ...part('What each need costs', ['need', 'saved without it', 'by'], priceRows(plan)),
    ...part('Why the others are out', ['designs', 'which', 'why', 'nearest'], rejectedRows(plan)),
    { heading: 'Again, and on' },
    { command: againWords(plan).join(' ') },
    { command: lookWords(plan).join(' ') },
  ];
  return staticPage(`${plan.scenario.name}: plan`, parts);
}

const lookOf = ([first]: readonly string[]) => (first === 'winner' ? { look: 'best' as const } : {});

import type { Plan } from '../../result/index.ts';
import { markdownTable, plain } from '../markdown/table.ts';
import { variableNames } from '../sweep/reading.ts';
import {
  certainty,
  designRows,
  headline,
  needRows,
  needsTitle,
  notes,
  priceRows,
  rejectedRows,
  searchText,
} from './reading.ts';
import { regretColumns, regretHeadline, regretNotes, regretRows } from './regret.ts';

/** A plan for a pull request or a wiki. */
export function planMarkdown(plan: Plan): string {
  const shown = plan.winner ?? plan.nearestMiss;
  const part = (heading: string, headers: readonly string[], rows: readonly string[][]) =>
    rows.length === 0
      ? []
      : [
          `### ${heading}`,
          markdownTable(
            headers.map((header) => ({ header: plain(header) })),
            rows.map((cells) => cells.map(plain)),
          ),
        ];
  const parts = [
    `## ${plain(plan.scenario.name)}: ${plain(headline(plan))}`,
    ...(plan.regret === undefined ? [] : [plain(regretHeadline(plan, plan.regret))]),
    plain([certainty(plan), searchText(plan)].filter((line) => line !== '').join('; ')),
    ...part('Designs', ['', ...variableNames(plan), plan.minimised, '', 'fullest'], designRows(plan)),
    ...(plan.regret === undefined
      ? []
      : [
          ...part('Least regret', ['design', ...regretColumns.slice(1)], regretRows(plan, plan.regret)),
          regretNotes(plan.regret).map(plain).join('; '),
        ]),
    ...part(needsTitle(plan), ['need', 'measured', ''], shown === undefined ? [] : needRows(shown)),
    ...part('What each need costs', ['need', 'saved without it', 'by'], priceRows(plan)),
    ...part('Why the others are out', ['designs', 'which', 'why', 'nearest'], rejectedRows(plan)),
    notes(plan)
      .map((note) => `- ${plain(note)}`)
      .join('\n'),
  ];
  return `${parts.filter((each) => each !== '').join('\n\n')}\n`;
}

import type { Uncertainty } from '../../result/index.ts';
import { code, markdownTable, plain } from '../markdown/table.ts';
import { againWords, brokenWords, headline, influenceTitle, methodText, notes, runsText } from './reading.ts';
import { influenceTable, type Table, targetTable } from './tables.ts';

/** Uncertain inputs for a pull request or a wiki. */
export function uncertaintyMarkdown(document: Uncertainty): string {
  const broken = brokenWords(document);
  const parts = [
    `## ${plain(document.scenario.name)}`,
    `**${plain(headline(document))}**`,
    `${plain(runsText(document))}.`,
    written(targetTable(document)),
    ...document.influence.flatMap((influence) => [
      `### ${plain(influenceTitle(influence))}`,
      written(influenceTable(document, influence)),
    ]),
    [methodText(document), ...notes(document)].map((note) => `- ${plain(note)}`).join('\n'),
    code(againWords(document).join(' ')),
    ...(broken.length === 0 ? [] : ['A draw that broke what is asked:', code(broken.join(' '))]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const written = ({ columns, rows }: Table): string =>
  markdownTable(
    columns.map((header, at) => ({ header: plain(header), align: at > 1 ? ('right' as const) : undefined })),
    rows.map((row) => row.map(plain)),
  );

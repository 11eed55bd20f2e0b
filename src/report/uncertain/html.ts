import type { Uncertainty } from '../../result/index.ts';
import { type PagePart, staticPage } from '../svg/page.ts';
import { uncertainCharts } from './charts.ts';
import { againWords, brokenWords, headline, lookOf, methodText, notes, runsText } from './reading.ts';
import { influenceTable, type Table, targetTable } from './tables.ts';

/** Uncertain inputs as one page that opens offline. */
export function uncertaintyHtml(document: Uncertainty): string {
  const charts = Object.values(uncertainCharts(document));
  const broken = brokenWords(document);
  const parts: PagePart[] = [
    { paragraph: headline(document), look: lookOf(document) },
    { paragraph: runsText(document), look: 'muted' },
    { heading: 'How likely each target is kept' },
    part(targetTable(document)),
    { heading: 'Which input matters' },
    ...[methodText(document), ...notes(document)].map((paragraph) => ({
      paragraph,
      look: 'muted' as const,
    })),
    ...document.influence.flatMap((influence, at): PagePart[] => [
      { picture: charts[at] },
      part(influenceTable(document, influence)),
    ]),
    { heading: 'Again' },
    { command: againWords(document).join(' ') },
    ...(broken.length === 0
      ? []
      : [{ heading: 'Look at a draw that broke what is asked' }, { command: broken.join(' ') }]),
  ];
  return staticPage(`${document.scenario.name}: uncertain inputs`, parts);
}

const part = ({ columns, rows }: Table): PagePart => ({ columns, rows: rows.map((cells) => ({ cells })) });

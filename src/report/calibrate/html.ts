import type { Calibration } from '../../result/index.ts';
import { type PagePart, staticPage } from '../svg/page.ts';
import { calibrationCharts } from './charts.ts';
import { headline, sourceText } from './reading.ts';
import { fitTables } from './table.ts';

/** A calibration as one page that opens offline: what to paste, and what was measured drawn beside what was fitted. */
export function calibrationHtml(calibration: Calibration): string {
  const isPoor = calibration.what === 'distribution' && calibration.fit === 'poor';
  const parts: PagePart[] = [
    { paragraph: headline(calibration), look: isPoor ? 'bad' : 'good' },
    ...calibration.sources.map((source): PagePart => ({ paragraph: sourceText(source), look: 'muted' })),
    ...calibration.warnings.map((warning): PagePart => ({ paragraph: `! ${warning}`, look: 'bad' })),
    { heading: 'To paste into a scenario' },
    ...calibration.yaml.split('\n').map((command): PagePart => ({ command })),
    { heading: 'How well it fits' },
    ...Object.values(calibrationCharts(calibration)).map((picture): PagePart => ({ picture })),
    ...fitTables(calibration).flatMap(({ columns, heading, rows }): PagePart[] => [
      { heading },
      { columns, rows },
    ]),
  ];
  return staticPage(`Calibration of ${calibration.sources.map(({ of }) => of).join(', ')}`, parts);
}

import type { Sweep } from '../../result/index.ts';
import { percent, stateWords, stationName } from '../limit/reading.ts';
import { type PagePart, staticPage } from '../svg/page.ts';
import { sweepCharts } from './charts.ts';
import {
  againWords,
  headline,
  lookWords,
  metricName,
  notes,
  runsText,
  valueText,
  variableNames,
} from './reading.ts';

/** A sweep as one page that opens offline. */
export function sweepHtml(sweep: Sweep): string {
  const { best, points, scenario, shown } = sweep;
  const parts: PagePart[] = [
    { paragraph: headline(sweep) },
    { paragraph: runsText(sweep), look: 'muted' },
    ...notes(sweep).map((paragraph) => ({ paragraph, look: 'muted' as const })),
    ...Object.values(sweepCharts(sweep)).map((picture): PagePart => ({ picture })),
    { heading: 'All points' },
    {
      columns: [...variableNames(sweep), '', ...shown.map(metricName), 'fullest'],
      rows: points.map((point, at) => ({
        cells: [
          ...point.values,
          stateWords[point.state],
          ...shown.map((id) => valueText(sweep, point, id)),
          point.fullest === undefined
            ? ''
            : `${stationName(point.fullest)} ${percent(point.fullest.utilization)}`,
        ],
        ...(at === best
          ? { look: 'best' as const }
          : point.state === 'fails'
            ? { look: 'bad' as const }
            : {}),
      })),
    },
    { heading: 'Again, and on' },
    { command: againWords(sweep).join(' ') },
    { command: lookWords(sweep).join(' ') },
  ];
  return staticPage(`${scenario.name}: sweep`, parts);
}

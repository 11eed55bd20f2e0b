import type { Limit } from '../../result/index.ts';
import { type PagePart, staticPage } from '../svg/page.ts';
import { limitCharts } from './charts.ts';
import {
  againWords,
  askedText,
  factorText,
  fullText,
  headline,
  lookOf,
  measuredText,
  nextCommands,
  notes,
  reasonText,
  runsText,
  stationText,
  unitOf,
} from './reading.ts';
import { curveTable } from './table.ts';

/** A limit as one page that opens offline. */
export function limitHtml(limit: Limit): string {
  const { breaks, points, scenario } = limit;
  const { columns, rows } = curveTable(limit);
  const parts: PagePart[] = [
    { paragraph: headline(limit), look: lookOf(limit) },
    { paragraph: `${runsText(limit)}; ${askedText(limit)}`, look: 'muted' },
    ...(breaks === undefined
      ? []
      : [
          { heading: `What breaks first, at ${factorText(breaks.factor)}` },
          ...(breaks.full === undefined ? [] : [{ paragraph: fullText(breaks.full, breaks.factor) }]),
          ...breaks.loadReasons.map((reason) => ({ paragraph: reasonText(reason) })),
          ...breaks.targets.flatMap((target): PagePart[] => [
            { paragraph: `${target.target}: ${measuredText(target, unitOf(target))}` },
            ...(target.reason === undefined ? [] : [{ paragraph: target.reason, look: 'muted' as const }]),
          ]),
          ...(breaks.station === undefined ? [] : [{ paragraph: `at ${stationText(breaks.station)}` }]),
          ...(breaks.lifts.length === 0 ? [] : [{ heading: 'What would lift it' }]),
          ...breaks.lifts.map(
            ({ set, from, state }): PagePart => ({
              paragraph: `${set} (from ${from}): ${state} at ${factorText(breaks.factor)}`,
              ...(state === 'undecided' ? {} : { look: state === 'holds' ? 'good' : 'bad' }),
            }),
          ),
        ]),
    { heading: 'Latency and utilization against load' },
    ...Object.values(limitCharts(limit)).map((picture): PagePart => ({ picture })),
    {
      columns,
      rows: rows.map((cells, at) => ({
        cells,
        ...(points[at].factor === limit.headroom.low
          ? { look: 'best' as const }
          : points[at].state === 'fails'
            ? { look: 'bad' as const }
            : {}),
      })),
    },
    ...notes(limit).map((paragraph) => ({ paragraph, look: 'muted' as const })),
    { heading: 'Again, and on' },
    { command: againWords(limit).join(' ') },
    ...nextCommands(limit).flatMap(({ words, why }): PagePart[] => [
      { command: words.join(' ') },
      { paragraph: why, look: 'muted' },
    ]),
  ];
  return staticPage(`${scenario.name}: headroom`, parts);
}

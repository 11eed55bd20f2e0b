import type { Result, WaterfallPart, WaterfallResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { bar } from '../text/bar.ts';
import { type Row, table } from '../text/table.ts';
import { titleOf } from './find.ts';
import type { Page, Section } from './page.ts';

const barColumns = 20;

/** Where a request's time goes, on the mean and near p99; the parts add up to the latency. */
export function waterfallSection(result: Result, page: Page): Section {
  return result.waterfalls.flatMap((waterfall, at) => [
    ...(at === 0 ? [] : ['']),
    ...waterfallTable(waterfall, result.waterfalls.length > 1, page),
  ]);
}

function waterfallTable(
  waterfall: WaterfallResult,
  isOneOfMany: boolean,
  { style, columns }: Page,
): string[] {
  const shown = waterfall.parts.filter(
    ({ mean, p99 }) => mean > waterfall.mean / 1000 || p99 > waterfall.p99 / 1000,
  );
  const full = Math.max(...shown.map(({ mean }) => mean));
  const byStation = groupParts(shown);
  const rows = [...byStation].flatMap(([station, parts]) =>
    parts.map(
      (part, at): Row => [
        at === 0 ? `  ${stationTitle(station)}` : '',
        part.phase,
        formatQuantity(part.mean, 'duration'),
        formatQuantity(part.p99, 'duration'),
        { text: bar(part.mean, full, barColumns), paint: part.waits ? style.yellow : style.cyan },
      ],
    ),
  );
  const title = isOneOfMany ? `Where the time of ${waterfall.workload} goes` : 'Where the time goes';
  const sum: Row = [
    '  all',
    '',
    formatQuantity(waterfall.mean, 'duration'),
    formatQuantity(waterfall.p99, 'duration'),
  ];
  return table(
    [
      { header: title },
      { minimum: 10 },
      { header: 'mean', align: 'right' },
      { header: 'near p99', align: 'right' },
      {},
    ],
    rows.length > 1 ? [...rows, sum] : rows,
    { columns, paintHeader: style.bold },
  );
}

const stationTitle = (station: string): string => (station.includes('.') ? titleOf(station) : station);

function groupParts(parts: readonly WaterfallPart[]): Map<string, WaterfallPart[]> {
  const groups = new Map<string, WaterfallPart[]>();
  for (const part of parts) groups.set(part.station, [...(groups.get(part.station) ?? []), part]);
  return groups;
}

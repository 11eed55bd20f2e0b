import type { MetricResult, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { hasSeen, pathsWith } from '../reading/find.ts';
import { type Row, table } from '../text/table.ts';
import type { Page, Section } from './page.ts';

/** What batches do: how large they get, how long entries wait, what is lost, how much they could carry at most. */
export function batchSection(result: Result, { names, style, columns }: Page): Section {
  const paths = pathsWith(result, 'flushWait.mean').filter((path) =>
    hasSeen(result.metrics[`${path}.size.mean`]),
  );
  if (paths.length === 0) return [];
  const rows = paths.flatMap((path): Row[] => {
    const metric = (name: string): MetricResult | undefined => result.metrics[`${path}.${name}`];
    const lost = [metric('lost.total'), metric('inDoubt.total')].reduce(
      (sum, each) => sum + (each?.value ?? 0),
      0,
    );
    const own: Row = [
      `  ${names.of(path)}`,
      estimateText(metric('size.mean')),
      estimateText(metric('wait.mean')),
      formatQuantity(lost, 'count'),
      estimateText(metric('reachableThroughput')),
    ];
    const [size, wait] = [metric('size.mean')?.exact, metric('wait.mean')?.exact];
    if (size === undefined || wait === undefined) return [own];
    return [
      own,
      ['    exact', formatQuantity(size.value, 'count'), formatQuantity(wait.value, 'duration'), '', ''],
    ];
  });
  const column = (header: string) => ({ header, align: 'interval' as const });
  return table(
    [
      { header: 'Batches', minimum: 14, wraps: true },
      column('entries'),
      column('wait, mean'),
      { header: 'lost', align: 'right' as const },
      column('at most'),
    ],
    rows,
    { columns, paintHeader: style.bold },
  );
}

/** What grouping records saves. */
export function groupSection(result: Result, { names, style, columns }: Page): Section {
  const rows = pathsWith(result, 'writesSaved')
    .filter((path) => hasSeen(result.metrics[`${path}.writesSaved`]))
    .map(
      (path): Row => [
        `  ${names.of(path)}`,
        estimateText(result.metrics[`${path}.groupSize.mean`]),
        estimateText(result.metrics[`${path}.writesSaved`]),
      ],
    );
  if (rows.length === 0) return [];
  const column = (header: string) => ({ header, align: 'interval' as const });
  return table(
    [{ header: 'Groups', minimum: 14, wraps: true }, column('records'), column('writes saved')],
    rows,
    { columns, paintHeader: style.bold },
  );
}

import type { Result } from '../../result/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { isWhole, pathsWith } from '../reading/find.ts';
import { type Row, table } from '../text/table.ts';
import type { Page, Section } from './page.ts';

/** What it costs consumer groups that members come and go: how long partitions stand still, and until lag is gone. */
export function rebalanceSection(result: Result, { names, style, columns }: Page): Section {
  const rows = pathsWith(result, 'rebalances.total')
    .filter((path) => isWhole(path) && (result.metrics[`${path}.rebalances.total`].value ?? 0) > 0)
    .map(
      (path): Row => [
        `  ${names.of(path)}`,
        ...['rebalances.total', 'rebalancePause.mean', 'rebalancePause.max', 'drainTime.max'].map((view) =>
          estimateText(result.metrics[`${path}.${view}`]),
        ),
      ],
    );
  if (rows.length === 0) return [];
  const column = (header: string) => ({ header, align: 'interval' as const });
  return table(
    [
      { header: 'Rebalances', minimum: 14, wraps: true },
      column('a run'),
      column('pause, mean'),
      column('longest'),
      column('then drains'),
    ],
    rows,
    { columns, paintHeader: style.bold },
  );
}

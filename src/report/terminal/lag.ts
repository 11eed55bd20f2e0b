import type { Result } from '../../result/index.ts';
import { type Row, table } from '../text/table.ts';
import { estimateText, pathsWith, titleOf } from './find.ts';
import type { Page, Section } from './page.ts';

/** How far replicas and consumers are behind. */
export function lagSection(result: Result, { style, columns }: Page): Section {
  const rows = ['replicationLag', 'lagSeconds'].flatMap((metric) =>
    pathsWith(result, `${metric}.p95`)
      .filter((path) => result.metrics[`${path}.${metric}.p95`].data !== 'none')
      .map((path): Row => {
        const value = (view: string) => estimateText(result.metrics[`${path}.${metric}.${view}`]);
        return [`  ${titleOf(path)}`, value('p50'), value('p95'), value('max')];
      }),
  );
  if (rows.length === 0) return [];
  const column = (header: string) => ({ header, align: 'interval' as const });
  return table([{ header: 'Lag', minimum: 16 }, column('p50'), column('p95'), column('max')], rows, {
    columns,
    gap: 3,
    paintHeader: style.bold,
  });
}

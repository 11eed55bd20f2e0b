import type { Result } from '../../result/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { hasSeen, isWhole, pathsWith } from '../reading/find.ts';
import { type Row, table } from '../text/table.ts';
import type { Page, Section } from './page.ts';

const most = 12;
const meters = ['replicationLag', 'lagSeconds'];

/** How far replicas and consumers are behind. */
export function lagSection(result: Result, { names, style, columns }: Page): Section {
  const rows = meters.flatMap((meter) => {
    const paths = pathsWith(result, `${meter}.p95`).filter((path) =>
      hasSeen(result.metrics[`${path}.${meter}.p95`]),
    );
    const wholes = paths.filter(isWhole);
    return paths
      .filter((path) => isWhole(path) || isOneOfMany(path, paths))
      .map((path): Row => {
        const value = (view: string) => estimateText(result.metrics[`${path}.${meter}.${view}`]);
        const isPart = !isWhole(path) && wholes.some((whole) => path.startsWith(`${whole}.`));
        return [
          isPart ? `    ${names.part(path)}` : `  ${names.of(path)}`,
          value('p50'),
          value('p95'),
          value('max'),
        ];
      });
  });
  if (rows.length === 0) return [];
  const column = (header: string) => ({ header, align: 'interval' as const });
  const more = rows.length > most ? [style.dim(`  and ${rows.length - most} more: --json`)] : [];
  return [
    ...table(
      [{ header: 'Lag', minimum: 14, wraps: true }, column('p50'), column('p95'), column('max')],
      rows.slice(0, most),
      {
        columns,
        paintHeader: style.bold,
      },
    ),
    ...more,
  ];
}

/** A part says something only where there are several of them. */
const isOneOfMany = (path: string, paths: readonly string[]): boolean => {
  const owner = path.split('.').slice(0, 2);
  return paths.filter((other) => !isWhole(other) && other.startsWith(`${owner[0]}.${owner[1]}.`)).length > 1;
};

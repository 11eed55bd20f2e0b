import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { type Row, table } from '../text/table.ts';
import { estimateText, pathsWith, titleOf } from './find.ts';
import type { Page, Section } from './page.ts';

/** Rows of a workload's table: what it is called, and which metric it shows. */
const lines: [string, string][] = [
  ['throughput', 'throughput'],
  ['latency  mean', 'answeredLatency.mean'],
  ['         p50', 'latency.p50'],
  ['         p95', 'latency.p95'],
  ['         p99', 'latency.p99'],
  ['         p99.9', 'latency.p999'],
];

/** Throughput and latency of each workload, beside the closed form where there is one, and how its operations ended. */
export function workloadSection(result: Result, page: Page): Section {
  return pathsWith(result, 'availability').flatMap((path, at) => [
    ...(at === 0 ? [] : ['']),
    ...latencyTable(path, result, page),
    ...originLines(path, result, page),
    ...endings(path, result, page),
  ]);
}

function latencyTable(path: string, result: Result, { style, columns }: Page): string[] {
  const calls = result.topology.nodes.find(({ id }) => id === path)?.calls[0];
  const title = `${titleOf(path)}${calls === undefined ? '' : ` → ${titleOf(calls)}`}`;
  const models = new Set(
    lines.flatMap(([, metric]) => result.metrics[`${path}.${metric}`]?.exact?.model ?? []),
  );
  const rows = lines.map(([label, metric]): Row => {
    const found = result.metrics[`${path}.${metric}`];
    const exact = found?.exact === undefined ? [] : [formatQuantity(found.exact.value, found.unit)];
    return [label, estimateText(found), ...exact];
  });
  const exactColumn =
    models.size === 0 ? [] : [{ header: `exact, ${[...models].join(', ')}`, align: 'right' as const }];
  return table(
    [{ header: title }, { header: 'simulated', align: 'interval' }, ...exactColumn],
    rows.map((row) => (typeof row === 'string' ? row : [`  ${row[0] as string}`, ...row.slice(1)])),
    { columns, gap: 4, paintHeader: style.bold },
  );
}

/** Per origin, where there are several. */
function originLines(path: string, result: Result, { columns }: Page): string[] {
  const origins = pathsWith(result, 'goodputRatio').filter((id) => id.startsWith(`${path}.from.`));
  if (origins.length < 2) return [];
  const rows = origins.map((id): Row => {
    const value = (metric: string) => estimateText(result.metrics[`${id}.${metric}`]);
    return [`  from ${id.split('.')[3]}`, value('latency.p50'), value('latency.p95'), value('latency.p99')];
  });
  const column = (header: string) => ({ header, align: 'interval' as const });
  return [
    '',
    ...table([{ header: '' }, column('p50'), column('p95'), column('p99')], rows, { columns, gap: 3 }),
  ];
}

/** How operations ended; the parts add up. Left out where every one succeeded. */
function endings(path: string, result: Result, { style, columns }: Page): string[] {
  const total = (metric: string) => result.metrics[`${path}.${metric}.total`]?.value ?? 0;
  const arrived = total('arrivals');
  const parts = ['succeeded', 'rejected', 'timedOut', 'failed', 'unfinished', 'abandoned'].filter(
    (part) => total(part) > 0,
  );
  if (parts.length <= 1) return [];
  const words: Record<string, string> = {
    timedOut: 'timed out',
    unfinished: 'unfinished',
    abandoned: 'never sent',
  };
  const rows = parts.map(
    (part): Row => [
      `  ${words[part] ?? part}`,
      formatQuantity(total(part), 'count', { digits: 4 }),
      formatQuantity(total(part) / arrived, 'ratio', { digits: 3 }),
    ],
  );
  const reasons = result.failures
    .filter(
      ({ workload, reason }) => workload === titleOf(path) && reason !== 'rejected' && reason !== 'timed-out',
    )
    .map(({ reason, count, means }) =>
      style.dim(`    ${formatQuantity(count, 'count')} ${reason}: ${means}`),
    );
  return [
    '',
    ...table(
      [
        { header: `  of ${formatQuantity(arrived, 'count', { digits: 4 })} operations a run` },
        { align: 'right' },
        { align: 'right' },
      ],
      rows,
      { columns },
    ),
    ...reasons,
  ];
}

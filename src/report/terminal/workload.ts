import type { CallerResult, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { hasSeen, pathsWith } from '../reading/find.ts';
import { unsteadyNote } from '../reading/steady.ts';
import { type Column, type Row, table } from '../text/table.ts';
import { endingLines } from './endings.ts';
import type { Page, Section } from './page.ts';
import { titled } from './titled.ts';

/** So many workloads have a table each; more share one. */
const mostTables = 3;
const mostOrigins = 12;

/** Rows of a workload's table: what it is called, the metric it shows, and what that is of answered operations alone. */
const lines: readonly (readonly [string, string, string?])[] = [
  ['throughput', 'throughput'],
  ['latency  mean', 'latency.mean', 'answeredLatency.mean'],
  ['         p50', 'latency.p50', 'answeredLatency.p50'],
  ['         p95', 'latency.p95', 'answeredLatency.p95'],
  ['         p99', 'latency.p99', 'answeredLatency.p99'],
  ['         p99.9', 'latency.p999', 'answeredLatency.p999'],
];

/** Throughput and latency of each workload, beside the closed form where there is one, and how its operations ended. */
export function workloadSection(result: Result, page: Page): Section {
  const known = result.callers.filter(({ id }) => `${id}.latency.p50` in result.metrics);
  const callers = known.filter(({ id }) => hasSeen(result.metrics[`${id}.latency.p50`]));
  const silent = known.filter((caller) => !callers.includes(caller));
  const tables =
    callers.length > mostTables
      ? [sharedTable(callers, result, page)]
      : callers.map((caller) => ownTable(caller, result, page));
  const nothing = silent.map(
    ({ id }) => `${page.names.owner(id)}: no operation arrived in the measured window`,
  );
  return [...tables, ...(nothing.length > 0 ? [nothing] : [])].flatMap((block, at) =>
    at === 0 ? block : ['', ...block],
  );
}

function ownTable(caller: CallerResult, result: Result, page: Page): string[] {
  return [
    ...latencyTable(caller, result, page),
    ...originTable(caller.id, result, page),
    ...endingLines(caller.id, result, page),
  ];
}

function latencyTable(caller: CallerResult, result: Result, page: Page): string[] {
  const { names, style, columns } = page;
  const { id, call, opens } = caller;
  const metric = (name: string) => result.metrics[`${id}.${name}`];
  const models = [...new Set(lines.flatMap(([, name]) => metric(name)?.exact?.model ?? []))];
  const isCut = lines.some(([, name]) => metric(name)?.value === null);
  const rows = lines.map(([label, name, answered]): Row => {
    const found = metric(name);
    const exact = found?.exact === undefined ? '' : formatQuantity(found.exact.value, found.unit);
    return [
      `  ${label}`,
      estimateText(found),
      ...(isCut ? [answered === undefined ? '' : estimateText(metric(answered))] : []),
      exact,
    ];
  });
  const note = unsteadyNote(result, id);
  const title = `${names.owner(id)} → ${opens === undefined ? '' : `${opens}, then `}${call}`;
  const shown = table(
    [
      {},
      { header: note === undefined ? 'simulated' : `simulated, ${note}`, align: 'interval' },
      ...(isCut ? [{ header: 'answered ones', align: 'interval' as const }] : []),
      ...(models.length > 0 ? [{ header: `exact, ${models.join(', ')}`, align: 'decimal' as const }] : []),
    ],
    rows,
    { columns, gap: 3, paintHeader: style.bold },
  );
  return titled(title, shown, page);
}

const views = ['p50', 'p95', 'p99'] as const;
const viewColumns: Column[] = views.map((header) => ({ header, align: 'interval' }));

/** Per origin, where there are several. */
function originTable(id: string, result: Result, { columns, style }: Page): string[] {
  const origins = originsOf(id, result);
  if (origins.length < 2) return [];
  const rows = origins
    .slice(0, mostOrigins)
    .map((path): Row => [`  from ${originOf(path)}`, ...latencies(path, result)]);
  const more =
    origins.length > mostOrigins ? [style.dim(`  and ${origins.length - mostOrigins} more: --json`)] : [];
  return ['', ...table([{ minimum: 12, wraps: true }, ...viewColumns], rows, { columns }), ...more];
}

const originsOf = (id: string, result: Result): string[] =>
  pathsWith(result, 'latency.p50').filter((path) => path.startsWith(`${id}.from.`));

const originOf = (path: string): string => path.split('.')[3];

const latencies = (path: string, { metrics }: Result): string[] =>
  views.map((view) => estimateText(metrics[`${path}.latency.${view}`]));

/** Many workloads in one table, with what went wrong below it. */
function sharedTable(callers: readonly CallerResult[], result: Result, page: Page): string[] {
  const { columns, names, style } = page;
  const rows = callers.map(
    ({ id }): Row => [
      `  ${names.owner(id)}`,
      estimateText(result.metrics[`${id}.throughput`]),
      ...latencies(id, result),
    ],
  );
  const notes = new Set(callers.flatMap(({ id }) => unsteadyNote(result, id) ?? []));
  const title = notes.size === 0 ? 'Workloads' : `Workloads (${[...notes].join(', ')})`;
  const failing = callers.flatMap(({ id }) => {
    const endings = endingLines(id, result, page);
    return endings.length > 1 ? endings : [];
  });
  return [
    ...table(
      [
        { header: title, minimum: 12, wraps: true },
        { header: 'throughput', align: 'interval' },
        ...viewColumns,
      ],
      rows,
      { columns, paintHeader: style.bold },
    ),
    ...failing,
  ];
}

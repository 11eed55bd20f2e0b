import { ownerOf } from '../../metrics/index.ts';
import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { isWhole, pathsWith } from '../reading/find.ts';
import { type Row, table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

/** What autoscalers decided and could not have, and what became of nodes. */
export function scalingSection(result: Result, page: Page): Section {
  const paths = pathsWith(result, 'scaleUps.total').filter((path) => !isWhole(path));
  const owners = [...new Set(paths.map(ownerOf))];
  const moved = owners.filter((owner) => hasMoved(owner, result));
  const still = owners.filter((owner) => !moved.includes(owner));
  const stillLines = still.flatMap((owner) => stillText(owner, paths, result, page));
  const nodes = pathsWith(result, 'interruptions.total')
    .filter(isWhole)
    .flatMap((path) => nodeLines(path, result, page));
  const moving = paths.filter((path) => moved.includes(ownerOf(path)));
  const lines = [...stillLines, ...nodes];
  if (moving.length > 0) return [...scalingTable(moving, result, page), ...lines];
  return lines.length === 0 ? [] : [page.style.bold('Scaling'), ...lines];
}

const decisions = ['scaleUps', 'scaleDowns', 'scalingRefused'];

const hasMoved = (owner: string, { metrics }: Result): boolean =>
  decisions.some((name) => (metrics[`${owner}.${name}.total`]?.value ?? 0) > 0);

function stillText(
  owner: string,
  paths: readonly string[],
  { metrics }: Result,
  { names, columns }: Page,
): string[] {
  const parts = paths.filter((path) => ownerOf(path) === owner);
  const counts = parts.map(
    (path) => `${countText(metrics[`${path}.instances.max`]?.value)} ${names.part(path)}`,
  );
  return wrap(`${names.owner(owner)} stayed as it was: ${counts.join(', ')}`, columns, { indent: 2 });
}

function scalingTable(
  paths: readonly string[],
  { metrics }: Result,
  { names, style, columns }: Page,
): string[] {
  const rows = paths.map((path, at): Row => {
    const before = paths[at - 1];
    const isFirst = before === undefined || ownerOf(before) !== ownerOf(path);
    return [
      isFirst ? `  ${names.owner(path)}` : '',
      names.part(path),
      estimateText(metrics[`${path}.instances.mean`]),
      countText(metrics[`${path}.instances.max`]?.value),
      ...decisions.map((name) => countText(metrics[`${path}.${name}.total`]?.value)),
    ];
  });
  const right = (header: string) => ({ header, align: 'right' as const });
  return table(
    [
      { header: 'Scaling', minimum: 10, wraps: true },
      { minimum: 8, wraps: true },
      { header: 'instances', align: 'interval' },
      ...['most', 'ups', 'downs', 'refused'].map(right),
    ],
    rows,
    { columns, paintHeader: style.bold },
  );
}

const countText = (value: number | null | undefined): string =>
  value === undefined || value === null ? '–' : formatQuantity(value, 'count', { digits: 3 });

/** Nodes that were taken away, and instances that found no room; nothing where neither happened. */
function nodeLines(path: string, { metrics }: Result, { names, style, columns }: Page): string[] {
  const total = (name: string) => metrics[`${path}.${name}.total`]?.value ?? 0;
  const [taken, refused] = [total('interruptions'), total('refusals')];
  const texts = [
    ...(taken > 0 ? [`${countText(taken)} spot nodes interrupted a run`] : []),
    ...(refused > 0
      ? [`${countText(refused)} instances a run found no room, and no node could be bought`]
      : []),
  ];
  if (texts.length === 0) return [];
  return wrap(`${names.owner(path)}: ${texts.join('; ')}`, columns, { indent: 2 }).map(
    refused > 0 ? style.yellow : (line) => line,
  );
}

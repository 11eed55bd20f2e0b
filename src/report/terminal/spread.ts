import type { Result, TopologyResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { sparkline } from '../text/sparkline.ts';
import { type Row, table } from '../text/table.ts';
import type { Page, Section } from './page.ts';

const sparkColumns = { narrow: 16, wide: 24 };

/** How evenly shards and partitions are loaded: the hottest against an even share, and all of them in the first run. */
export function spreadSection(result: Result, { names, style, columns }: Page): Section {
  const spread = result.topology.nodes.filter(
    ({ cells = [] }) => cells.length > 1 && cells.some(({ share }) => share > 0),
  );
  if (spread.length === 0) return [];
  const width = columns >= 100 ? sparkColumns.wide : sparkColumns.narrow;
  const rows = spread.map((node): Row => {
    const shares = (node.cells ?? []).map(({ share }) => share);
    const { text, hottest } = hottestOf(node, result);
    const factor = hottest * shares.length;
    const paint = factor >= 2 ? style.yellow : (text: string) => text;
    return [
      `  ${names.owner(node.id)}`,
      `${shares.length}`,
      text,
      { text: `${factor.toFixed(2)}×`, paint },
      sparkline(shares, { columns: width, low: 0 }),
    ];
  });
  return table(
    [
      { header: 'Shards and partitions', minimum: 14, wraps: true },
      { header: 'count', align: 'right' },
      { header: 'hottest has', align: 'interval' },
      { header: 'of even', align: 'right' },
      { header: 'first run' },
    ],
    rows,
    { columns, paintHeader: style.bold },
  );
}

/** The hottest cell's share: over all runs where a metric knows it, else of the first. */
function hottestOf(
  { id, cells = [] }: TopologyResult,
  { metrics }: Result,
): { text: string; hottest: number } {
  const known = Object.keys(metrics).find(
    (metric) => metric.startsWith(`${id}.hottest`) && metric.endsWith('Share'),
  );
  const metric = known === undefined ? undefined : metrics[known];
  if (metric !== undefined && metric.value !== null)
    return { text: estimateText(metric), hottest: metric.value };
  const hottest = Math.max(...cells.map(({ share }) => share));
  return { text: formatQuantity(hottest, 'ratio', { digits: 3 }), hottest };
}

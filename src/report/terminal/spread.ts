import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { sparkline } from '../text/sparkline.ts';
import { type Row, table } from '../text/table.ts';
import type { Page, Section } from './page.ts';

/** How evenly shards and partitions are loaded: the hottest against an even share. */
export function spreadSection(result: Result, { style, columns }: Page): Section {
  const rows = result.topology.nodes.flatMap((node): Row[] => {
    const shares = node.cells?.map(({ share }) => share) ?? [];
    if (shares.length < 2) return [];
    const hottest = Math.max(...shares);
    return [
      [
        `  ${node.title}`,
        `${shares.length}`,
        formatQuantity(hottest, 'ratio', { digits: 3 }),
        `${(hottest * shares.length).toFixed(2)}×`,
        sparkline(shares, { columns: 24, low: 0 }),
      ],
    ];
  });
  if (rows.length === 0) return [];
  return table(
    [
      { header: 'Shards and partitions' },
      { header: 'count', align: 'right' },
      { header: 'hottest', align: 'right' },
      { header: 'of even', align: 'right' },
      {},
    ],
    rows,
    { columns, paintHeader: style.bold },
  );
}

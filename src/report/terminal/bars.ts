import { bar } from '../text/bar.ts';
import type { Paint } from '../text/style.ts';
import { type Column, type Row, table } from '../text/table.ts';
import { displayWidth } from '../text/width.ts';
import type { Page } from './page.ts';
import { titled } from './titled.ts';

const widest = 40;
/** Below this a bar says nothing. */
const narrowest = 6;
const gap = 2;

export interface Bar {
  readonly value: number;
  readonly paint: Paint;
}

/** A table whose rows end in bars, which take what room is left; without bars where there is none. */
export function tableWithBars(
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly [Row, Bar | undefined])[],
  full: number,
  page: Page,
): string[] {
  const { columns: available, style } = page;
  const look = { columns: available, gap, paintHeader: style.bold };
  const bare = table(
    columns,
    rows.map(([row]) => row),
    look,
  );
  const room = Math.min(widest, available - gap - Math.max(...bare.map(displayWidth)));
  if (room < narrowest) return titled(title, bare, page);
  const withBars = rows.map(([row, drawn]): Row => {
    if (drawn === undefined || typeof row === 'string') return row;
    const empty = Array.from({ length: columns.length - row.length }, () => '');
    return [...row, ...empty, { text: bar(drawn.value, full, room), paint: drawn.paint }];
  });
  return titled(title, table([...columns, {}], withBars, look), page);
}

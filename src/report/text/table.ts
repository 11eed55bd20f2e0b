import { type Anchored, anchorsOf, placeAtAnchor } from './anchor.ts';
import type { Paint } from './style.ts';
import { alignLeft, alignRight, displayWidth, spaces, truncate } from './width.ts';
import { wrap } from './wrap.ts';

export interface Column {
  readonly header?: string;
  /**
   * `decimal` puts the points of numbers below each other, with or without a unit behind them; `interval` the
   * ± of `49.9 ± 0.5 ms`. Left unless told.
   */
  readonly align?: 'left' | 'right' | 'decimal' | 'interval';
  /** May be cut down to so many columns when the table is too wide; what has none is never cut. */
  readonly minimum?: number;
  /** What is too long goes on in the next line, instead of being cut. */
  readonly wraps?: boolean;
  /** Takes the room that is left. */
  readonly stretch?: boolean;
}

export type Cell = string | { readonly text: string; readonly paint: Paint };

/** Cells from the left, as many as there are; or a text that stands on a line of its own. */
export type Row = readonly Cell[] | string;

export interface TableOptions {
  /** Columns of the terminal: 80 unless told. */
  readonly columns?: number;
  /** Spaces before every line. */
  readonly indent?: number;
  /** Spaces between columns: 2 unless told. */
  readonly gap?: number;
  readonly paintHeader?: Paint;
}

/** Lays out rows below each other, without borders, in lines that are never wider than the terminal. */
export function table(
  columns: readonly Column[],
  rows: readonly Row[],
  options: TableOptions = {},
): string[] {
  const { columns: available = 80, indent = 0, gap = 2, paintHeader } = options;
  const header = columns.map(({ header = '' }) =>
    paintHeader ? { text: header, paint: paintHeader } : header,
  );
  const hasHeader = columns.some(({ header }) => header);
  const cells = rows.filter((row) => typeof row !== 'string');
  const anchored = columns.map(({ align }, at) =>
    anchorsOf(
      align,
      cells.map((row) => textOf(row[at])),
    ),
  );
  const natural = columns.map((column, at) =>
    Math.max(displayWidth(column.header ?? ''), anchored[at].width),
  );
  const widths = fittedWidths(columns, natural, available - indent - gap * (columns.length - 1));

  const linesOf = (row: readonly Cell[], isHeader: boolean): string[] => {
    const pieces = columns.map((column, at) => piecesOf(row[at] ?? '', column, widths[at]));
    const height = Math.max(...pieces.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) => {
      const shown = columns.map((column, at) =>
        show(pieces[at][line] ?? '', column, widths[at], isHeader ? undefined : anchored[at]),
      );
      return truncate(spaces(indent) + shown.join(spaces(gap)), available).trimEnd();
    });
  };
  const body = rows.flatMap((row) =>
    typeof row === 'string' ? truncate(spaces(indent) + row, available) : linesOf(row, false),
  );
  return hasHeader ? [...linesOf(header, true), ...body] : body;
}

/** The lines of a cell that wraps, the lower ones under the text of the first; else the cell. */
function piecesOf(cell: Cell, { wraps }: Column, width: number): Cell[] {
  const text = textOf(cell);
  if (!wraps || displayWidth(text) <= width) return [cell];
  const indent = Math.min(/^ */.exec(text)?.[0].length ?? 0, Math.floor(width / 2));
  const lines = wrap(text, width, { indent });
  return typeof cell === 'object' ? lines.map((line) => ({ ...cell, text: line })) : lines;
}

const textOf = (cell: Cell | undefined): string => (typeof cell === 'object' ? cell.text : (cell ?? ''));

/** Cuts the widest of the columns that may be cut, one column of the terminal at a time, until the table fits. */
function fittedWidths(columns: readonly Column[], natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  for (; excess > 0; excess--) {
    const widest = columns.reduce<number>((best, { minimum = Number.POSITIVE_INFINITY }, at) => {
      const canShrink = widths[at] > minimum;
      return canShrink && (best < 0 || widths[at] > widths[best]) ? at : best;
    }, -1);
    if (widest < 0) break;
    widths[widest]--;
  }
  const stretched = columns.findIndex(({ stretch }) => stretch);
  if (excess < 0 && stretched >= 0) widths[stretched] -= excess;
  return widths;
}

function show(cell: Cell, column: Column, width: number, anchored: Anchored | undefined): string {
  const text = truncate(textOf(cell), width);
  const painted = typeof cell === 'object' ? cell.paint(text) : text;
  if ((column.align ?? 'left') === 'left') return alignLeft(painted, width);
  const placed = anchored && text === textOf(cell) ? placeAtAnchor(painted, text, anchored) : painted;
  return alignRight(placed, width);
}

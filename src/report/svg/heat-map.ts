import { type Theme, textOn } from '../palette.ts';
import { element, fitted, inksOf, picture, text } from './drawing.ts';

export interface HeatCell {
  /** null: nothing was measured, or it is beyond all bounds. */
  readonly value: number | null;
  readonly text: string;
  /** A need is broken. */
  readonly isBroken: boolean;
  /** The one to look at. */
  readonly isBest: boolean;
}

export interface HeatMap {
  readonly title: string;
  readonly subtitle: string;
  readonly columnTitle: string;
  readonly rowTitle: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** By row and column; undefined where a constraint leaves the point out. */
  readonly cells: readonly (readonly (HeatCell | undefined)[])[];
  /** What the marks say. */
  readonly legend: string;
}

const frame = { left: 210, right: 24, top: 120, bottom: 104 };
const [narrowest, widest, highest, lowest] = [66, 150, 64, 30];

/** Values of two variables as cells, from calm to hot; a broken need crosses a corner, the best has a frame. */
export function drawHeatMap(map: HeatMap, theme: Theme): string {
  const inks = inksOf(theme);
  const cellWidth = Math.max(narrowest, Math.min(widest, 880 / map.columns.length));
  const cellHeight = Math.max(lowest, Math.min(highest, 420 / map.rows.length));
  const size = {
    width: Math.max(720, Math.ceil(frame.left + cellWidth * map.columns.length + frame.right)),
    height: Math.ceil(frame.top + cellHeight * map.rows.length + frame.bottom),
  };
  const values = map.cells.flat().flatMap((cell) => cell?.value ?? []);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const stepOf = (value: number | null) =>
    value === null
      ? inks.heat.length - 1
      : Math.min(
          inks.heat.length - 1,
          high > low ? Math.floor(((value - low) / (high - low)) * inks.heat.length) : 0,
        );
  const best: string[] = [];
  const cells = map.cells.flatMap((row, r) =>
    row.flatMap((cell, c) => {
      const [x, y] = [frame.left + c * cellWidth, frame.top + r * cellHeight];
      if (cell === undefined) return [];
      const fill = inks.heat[stepOf(cell.value)];
      if (cell.isBest)
        best.push(
          element('rect', {
            x: x + 1,
            y: y + 1,
            width: cellWidth - 4,
            height: cellHeight - 4,
            fill: 'none',
            stroke: inks.good,
            'stroke-width': 4,
          }),
        );
      return [
        element('rect', { x, y, width: cellWidth - 2, height: cellHeight - 2, fill }),
        ...(cell.isBroken
          ? [
              element('path', {
                d: `M${x + cellWidth - 18} ${y}L${x + cellWidth - 2} ${y}L${x + cellWidth - 2} ${y + 16}Z`,
                fill: inks.bad,
                stroke: inks.page,
              }),
            ]
          : []),
        text(x + cellWidth / 2 - 1, y + cellHeight / 2 + 5, fitted(cell.text, 15, cellWidth - 10), {
          size: 15,
          fill: textOn(fill),
          anchor: 'middle',
        }),
      ];
    }),
  );
  const bottom = frame.top + cellHeight * map.rows.length;
  const content = [
    text(24, 44, fitted(map.title, 24, size.width - 48), { size: 24, fill: inks.ink, bold: true }),
    text(24, 72, fitted(map.subtitle, 16, size.width - 48), { size: 16, fill: inks.muted }),
    text(24, frame.top - 14, map.rowTitle, { size: 15, fill: inks.muted }),
    ...map.rows.map((row, r) =>
      text(frame.left - 12, frame.top + (r + 0.5) * cellHeight + 5, fitted(row, 15, frame.left - 30), {
        size: 15,
        fill: inks.ink,
        anchor: 'end',
      }),
    ),
    ...map.columns.map((column, c) =>
      text(frame.left + (c + 0.5) * cellWidth - 1, bottom + 22, fitted(column, 15, cellWidth - 6), {
        size: 15,
        fill: inks.ink,
        anchor: 'middle',
      }),
    ),
    text(frame.left, bottom + 48, map.columnTitle, { size: 15, fill: inks.muted }),
    text(24, bottom + 84, map.legend, { size: 15, fill: inks.muted }),
    ...cells,
    ...best,
  ];
  return picture(size, `${map.title}. ${map.columnTitle} across, ${map.rowTitle} down`, inks, content);
}

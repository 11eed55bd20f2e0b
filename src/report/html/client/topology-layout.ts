import type { TopologyData } from '../page-data.ts';

/** Where everything of the drawing stands, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  readonly labels: { readonly left: number; readonly width: number };
  readonly columns: readonly { readonly left: number; readonly width: number }[];
  readonly rowHeight: number;
  /** Between the edge of a column and its boxes: links run here. */
  readonly pad: number;
  /** Top of each row, callers' first. */
  readonly tops: readonly number[];
}

const [headerHeight, callerHeight, depthGap, columnGap, stackOffset] = [30, 24, 6, 14, 5];
const minHeight = 300;

/** Rows by depth with a gap between depths; columns share what labels leave. */
export function layoutOf({ callers, rows, stacks }: TopologyData, width: number, room: number): Layout {
  const isNarrow = width < 520;
  const gutter = isNarrow ? 20 : 34;
  const labelWidth = Math.round(
    isNarrow ? Math.min(200, Math.max(112, width - gutter - stacks.length * 74)) : Math.min(230, width * 0.3),
  );
  const left = gutter + labelWidth + (isNarrow ? 4 : columnGap);
  const gap = isNarrow ? 6 : columnGap;
  const columnRoom = width - left - stackOffset;
  const columnWidth = (columnRoom - gap * (stacks.length - 1)) / stacks.length;
  const depths = new Set(rows.map(({ depth }) => depth)).size;
  // As high as there is room for, where the frame has a height of its own.
  const tall =
    Math.max(room, minHeight) -
    headerHeight -
    callers.length * callerHeight -
    depths * depthGap -
    stackOffset -
    4;
  const rowHeight = Math.floor(Math.min(44, Math.max(21, tall / Math.max(1, rows.length))));
  const tops: number[] = [];
  let top = headerHeight;
  for (let at = 0; at < callers.length; at += 1) {
    tops.push(top);
    top += callerHeight;
  }
  rows.forEach(({ depth }, at) => {
    if (at === 0 ? callers.length > 0 : rows[at - 1].depth !== depth) top += depthGap;
    tops.push(top);
    top += rowHeight;
  });
  return {
    width,
    height: top + stackOffset + 3,
    gutter,
    labels: { left: gutter, width: labelWidth },
    columns: stacks.map((_, at) => ({ left: left + at * (columnWidth + gap), width: columnWidth })),
    rowHeight,
    pad: isNarrow ? 4 : 9,
    tops,
  };
}

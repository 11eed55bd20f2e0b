const FULL = '█';
/** One eighth to seven eighths of a column, from the left. */
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * A horizontal bar: `value` of `full`, which takes `columns` columns, to an eighth of a column. What is more
 * than nothing shows at least one eighth; what exceeds `full` is as long as it. Not a number has no bar.
 */
export function bar(value: number, full: number, columns: number): string {
  if (!(value > 0) || !(full > 0)) return '';
  const ratio = value >= full ? 1 : value / full;
  const eighths = Math.max(1, Math.round(ratio * columns * 8));
  return FULL.repeat(Math.floor(eighths / 8)) + PARTS[eighths % 8];
}

import type { CatalogEntry } from '../metrics/index.ts';

/** Metrics as lines in columns: id, unit, the better direction, what is counted. */
export function metricLines(entries: readonly CatalogEntry[]): string {
  const width = Math.max(0, ...entries.map(({ id }) => id.length));
  return entries
    .map(({ id, unit, better, definition }) =>
      [id.padEnd(width), unit.padEnd(9), better.padEnd(7), definition.about].join('  '),
    )
    .map((line) => `${line}\n`)
    .join('');
}

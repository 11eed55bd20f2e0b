/** A row of comma-separated values (RFC 4180). */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A number in its base unit; what is beyond all bounds is `Infinity`. */
export const csvNumber = (value: number | null): string => (value === null ? 'Infinity' : String(value));

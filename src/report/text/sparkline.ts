const LEVELS = '▁▂▃▄▅▆▇█';

export interface SparklineOptions {
  /** At most so many columns: neighbours then share one, which shows the highest of them, so that no peak is lost. */
  readonly columns?: number;
  /** What the lowest level stands for: 0, or the lowest value below it, unless told. */
  readonly low?: number;
  /** What the highest level stands for: the highest finite value, unless told. */
  readonly high?: number;
}

/** A series as a row of blocks, one a value. NaN is a gap; infinity and what lies outside go to the nearest level. */
export function sparkline(values: readonly number[], options: SparklineOptions = {}): string {
  const shown = peaks(values, options.columns ?? values.length);
  const finite = shown.filter(Number.isFinite);
  const low = options.low ?? finite.reduce((least, value) => Math.min(least, value), 0);
  const high = options.high ?? finite.reduce((most, value) => Math.max(most, value), low);
  return shown.map((value) => levelOf(value, low, high)).join('');
}

function levelOf(value: number, low: number, high: number): string {
  if (Number.isNaN(value)) return ' ';
  if (value === Number.POSITIVE_INFINITY) return LEVELS[7];
  const ratio = high > low ? (value - low) / (high - low) : 0;
  return LEVELS[Math.min(7, Math.max(0, Math.floor(ratio * 8)))];
}

function peaks(values: readonly number[], columns: number): number[] {
  if (values.length <= columns) return [...values];
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.floor(((column + 1) * values.length) / columns);
    const known = values.slice(from, to).filter((value) => !Number.isNaN(value));
    return known.length === 0 ? Number.NaN : known.reduce((most, value) => Math.max(most, value));
  });
}

import type { ArrivalsConfig } from './arrivals-config.ts';

/** Recorded arrivals. */
export interface Trace {
  /** Times between arrivals, with a mean of 1. */
  readonly gaps: Float64Array;
  /** Arrivals a second, as recorded. */
  readonly rate: number;
}

/**
 * Reads recorded arrivals: a word for each, which begins with its instant in seconds, up to a comma; a heading is left
 * out. (A file of one line for each arrives here with its lines joined by blanks.)
 * @returns what is wrong, as a text, where it cannot be read
 */
export function traceOf(recorded: string | readonly number[]): Trace | string {
  const instants =
    typeof recorded === 'string' ? numbersOf(recorded.split(/\s+/).filter((word) => word !== '')) : recorded;
  const strange = instants.findIndex((instant) => !Number.isFinite(instant));
  if (strange >= 0) return `arrival ${strange + 1} of the trace does not begin with its instant in seconds`;
  const early = instants.findIndex((instant, at) => at > 0 && instant < instants[at - 1]);
  if (early >= 0) return `arrival ${early + 1} of the trace comes before the one before it`;
  const count = instants.length - 1;
  const length = count > 0 ? instants[count] - instants[0] : 0;
  if (!(length > 0)) return 'a trace needs two arrivals at least, at different instants';
  const mean = length / count;
  const gaps = Float64Array.from({ length: count }, (_, at) => (instants[at + 1] - instants[at]) / mean);
  return { gaps, rate: 1 / mean };
}

function numbersOf(words: readonly string[]): number[] {
  const instants = words.map((word) => Number(word.split(',')[0]));
  return Number.isNaN(instants[0]) && words.length > 1 ? instants.slice(1) : instants;
}

const evenly = Float64Array.of(1);

/** Times between arrivals where they are not drawn, with a mean of 1. */
export function gapsOf({ process }: ArrivalsConfig): Float64Array | undefined {
  if (process === 'deterministic') return evenly;
  return typeof process === 'object' && process.verb === 'trace' ? process.options.gaps : undefined;
}

import type { Vital } from '../vital.ts';

/** Attempts of the callers at one place, over the whole run. */
export class Tally {
  attempts = 0;
  /** Attempts after the first of an operation. */
  retries = 0;
  /** Attempts that were done, and those of them for which nobody waited any more. */
  done = 0;
  inVain = 0;
}

/** How it shows in attempts that callers keep a system busy which does not answer them. */
export function vitalsOf(of: string, tallies: readonly Tally[]): Vital[] {
  const sum = (count: keyof Tally) => () => tallies.reduce((total, tally) => total + tally[count], 0);
  return [
    { sign: 'retries', of, part: sum('retries'), whole: sum('attempts') },
    { sign: 'in-vain', of, part: sum('inVain'), whole: sum('done') },
  ];
}

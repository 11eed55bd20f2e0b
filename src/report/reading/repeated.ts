import type { Result } from '../../result/index.ts';

type Occurrence = Result['timeline']['occurrences'][number];

/** Something that happened once, or several times in a row. */
export interface Repeated extends Occurrence {
  /** The times, in seconds; the first is `at`. */
  readonly times: readonly number[];
}

/** Seconds after the first within which the same is told as one: a member's heartbeats are 3 s apart. */
const together = 5;

/** What happened, with what one component did again and again in a moment told once. */
export function withoutRepetition(occurrences: readonly Occurrence[]): Repeated[] {
  const told: (Repeated & { times: number[] })[] = [];
  for (const occurrence of occurrences) {
    const { at, component, what } = occurrence;
    const last = told.at(-1);
    const isSame = last?.component === component && last.what === what && at - last.at <= together;
    if (isSame) last.times.push(at);
    else told.push({ ...occurrence, times: [at] });
  }
  return told;
}

/** Mistakes in files of measurements, with their place. */
import {
  listed,
  nearestWord,
  type Problem,
  type ProblemText,
  problemAt,
  quote,
} from '../../../scenario/index.ts';

/** Places in one file. */
export class Mistakes {
  readonly problems: Problem[] = [];
  private untold = 0;

  constructor(private readonly file: string) {}

  /** After a dozen they are only counted. */
  add(line: number, column: number, length: number, text: ProblemText): void {
    if (this.problems.length < most) {
      this.problems.push(
        problemAt({ file: this.file, offset: 0, line, column, length: Math.max(1, length) }, [], text),
      );
    } else this.untold += 1;
  }

  get isEmpty(): boolean {
    return this.problems.length === 0;
  }

  /** All of them, the last one saying how many more there are. */
  all(): Problem[] {
    if (this.untold === 0) return this.problems;
    const last = this.problems[most - 1];
    return [
      ...this.problems.slice(0, -1),
      {
        ...last,
        hint: `${last.hint === undefined ? '' : `${last.hint}; `}and ${this.untold} more like these`,
      },
    ];
  }
}

const most = 12;

export const emptyFile = (): ProblemText => ({
  code: 'no-observations',
  message: 'the file holds no observations',
});

export const unknownColumn = (found: string, known: readonly string[], what = 'column'): ProblemText => {
  const near = nearestWord(found, known);
  return {
    code: 'unknown-column',
    message: `no ${what} ${quote(found)}`,
    expected: listed(known),
    found,
    ...(near === undefined ? {} : { hint: `did you mean ${quote(near)}?` }),
  };
};

export const whichColumn = (known: readonly string[], option: string, what: string): ProblemText => ({
  code: 'which-column',
  message: `several ${what}: ${listed(known)}`,
  hint: `choose one with ${option}`,
});

export const noUnit = (what: string): ProblemText => ({
  code: 'no-unit',
  message: `${what} have no unit`,
  hint: 'say it with --unit: ns, us, ms or s of durations, B or KiB of sizes, count of whole numbers',
});

export const mixedUnits = (found: string): ProblemText => ({
  code: 'mixed-units',
  message: `${quote(found)} has no unit, and values above it do`,
  hint: 'write the unit everywhere or nowhere',
});

export const unitAfterBare = (found: string): ProblemText => ({
  code: 'mixed-units',
  message: `${quote(found)} has a unit, and values above it do not`,
  hint: 'write the unit everywhere or nowhere',
});

export const notANumber = (found: string, expected: string): ProblemText => ({
  code: 'not-a-number',
  message: found === '' ? `no value, expected ${expected}` : `expected ${expected}, found ${quote(found)}`,
  expected,
  found,
});

export const negative = (found: string): ProblemText => ({
  code: 'negative',
  message: `${quote(found)} is negative`,
  expected: 'a value of at least 0',
  found,
});

export const noTimes = (format: string): ProblemText => ({
  code: 'no-instants',
  message: `${format} says how long, not when`,
  hint: 'arrivals need instants: CSV, k6 or pgbench',
});

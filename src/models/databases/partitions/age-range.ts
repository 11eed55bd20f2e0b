import { z } from 'zod';
import { parseQuantity } from '../../../units/index.ts';

/** Ages from one to another, in seconds; `to` may be infinite. */
export interface AgeRange {
  readonly from: number;
  readonly to: number;
}

/** A range of ages as text: `0..7d`, `1d..7d`, `30d..` for all that is older. */
export const ageRange = z
  .string()
  .transform((text, context): AgeRange => {
    const [, younger, older] = /^(.*?)\.\.(.*)$/.exec(text.trim()) ?? [];
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    if (younger === undefined) return refuse(`${text} is not a range of ages: write 0..7d`);
    const from = younger === '' ? { value: 0 } : parseQuantity(younger, 'duration');
    const to = older === '' ? { value: Number.POSITIVE_INFINITY } : parseQuantity(older, 'duration');
    const problem = from.problem ?? to.problem;
    if (problem !== undefined) return refuse(problem);
    const range = { from: from.value as number, to: to.value as number };
    if (range.from < 0 || range.from > range.to)
      return refuse(`${text} goes from the older to the younger: the younger age comes first`);
    return range;
  })
  .describe(
    'Ages of the rows that are asked for, the younger first: 0..7d, 1d..7d, 30d.. for all older ones.',
  );

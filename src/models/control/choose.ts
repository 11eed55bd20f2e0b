import { z } from 'zod';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { quantity } from '../../units/index.ts';
import type { Cursor } from '../cursor.ts';
import { defineStep, Step, type StepConfig } from '../step.ts';
import { stepList } from '../steps.ts';

interface Branch {
  readonly share: number;
  readonly do: readonly StepConfig[];
}

/** Runs one of its lists, or none where the shares leave room. */
class Choose extends Step {
  private readonly bounds: number[] = [];

  constructor(
    next: Step,
    shares: readonly number[],
    private readonly branches: readonly Step[],
    private readonly draws: KeyedDraws,
  ) {
    super(next);
    let sum = 0;
    for (const share of shares) {
      sum += share;
      this.bounds.push(sum);
    }
  }

  enter(cursor: Cursor): void {
    const uniform = this.draws.uniform(cursor.high, cursor.low, cursor.word);
    const chosen = this.bounds.findIndex((bound) => uniform < bound);
    cursor.go(chosen < 0 ? this.next : this.branches[chosen]);
  }
}

const schema = z
  .array(
    z.strictObject({
      share: quantity('ratio', { about: 'How often this list is taken.' }),
      do: stepList().describe('What is done then.'),
    }),
  )
  .min(1)
  .refine((branches) => branches.reduce((sum, { share }) => sum + share, 0) <= 1 + 1e-9, {
    message: 'the shares add up to more than 100%',
  });

export const choose = defineStep<Branch[]>({
  verb: 'choose',
  about:
    'Runs one of several lists, each with its share of the operations; nothing for what the shares leave.',
  schema: schema as unknown as z.ZodType<Branch[]>,
  children: (branches) => branches.map((branch) => branch.do),
  times: (branches, child) => branches[child].share,
  compile: (branches, context) =>
    new Choose(
      context.next,
      branches.map(({ share }) => share),
      branches.map((branch, index) => context.nested(branch.do, String(index), context.next)),
      context.wiring.draws(context.path),
    ),
});

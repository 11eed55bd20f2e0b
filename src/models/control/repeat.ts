import { z } from 'zod';
import type { Distribution } from '../../sim/distributions/index.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Cursor } from '../cursor.ts';
import { distribution } from '../distribution.ts';
import { iterationLimit, withIteration } from '../operation.ts';
import { defineStep, Step, type StepConfig } from '../step.ts';
import { stepList } from '../steps.ts';

interface RepeatOptions {
  readonly times: Distribution;
  readonly do: readonly StepConfig[];
}

/** Draws how often, then runs its list so often, one after the other, on the same cursor. */
class Repeat extends Step {
  private readonly first: Step;

  constructor(
    next: Step,
    private readonly times: Distribution,
    private readonly draws: KeyedDraws,
    compileBody: (last: Step) => Step,
  ) {
    super(next);
    const after = new Again(next, this);
    this.first = compileBody(after);
  }

  enter(cursor: Cursor): void {
    const times = Math.round(this.times.quantile(this.draws.uniform(cursor.high, cursor.low, cursor.word)));
    if (times >= iterationLimit) throw new Error(`repeat: ${times} times is beyond ${iterationLimit}`);
    // A nested repeat counts inside a frame of its own, so that the outer count is there when it is over.
    const outer = (cursor.word >>> 12) & 0x3fff;
    cursor.push(new Count(times, outer), this.next, cursor.place, cursor.host);
    this.again(cursor, 0);
  }

  again(cursor: Cursor, done: number): void {
    if (done >= (cursor.innermost as Count).times) {
      cursor.pop();
    } else {
      cursor.word = withIteration(cursor.word, done + 1);
      cursor.go(this.first);
    }
  }
}

/** The frame of a repetition: how many, and the iteration of the list around it. */
class Count {
  constructor(
    readonly times: number,
    private readonly outer: number,
  ) {}

  leave(cursor: Cursor): number {
    cursor.word = withIteration(cursor.word, this.outer);
    return 0;
  }
}

/** The end of the repeated list. */
class Again extends Step {
  constructor(
    next: Step,
    private readonly repeat: Repeat,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    this.repeat.again(cursor, (cursor.word >>> 12) & 0x3fff);
  }
}

export const repeat = defineStep<RepeatOptions>({
  verb: 'repeat',
  about: 'Runs a list of steps several times, one after the other.',
  schema: z.strictObject({
    times: distribution('count').describe('How often: a number or a distribution.'),
    do: stepList(),
  }) as unknown as z.ZodType<RepeatOptions>,
  children: (options) => [options.do],
  times: (options) => options.times.mean,
  compile: (options, context) =>
    new Repeat(context.next, options.times, context.wiring.draws(context.path), (last) =>
      context.nested(options.do, 'do', last),
    ),
});

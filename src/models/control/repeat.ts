import { z } from 'zod';
import type { Distribution } from '../../sim/distributions/index.ts';
import { LARGEST_DRAW } from '../../sim/random/index.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Cursor, FrameOwner } from '../cursor.ts';
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
    /** Each repetition draws under an identity of its own: it may stand inside another one. */
    private readonly site: number,
    compileBody: (last: Step) => Step,
  ) {
    super(next);
    this.first = compileBody(new Again(this));
  }

  enter(cursor: Cursor): void {
    const times = Math.round(this.times.quantile(this.draws.uniform(cursor.high, cursor.low, cursor.word)));
    if (times >= iterationLimit) throw new Error(`repeat: ${times} times is beyond ${iterationLimit}`);
    const count = new Count(times);
    cursor.push(count, this.next, cursor.place, cursor.host);
    cursor.rename(this.site);
    this.goOn(cursor, count);
  }

  /** The list may end at once, without an event: then this loops, since calls nested by the thousand would overflow. */
  goOn(cursor: Cursor, count: Count): void {
    count.isDue = true;
    if (count.isLooping) return;
    count.isLooping = true;
    while (count.isDue) {
      if (count.done >= count.times) {
        cursor.pop();
        return;
      }
      count.isDue = false;
      count.done += 1;
      cursor.word = withIteration(cursor.word, count.done);
      cursor.go(this.first);
    }
    count.isLooping = false;
  }
}

/** The frame of a repetition. */
class Count implements FrameOwner {
  done = 0;
  /** The list has ended and shall begin again. */
  isDue = false;
  isLooping = false;

  constructor(readonly times: number) {}

  leave(): number {
    return 0;
  }
}

/** The end of the repeated list. */
class Again extends Step {
  constructor(private readonly repeat: Repeat) {
    super(undefined as unknown as Step);
  }

  enter(cursor: Cursor): void {
    this.repeat.goOn(cursor, cursor.innermost as Count);
  }
}

/** No draw lies beyond it: so often at most. */
const most = (times: Distribution): number => Math.round(times.quantile(LARGEST_DRAW));

export const repeat = defineStep<RepeatOptions>({
  verb: 'repeat',
  about: 'Runs a list of steps several times, one after the other.',
  schema: z.strictObject({
    times: distribution('count')
      .refine((times) => most(times) < iterationLimit, {
        message: `it may have to be repeated more than ${iterationLimit - 1} times`,
      })
      .describe('How often: a number or a distribution.'),
    do: stepList().describe('What is done each time.'),
  }) as unknown as z.ZodType<RepeatOptions>,
  children: (options) => [options.do],
  times: (options) => options.times.mean,
  compile: (options, context) =>
    new Repeat(
      context.next,
      options.times,
      context.wiring.draws(context.path),
      context.wiring.site(context.path),
      (last) => context.nested(options.do, 'do', last),
    ),
});

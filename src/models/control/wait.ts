import { toTicks } from '../../sim/clock.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Cursor } from '../cursor.ts';
import { distribution } from '../distribution.ts';
import { defineStep, Step } from '../step.ts';

/** Lets time pass while holding what is held: a call to somebody outside the scenario. */
class Wait extends Step {
  constructor(
    next: Step,
    private readonly duration: Distribution,
    private readonly draws: KeyedDraws,
    private readonly segment: number,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const until =
      cursor.now + toTicks(this.duration.quantile(this.draws.uniform(cursor.high, cursor.low, cursor.word)));
    cursor.spendUntil(this.segment, until);
    cursor.resumeAt(until, this.next);
  }
}

export const wait = defineStep<Distribution>({
  verb: 'wait',
  about: 'Lets time pass without using a core, for example a call to a system outside the scenario.',
  schema: distribution('duration'),
  compile: (duration, context) =>
    new Wait(
      context.next,
      duration,
      context.wiring.draws(context.path),
      context.wiring.segments.number(context.owner, 'waits for others', true),
    ),
});

import { toTicks } from '../../sim/clock.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { ServiceHost } from '../contracts/service.ts';
import type { Cursor } from '../cursor.ts';
import { distribution } from '../distribution.ts';
import { defineStep, Step } from '../step.ts';

/** Works on the instance's cores. */
class Work extends Step {
  constructor(
    next: Step,
    private readonly time: Distribution,
    private readonly draws: KeyedDraws,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const ticks = toTicks(this.time.quantile(this.draws.uniform(cursor.high, cursor.low, cursor.word)));
    (cursor.host as ServiceHost).work(cursor, ticks, this.next);
  }
}

export const work = defineStep<Distribution>({
  verb: 'work',
  about: 'Computes: takes this much time of a core of the instance.',
  schema: distribution('duration'),
  compile: (time, context) => new Work(context.next, time, context.wiring.draws(context.path)),
});

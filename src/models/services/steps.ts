import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { toTicks } from '../../sim/clock.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import { type Callee, type CallSite, type ServiceHost, servicesSection } from '../contracts/service.ts';
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

/** Calls another service, in the caller's own region where it stands there, else in the nearest. */
class Call extends Step {
  private readonly nearest: number[] = [];

  constructor(
    next: Step,
    private readonly site: CallSite,
    private readonly network: Network,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    this.site.enter(cursor, this.regionFor(cursor.place), this.next);
  }

  private regionFor(place: number): number {
    const known = this.nearest[place];
    if (known !== undefined) return known;
    const distance = (region: number) => (region === place ? -1 : this.network.nominalDelay(place, region));
    const nearest = this.site.regions.reduce((best, region) =>
      distance(region) < distance(best) ? region : best,
    );
    this.nearest[place] = nearest;
    return nearest;
  }
}

export const call = defineStep<{ operation: Reference }>({
  verb: 'call',
  about: 'Calls an operation of another service and waits for the answer.',
  schema: z.strictObject({ operation: reference('operations', 'service.operation') }),
  short: 'operation',
  calls: ({ operation }) => [operation.name],
  compile: ({ operation }, context) => {
    const [service, name] = operation.name.split('.');
    const callee = context.wiring.find<Callee>(servicesSection, service);
    return new Call(
      context.next,
      callee.callSite(name, context.path),
      context.wiring.find<Network>(networkSection),
    );
  },
});

import type { Simulation } from '../../sim/simulation.ts';
import type { Entrance, Way } from '../contracts/router.ts';
import type { Admissions } from './admissions.ts';
import type { Choice } from './choice.ts';
import type { Dispatch } from './dispatch.ts';
import type { Resolvers } from './resolvers.ts';
import type { Whereabouts } from './whereabouts.ts';

/** What all entrances have in common: their attempts are told to one who keeps count. */
abstract class Counted {
  /** @param whereabouts of its callers; null where nobody is ever sent elsewhere than at first */
  constructor(
    private readonly dispatch: Dispatch,
    private readonly whereabouts: Whereabouts | null,
  ) {}

  get listens(): boolean {
    return this.dispatch.listens;
  }

  sent(origin: number, region: number, way: Way): void {
    this.whereabouts?.sent(origin, region, way);
    this.dispatch.sent(region);
  }

  ended(region: number, seconds: number): void {
    this.dispatch.ended(region, seconds);
  }
}

/** Nothing changes: each request is sent where the policy says. */
export class DirectEntrance extends Counted implements Entrance {
  constructor(
    dispatch: Dispatch,
    private readonly choice: Choice,
    private readonly all: ArrayLike<number>,
  ) {
    super(dispatch, null);
  }

  resolve(origin: number, _caller: number, uniform: number): number {
    return this.choice.answer(origin, this.all, 0, uniform);
  }
}

/** A DNS name: callers are told what their resolvers remember. */
export class NamedEntrance extends Counted implements Entrance {
  /** By the place of the origin. */
  private readonly resolvers: readonly Resolvers[];

  /**
   * @param number of this name among all
   */
  constructor(
    dispatch: Dispatch,
    whereabouts: Whereabouts,
    private readonly simulation: Simulation,
    number: number,
    make: (origin: number, site: number) => Resolvers,
  ) {
    super(dispatch, whereabouts);
    const { places } = whereabouts;
    this.resolvers = Array.from({ length: places }, (_, origin) => make(origin, number * places + origin));
  }

  resolve(origin: number, caller: number): number {
    const resolvers = this.resolvers[origin];
    // Neighbouring numbers are spread over all resolvers (Knuth's multiplicative hash).
    const resolver = (Math.imul(caller, 0x9e3779b1) >>> 0) % resolvers.count;
    return resolvers.answer(this.simulation.now, resolver);
  }

  /** Instant at which the last answer with a region runs out, of resolvers that keep to the TTL; 0 without any. */
  keptUntil(region: number): number {
    return Math.max(...this.resolvers.map((resolvers) => resolvers.keptUntil(region)));
  }

  /** Nanoseconds until the last of those resolvers can hear of a change. */
  get newsTime(): number {
    return Math.max(...this.resolvers.map(({ newsTime }) => newsTime));
  }
}

/** An anycast address: each new connection goes where routes lead now, which is what was announced a while ago. */
export class AnycastEntrance extends Counted implements Entrance {
  constructor(
    dispatch: Dispatch,
    whereabouts: Whereabouts,
    private readonly choice: Choice,
    private readonly admissions: Admissions,
    private readonly convergence: number,
    private readonly simulation: Simulation,
  ) {
    super(dispatch, whereabouts);
  }

  resolve(origin: number, _caller: number, uniform: number): number {
    const announced = this.admissions.at(this.simulation.now - this.convergence);
    return this.choice.answer(origin, announced, uniform, uniform);
  }
}

import type { Client } from '../client/client.ts';
import { type Tally, vitalsOf } from '../client/tally.ts';
import type { MetersOf } from '../meters.ts';
import type { Vital } from '../vital.ts';
import { breakerMeters, callMeters } from './metrics.ts';
import type { ServiceModel } from './model.ts';

/** How a service's calls with policies to another one fare: over all call sites and instances. */
export class CallAccount {
  readonly meters: MetersOf<typeof callMeters>;
  private readonly tallies: Tally[] = [];
  readonly breakers: MetersOf<typeof breakerMeters> | undefined;

  constructor(
    private readonly model: ServiceModel,
    private readonly callee: string,
    hasBreaker: boolean,
  ) {
    const path = ['services', model.name, 'calls', callee];
    this.meters = model.wiring.meters(path, callMeters);
    if (hasBreaker) this.breakers = model.wiring.meters(path, breakerMeters);
  }

  /** A client that makes such calls, whoever makes them. */
  add({ tally }: Client): void {
    this.tallies.push(tally);
  }

  vitals(): Vital[] {
    return vitalsOf(`services.${this.model.name}.calls.${this.callee}`, this.tallies);
  }

  /** A breaker of an instance has changed its state. */
  note(now: number, who: string, what: string): void {
    const { wiring, name } = this.model;
    wiring.timeline.note(now, `services.${name}`, `${who}: circuit breaker to ${this.callee} ${what}`);
  }
}

import { z } from 'zod';
import { reference } from '../../scenario/index.ts';
import { breakerOptions, breakerSchema } from '../client/breaker-config.ts';
import { Client } from '../client/client.ts';
import { clientShape } from '../client/config.ts';
import { type Callee, type CallSite, servicesSection } from '../contracts/service.ts';
import type { Cursor } from '../cursor.ts';
import { defineStep, Step, type StepContext } from '../step.ts';
import type { CallAccount } from './call-account.ts';
import { GuardedCall } from './guarded-call.ts';
import { type CallOptions, calleeOf, isGuarded } from './guarded-calls.ts';
import type { ServiceModel } from './model.ts';
import { NearestRegion } from './nearest-region.ts';

/** Calls another service, in the caller's own region where it stands there, else in the nearest. */
class Call extends Step {
  constructor(
    next: Step,
    private readonly site: CallSite,
    private readonly nearest: NearestRegion,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    this.site.enter(cursor, this.nearest.from(cursor.place), this.next);
  }
}

export const call = defineStep<CallOptions>({
  verb: 'call',
  about: 'Calls an operation of another service and waits for the answer.',
  schema: z.strictObject({
    operation: reference('operations', 'service.operation'),
    ...clientShape,
    circuitBreaker: breakerSchema.optional(),
  }),
  short: 'operation',
  calls: ({ operation }) => [operation.name],
  compile: (options, context) => {
    const { wiring, path, next } = context;
    const [service, name] = options.operation.name.split('.');
    const callee = wiring.find<Callee>(servicesSection, service);
    const site = callee.callSite(name, path);
    const nearest = new NearestRegion(site, wiring);
    return isGuarded(options) ? guarded(options, context, site, nearest) : new Call(next, site, nearest);
  },
});

function guarded(options: CallOptions, context: StepContext, site: CallSite, nearest: NearestRegion): Step {
  const { wiring, path, owner, next } = context;
  const model = wiring.find<ServiceModel>(servicesSection, owner.slice(`${servicesSection}.`.length));
  const client = new Client(options, wiring, path);
  const account = model.calls.get(calleeOf(options)) as CallAccount;
  account.add(client);
  return new GuardedCall(next, {
    client,
    site,
    nearest,
    account,
    breaker: options.circuitBreaker && breakerOptions(options.circuitBreaker),
    number: model.numberCallSite(),
    identity: wiring.site(`${path}.attempts`),
    before: wiring.segments.number(owner, 'earlier attempts and back-off', true),
  });
}

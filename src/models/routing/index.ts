import type { Design } from '../design.ts';
import { defineKind } from '../kind.ts';
import type { Phase } from '../milestones.ts';
import { assumptions } from './assumptions.ts';
import { checkRouting } from './check.ts';
import { mayChange, type RoutingConfig, routingSchema } from './config.ts';
import { routingFamilies, routingScopes } from './metrics.ts';
import { GlobalLoadBalancer } from './model.ts';
import { staticRoute } from './static-route.ts';

/** Nobody can be sent elsewhere where there is one region only. */
const routingPhases = (config: RoutingConfig, design: Design): Phase[] =>
  mayChange(config, design) && design.regions.length > 1
    ? ['detect', 'decide', config.policy === 'anycast' ? 'routes' : 'dns', 'ramp', 'failBack']
    : [];

export const routing = defineKind<RoutingConfig>({
  section: 'routing',
  noun: 'routing',
  about: 'The global load balancer: to which region a caller is sent.',
  shape: 'single',
  schema: routingSchema as never,
  families: routingFamilies,
  scopes: (_name, config, design) => routingScopes(config, design),
  phases: (_name, config, design) => routingPhases(config, design),
  check: (_name, config, design) => checkRouting(config, design),
  assumptions: (_name, config, design) => assumptions(config, design),
  routes: (_name, config, design, delay) => staticRoute(config, design, delay),
  build: (_name, config, wiring) => new GlobalLoadBalancer(config, wiring),
});

import { defineKind } from '../kind.ts';
import { assumptions } from './assumptions.ts';
import { checkRouting } from './check.ts';
import { type RoutingConfig, routingSchema } from './config.ts';
import { routingScopes } from './metrics.ts';
import { GlobalLoadBalancer } from './model.ts';
import { staticRoute } from './static-route.ts';

export const routing = defineKind<RoutingConfig>({
  section: 'routing',
  noun: 'routing',
  about: 'The global load balancer: to which region a caller is sent.',
  shape: 'single',
  schema: routingSchema as never,
  scopes: (_name, config, design) => routingScopes(config, design),
  check: (_name, config, design) => checkRouting(config, design),
  assumptions: (_name, config, design) => assumptions(config, design),
  routes: (_name, config, design, delay) => staticRoute(config, design, delay),
  build: (_name, config, wiring) => new GlobalLoadBalancer(config, wiring),
});

import { defineKind } from '../kind.ts';
import { assumptions } from './assumptions.ts';
import { checkRouting } from './check.ts';
import { type RoutingConfig, routingSchema } from './config.ts';
import { routingFamilies, routingScopes } from './metrics.ts';
import { GlobalLoadBalancer } from './model.ts';

export const routing = defineKind<RoutingConfig>({
  section: 'routing',
  noun: 'routing',
  about: 'The global load balancer: to which region a caller is sent.',
  shape: 'single',
  schema: routingSchema as never,
  families: routingFamilies,
  scopes: (_name, config, design) => routingScopes(config, design),
  check: (_name, config, design) => checkRouting(config, design),
  assumptions: (_name, config, design) => assumptions(config, design),
  build: (_name, config, wiring) => new GlobalLoadBalancer(config, wiring),
});

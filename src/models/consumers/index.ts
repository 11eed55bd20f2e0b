import { defineKind } from '../kind.ts';
import { assumptions } from './assumptions.ts';
import { check } from './check.ts';
import { type ConsumerConfig, consumerSchema } from './config.ts';
import { consumerFamilies, consumerScopes } from './metrics.ts';
import { ConsumerModel } from './model.ts';
import { traffic } from './traffic.ts';

export const consumers = defineKind<ConsumerConfig>({
  section: 'consumers',
  noun: 'consumer',
  about: 'Callers from a topic: a group that calls an operation for each record. The name is the group’s.',
  shape: 'named',
  schema: consumerSchema as never,
  families: consumerFamilies,
  scopes: consumerScopes,
  phases: () => ['drain'],
  check,
  assumptions,
  traffic,
  levers: (_name, { members }) => [{ path: ['members'], from: members, to: 2 * members }],
  build: (name, config, wiring) => new ConsumerModel(name, config, wiring),
});

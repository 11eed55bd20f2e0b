import { defineKind } from '../kind.ts';
import { assumptions } from './assumptions.ts';
import { check } from './check.ts';
import { shardsOf, type TopicConfig, topicSchema } from './config.ts';
import { topicFamilies, topicScopes } from './metrics.ts';
import { TopicModel } from './model.ts';
import { placementOf } from './placement.ts';
import { publish } from './steps.ts';

export const topics = defineKind<TopicConfig>({
  section: 'topics',
  noun: 'topic',
  about: 'What is published and consumed: partitions on a cluster, with the producers that send to them.',
  shape: 'named',
  schema: topicSchema as never,
  steps: [publish],
  families: topicFamilies,
  scopes: topicScopes,
  check,
  assumptions,
  placement: (_name, config, design) => placementOf(config, shardsOf(config, design)),
  levers: (_name, { partitions }) => [{ path: ['partitions'], from: partitions, to: 2 * partitions }],
  build: (name, config, wiring) => new TopicModel(name, config, wiring),
});

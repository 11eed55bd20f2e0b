import { defineKind } from '../kind.ts';
import { assumptions } from './assumptions.ts';
import { check } from './check.ts';
import { type ClusterConfig, clusterSchema } from './config.ts';
import { brokerCrash, brokerSlow } from './faults.ts';
import { clusterFamilies, clusterScopes } from './metrics.ts';
import { ClusterModel } from './model.ts';

export const clusters = defineKind<ClusterConfig>({
  section: 'clusters',
  noun: 'cluster',
  about: 'Kafka brokers: a cluster of its own in each of its regions.',
  shape: 'named',
  schema: clusterSchema as never,
  faults: [brokerCrash, brokerSlow],
  families: clusterFamilies,
  scopes: clusterScopes,
  phases: () => ['detect', 'catchUp'],
  check,
  assumptions,
  build: (name, config, wiring) => new ClusterModel(name, config, wiring),
});

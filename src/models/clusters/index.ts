import { defineKind } from '../kind.ts';
import { assumptions } from './assumptions.ts';
import { check } from './check.ts';
import { type ClusterConfig, clusterSchema, regionsOf } from './config.ts';
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
  stoppedBy: (name, config, design, { region, zone }) => {
    const stands = regionsOf(config, design);
    const isAlone = zone === undefined && design.regions.length > 1 && stands.length === 1;
    return isAlone && stands[0] === region
      ? [`clusters.${name} stands in ${region} alone: nothing is published or read there until that is back`]
      : [];
  },
  check,
  assumptions,
  build: (name, config, wiring) => new ClusterModel(name, config, wiring),
});

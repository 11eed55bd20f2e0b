import type { MeterFamily, Scope } from '../../metrics/index.ts';
import { definitionsOf, familyOf, meterSet } from '../meters.ts';

/** Of a pool as a whole and of its nodes in each region. */
export const nodeMeters = meterSet({
  nodes: {
    kind: 'level',
    unit: 'count',
    better: 'lower',
    about: 'Nodes that are paid for, starting ones and those under notice included.',
  },
  reservedNodes: { kind: 'level', unit: 'count', better: 'lower', about: 'Nodes of them that are reserved.' },
  onDemandNodes: { kind: 'level', unit: 'count', better: 'lower', about: 'Nodes of them bought on demand.' },
  spotNodes: { kind: 'level', unit: 'count', better: 'lower', about: 'Nodes of them that are spot.' },
  utilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'neither',
    about: 'Cores that instances request over cores that nodes have for them.',
  },
  pending: {
    kind: 'level',
    unit: 'count',
    better: 'lower',
    about: 'Instances that wait for room: for a node that is starting, or for one that cannot be bought.',
  },
  refusals: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Instances that found no room and for which no node could be bought.',
  },
  interruptions: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Notices that a spot node is taken away.',
  },
});

export const poolPath = (name: string): string[] => ['pools', name];
export const regionPath = (name: string, region: string): string[] => ['pools', name, 'in', region];

export const poolScopes = (name: string, regions: readonly string[]): Scope[] => [
  { path: poolPath(name), meters: definitionsOf(nodeMeters) },
  ...regions.map((region) => ({ path: regionPath(name, region), meters: definitionsOf(nodeMeters) })),
];

export const poolFamilies: readonly MeterFamily[] = [
  familyOf('pools.<pool>', nodeMeters),
  familyOf('pools.<pool>.in.<region>', nodeMeters),
];

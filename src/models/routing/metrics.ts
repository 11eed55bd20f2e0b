import type { MeterFamily, Scope } from '../../metrics/index.ts';
import type { Design } from '../design.ts';
import { definitionsOf, familyOf, meterSet } from '../meters.ts';
import { mayChange, type RoutingConfig } from './config.ts';

export const regionMeters = meterSet({
  share: {
    kind: 'share',
    unit: 'ratio',
    better: 'neither',
    about: 'Callers’ requests that are sent to this region.',
  },
});

export const routingMeters = meterSet({
  detectTime: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From the loss of a region until the health checks call it unhealthy; whenever in the run.',
  },
  healthFlips: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'How often a region was found unhealthy, or healthy again.',
  },
  staleAnswers: {
    kind: 'share',
    unit: 'ratio',
    better: 'lower',
    about:
      'Callers’ requests that are sent to a region which nobody is sent to any more: by an old answer or an open connection.',
  },
});

export const routingScopes = (config: RoutingConfig, design: Design): Scope[] => [
  ...(mayChange(config, design) ? [{ path: ['routing'], meters: definitionsOf(routingMeters) }] : []),
  ...design.regions.map((region) => ({
    path: ['routing', 'in', region],
    meters: definitionsOf(regionMeters),
  })),
];

export const routingFamilies: readonly MeterFamily[] = [
  familyOf('routing', routingMeters, 'where something can fail, or `dns` or `health` is given'),
  familyOf('routing.in.<region>', regionMeters),
];

import { defineKind } from '../kind.ts';
import { definitionsOf, familyOf } from '../meters.ts';
import { type MonitoringConfig, monitoringSchema, watchesOver } from './config.ts';
import { monitoringMeters } from './metrics.ts';
import { RegionMonitor } from './model.ts';

export const monitoring = defineKind<MonitoringConfig>({
  section: 'monitoring',
  noun: 'monitoring',
  about: 'Who looks after the regions, how often, and what alarms him.',
  shape: 'single',
  schema: monitoringSchema as never,
  families: [familyOf('monitoring', monitoringMeters, 'where a region can be lost')],
  scopes: (_name, _config, design) =>
    watchesOver(design) ? [{ path: ['monitoring'], meters: definitionsOf(monitoringMeters) }] : [],
  build: (_name, config, wiring) => new RegionMonitor(config, wiring),
});

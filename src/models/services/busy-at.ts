import type { Design } from '../design.ts';
import type { CallRates } from '../load.ts';
import { operationOf, placements, type ServiceConfig } from './config.ts';
import { meanWork } from './expected-load.ts';

/**
 * How busy calls keep a service in each of its regions: mean work over the cores (without cores: the threads) of the
 * instances there, as many as its autoscaler may make. Nothing where neither bounds it.
 */
export function busyAt(
  name: string,
  config: ServiceConfig,
  design: Design,
  rates: CallRates,
): Record<string, number> {
  const { cpu, threads, autoscale, operations } = config;
  const servers = cpu?.cores ?? threads;
  if (servers === undefined) return {};
  const works = Object.entries(operations).map(
    ([operation, each]) => [`${name}.${operation}`, meanWork(operationOf(each).steps)] as const,
  );
  return Object.fromEntries(
    placements(config, design.regions).map(({ region, instances }) => {
      const most = autoscale?.manifest.spec.maxReplicas ?? instances;
      const busy = works.reduce(
        (sum, [operation, seconds]) => sum + (rates.get(operation)?.get(region) ?? 0) * seconds,
        0,
      );
      return [region, busy === 0 ? 0 : busy / (most * servers)];
    }),
  );
}

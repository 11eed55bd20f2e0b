import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import { walkSteps } from '../steps.ts';
import { checkAutoscale } from './check-autoscale.ts';
import { checkCalls } from './check-calls.ts';
import { checkExecutors } from './check-executors.ts';
import { operationOf, placements, type ServiceConfig } from './config.ts';

/** What the schema of a service cannot see. */
export function checkService(name: string, config: ServiceConfig, design: Design): Finding[] {
  const findings: Finding[] = [
    ...checkAutoscale(config),
    ...checkExecutors(name, config),
    ...checkCalls(config, design),
  ];
  if (config.queue !== undefined && config.threads === undefined) {
    findings.push({
      path: ['queue'],
      message: 'nobody waits for a thread where threads have no bound',
      expected: 'threads beside queue',
    });
  }
  const stands = placements(config, design.regions).some(({ instances }) => instances > 0);
  if (!stands && config.autoscale === undefined) {
    findings.push({
      path: ['regions'],
      message: 'it stands nowhere: no region has an instance',
      expected: 'a region with at least one instance',
    });
  }
  for (const operation of Object.keys(config.operations)) {
    const circle = circleFrom(`${name}.${operation}`, design);
    if (circle === undefined) continue;
    findings.push({
      path: ['operations', operation],
      message: `an operation that calls itself never ends: ${circle.join(' → ')}`,
    });
  }
  return findings;
}

/** The way from an operation back to itself, if calls lead there. */
function circleFrom(start: string, design: Design): string[] | undefined {
  const services = new Map(design.entries<ServiceConfig>('services'));
  const seen = new Set<string>();
  const follow = (id: string, way: readonly string[]): string[] | undefined => {
    for (const called of callsOf(id, services)) {
      if (called === start) return [...way, called];
      if (seen.has(called)) continue;
      seen.add(called);
      const circle = follow(called, [...way, called]);
      if (circle !== undefined) return circle;
    }
    return undefined;
  };
  return follow(start, [start]);
}

function callsOf(id: string, services: ReadonlyMap<string, ServiceConfig>): string[] {
  const [service, operation] = id.split('.');
  const config = services.get(service)?.operations[operation];
  if (config === undefined) return [];
  return [...walkSteps(operationOf(config).steps)].flatMap(({ step }) =>
    step.verb === 'call' ? [step.options.operation.name as string] : [],
  );
}

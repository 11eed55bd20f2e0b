import { nearestWord } from '../../scenario/index.ts';
import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import type { RoutingConfig } from './config.ts';

/** What the schema of routing cannot see. */
export function checkRouting(config: RoutingConfig, design: Design): Finding[] {
  return [
    ...(config.policy === 'failover' ? checkOrder(config.order.map(({ name }) => name)) : []),
    ...(config.policy === 'geo' ? checkSecondary(config, design) : []),
    ...checkVantages(config.health?.from ?? [], design),
    ...checkRecovery(config),
  ];
}

function checkOrder(order: readonly string[]): Finding[] {
  const findings: Finding[] = order.flatMap((region, at) =>
    order.indexOf(region) === at
      ? []
      : [{ path: ['order', at], message: `${region} is in the list already`, expected: 'each region once' }],
  );
  if (order.length < 2)
    findings.push({
      path: ['order'],
      message: 'there is nobody to fail over to',
      expected: 'two regions at least',
    });
  return findings;
}

function checkSecondary(config: Extract<RoutingConfig, { policy: 'geo' }>, design: Design): Finding[] {
  return design.origins.flatMap((origin): Finding[] => {
    const second = config.secondary[origin]?.name;
    const first = (config.map[origin] ?? config.default)?.name;
    if (second === undefined || second !== first) return [];
    return [
      {
        path: ['secondary', origin],
        message: `${second} is where ${origin} is sent anyway`,
        expected: 'another region',
      },
    ];
  });
}

function checkVantages(from: readonly string[], design: Design): Finding[] {
  const places = [...design.origins, ...design.regions];
  return from.flatMap((name, at) => {
    if (places.includes(name)) return [];
    const near = nearestWord(name, places);
    return [
      {
        path: ['health', 'from', at],
        message: `no region or origin is called "${name}"`,
        expected: places.join(', '),
        ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
      },
    ];
  });
}

function checkRecovery({ recovery }: RoutingConfig): Finding[] {
  if (recovery === undefined || recovery.start <= 1) return [];
  return [{ path: ['recovery', 'start'], message: 'more than all of the traffic', expected: 'at most 100%' }];
}

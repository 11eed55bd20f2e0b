import { formatQuantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import { checksMayFail } from '../fault.ts';
import type { Assumption } from '../kind.ts';
import { dnsOf, healthOf, type RoutingConfig } from './config.ts';

/** What is filled in about DNS and health checks, where they matter. */
export function assumptions(config: RoutingConfig, design: Design): Assumption[] {
  if (!checksMayFail(design) && config.dns === undefined && config.health === undefined) return [];
  const { ttl } = dnsOf(config);
  const { checkers, failures, healthyShare, interval } = healthOf(config);
  const usesDns = config.policy !== 'anycast';
  return [
    ...(config.health === undefined
      ? [
          {
            about: 'health checks of regions',
            value: `${checkers} checkers every ${formatQuantity(interval, 'duration')}, ${failures} failures; healthy while more than ${formatQuantity(healthyShare, 'ratio')} of them say so`,
            source: 'Amazon Route 53: fast interval, its threshold and its share',
          },
        ]
      : []),
    ...(usesDns && config.dns === undefined
      ? [
          {
            about: 'TTL of DNS answers',
            value: formatQuantity(ttl, 'duration'),
            source: 'Amazon Route 53 advises 60 s or less beside health checks',
          },
        ]
      : []),
    ...(usesDns && config.dns?.overstay === undefined
      ? [
          {
            about: 'resolvers that keep answers beyond their TTL',
            value: 'none',
            source: 'assumed; field reports speak of 3 to 5%, for up to an hour (dns.overstay)',
          },
        ]
      : []),
  ];
}

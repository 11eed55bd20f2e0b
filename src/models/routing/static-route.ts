import type { Design } from '../design.ts';
import type { Route } from '../load.ts';
import type { RoutingConfig } from './config.ts';
import { policyOf } from './policy.ts';

/** Into how many equal parts an origin's requests are divided to see where they go. */
const parts = 200;

/**
 * Where the policy sends callers among the regions that they are offered, if all of those are well and all resolvers know
 * it: before a fault, or long after one. Whoever lives in a region stays in it, or goes to the nearest.
 * @param delay seconds one way, from place to place by name
 */
export function staticRoute(
  config: RoutingConfig,
  { regions, origins }: Pick<Design, 'regions' | 'origins'>,
  delay: (from: string, to: string) => number,
): Route {
  const placeNames = [...regions, ...origins];
  const policy = policyOf(
    config,
    { placeNames, nominalDelay: (from, to) => delay(placeNames[from], placeNames[to]) },
    regions,
  );
  return (origin, candidates) => {
    if (candidates.length === 0) return {};
    const from = origin === undefined ? 0 : placeNames.indexOf(origin);
    if (origin !== undefined && from < regions.length) return { [nearest(origin, candidates, delay)]: 1 };
    const offered = regions.map((region) => (candidates.includes(region) ? 1 : 0));
    const shares: Record<string, number> = {};
    for (let part = 0; part < parts; part += 1) {
      const region = regions[policy(from, offered, (part + 0.5) / parts)];
      if (candidates.includes(region)) shares[region] = (shares[region] ?? 0) + 1 / parts;
    }
    return shares;
  };
}

const nearest = (
  from: string,
  candidates: readonly string[],
  delay: (from: string, to: string) => number,
): string => {
  if (candidates.includes(from)) return from;
  return candidates.reduce((best, each) => (delay(from, each) < delay(from, best) ? each : best));
};

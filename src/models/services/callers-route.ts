import type { Network } from '../contracts/network.ts';
import type { Router } from '../contracts/router.ts';
import type { Route } from '../load.ts';

/** Into how many equal parts an origin's requests are divided to see where they go. */
const parts = 200;

/**
 * Where calls go before any fault: those of callers outside by asking the run's own router about each part of an
 * origin's requests, those of whoever lives in a region (a consumer) to that region, or the nearest one.
 */
export function callersRoute(router: Pick<Router, 'route'>, network: Network): Route {
  return (origin, regions) => {
    const from = origin === undefined ? 0 : network.placeOf(origin);
    const candidates = regions.map((region) => network.placeOf(region));
    const isInside = origin !== undefined && from < network.regionCount;
    return isInside ? nearest(network, from, candidates) : asked(router, network, from, candidates);
  };
}

function nearest(network: Network, from: number, candidates: readonly number[]): Record<string, number> {
  if (candidates.length === 0) return {};
  const delay = (place: number) => (place === from ? -1 : network.nominalDelay(from, place));
  const place = candidates.reduce((best, each) => (delay(each) < delay(best) ? each : best));
  return { [network.placeNames[place]]: 1 };
}

function asked(
  router: Pick<Router, 'route'>,
  network: Network,
  from: number,
  candidates: readonly number[],
): Record<string, number> {
  const shares: Record<string, number> = {};
  for (let part = 0; part < parts; part += 1) {
    const place = router.route(from, candidates, (part + 0.5) / parts);
    if (place < 0) continue;
    const name = network.placeNames[place];
    shares[name] = (shares[name] ?? 0) + 1 / parts;
  }
  return shares;
}

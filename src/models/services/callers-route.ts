import type { Network } from '../contracts/network.ts';
import type { Router } from '../contracts/router.ts';
import type { Route } from '../load.ts';

/** Into how many equal parts an origin's requests are divided to see where they go. */
const parts = 200;

/** Where callers are sent before any fault, by asking the run's own router for each part of an origin's requests. */
export function callersRoute(router: Router, network: Network): Route {
  return (origin, regions) => {
    const from = origin === undefined ? 0 : network.placeOf(origin);
    const candidates = regions.map((region) => network.placeOf(region));
    const shares: Record<string, number> = {};
    for (let part = 0; part < parts; part += 1) {
      const place = router.route(from, candidates, (part + 0.5) / parts);
      if (place < 0) continue;
      const name = network.placeNames[place];
      shares[name] = (shares[name] ?? 0) + 1 / parts;
    }
    return shares;
  };
}

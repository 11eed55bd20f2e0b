import { keysSection } from '../contracts/keys.ts';
import type { Wiring } from '../wiring.ts';
import type { CacheModel } from './model.ts';
import { playPrelude, preludeSeconds } from './prelude.ts';
import { sourcesOf } from './sources.ts';
import { demandOn, fillSteady } from './steady-state.ts';

/**
 * Begins all caches as the expected load leaves them in the long run: filled by the stationary law of LRU as it stood
 * some time before the run, then played the calls since, which are thrown away but for what they leave in the caches.
 *
 * Approximated: rates are those of the first instant; calls are answered at once and none fails; for policies other than
 * LRU, remote lookups and caches behind others the prelude is finite; consumers' calls are not known.
 */
export function prefill(wiring: Wiring, caches: readonly CacheModel[]): void {
  const sources = sourcesOf(wiring);
  const seconds = preludeSeconds(sources, caches);
  for (const cache of caches) {
    const ttl = cache.config.ttl ?? Number.POSITIVE_INFINITY;
    for (const [region, demand] of demandOn(cache, sources)) {
      const random = wiring.stream(`caches.${cache.name}.in.${region.name}.begin`);
      fillSteady(region, demand, ttl, seconds, random);
    }
  }
  if (seconds === 0) return;
  playPrelude(sources, seconds, wiring.design.names(keysSection).length, wiring.stream('caches.prelude'));
}

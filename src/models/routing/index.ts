import { z } from 'zod';
import { type Network, networkSection } from '../contracts/network.ts';
import type { Router } from '../contracts/router.ts';
import { defineKind } from '../kind.ts';
import type { Wiring } from '../wiring.ts';

const schema = z.strictObject({
  policy: z.enum(['latency']).default('latency').describe('latency: the region with the least round trip.'),
});

class RoutingModel implements Router {
  private network!: Network;

  constructor(private readonly wiring: Wiring) {}

  connect(): void {
    this.network = this.wiring.find<Network>(networkSection);
  }

  route(origin: number, candidates: readonly number[]): number {
    if (candidates.length === 0) return -1;
    const delay = (region: number) => this.network.nominalDelay(origin, region);
    return candidates.reduce((best, region) => (delay(region) < delay(best) ? region : best));
  }
}

export const routing = defineKind<z.output<typeof schema>>({
  section: 'routing',
  noun: 'routing',
  about: 'To which region a caller is sent.',
  shape: 'single',
  schema,
  scopes: () => [],
  build: (_name, _config, wiring) => new RoutingModel(wiring),
});

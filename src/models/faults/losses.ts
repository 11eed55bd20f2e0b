import type { MetersOf } from '../meters.ts';
import type { Wiring } from '../wiring.ts';
import type { faultMeters } from './metrics.ts';

/** The run is over: meters what stores have lost by a fault, by what killed or cut off who had it, not by when it was lost. */
export function meterLosses(
  fault: string,
  wiring: Wiring,
  { lostWrites, rpo }: Pick<MetersOf<typeof faultMeters>, 'lostWrites' | 'rpo'>,
): void {
  const stores = wiring.all.filter(({ recoveryPoints }) => recoveryPoints !== undefined);
  if (stores.length === 0) return;
  const points = stores
    .flatMap((store) => store.recoveryPoints?.() ?? [])
    .filter((point) => point.fault === fault);
  rpo.set(Math.max(0, ...points.map(({ seconds }) => seconds)), true);
  lostWrites.set(points.reduce((sum, { lost }) => sum + lost, 0));
}

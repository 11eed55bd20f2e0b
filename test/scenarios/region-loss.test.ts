import { describe, expect, it } from 'vitest';
import { play, shipped, totalOf } from './shipped.ts';

/** The region is away from 3 to 7 minutes; a twentieth of the trades. */
const brief = [
  'run.duration=10m',
  'run.warmUp=1m',
  'workloads.trades.arrivals.rate=500k/day',
  'workloads.queries.arrivals.rate=500k/day',
  'caches.recent-trades.entries=20k',
  'caches.positions.entries=20k',
  'faults.lose-us-east.at=3m',
  'faults.lose-us-east.for=4m',
  'faults.lose-us-east.settle=1m',
];
const outage = 4 * 60;
const of = (assembly: ReturnType<typeof play>, metric: string) =>
  totalOf(assembly, `faults.lose-us-east.${metric}`);

const alone = play('region-loss', brief);

describe('region-loss', () => {
  const { occurrences } = alone.timeline;

  it('makes a copy in EU-West primary of each shard, and gives US-East a tenth of its traffic first when it is back', () => {
    const promoted = occurrences.filter(({ what }) => what.includes('is primary:'));
    expect(promoted).toHaveLength(4);
    expect(promoted.every(({ what }) => what.includes('in eu-west'))).toBe(true);
    const shares = occurrences.flatMap(
      ({ what }) => /^recovery of us-east: given (\d+)% of its traffic/.exec(what)?.[1] ?? [],
    );
    expect(shares[0]).toBe('10');
  });

  it('loses what had not reached a replica yet: some milliseconds, far below the document’s minute', () => {
    expect(of(alone, 'lostWrites')).toBeGreaterThan(0);
    expect(of(alone, 'rpo')).toBeLessThan(1);
  });

  it('is over for nearly all once resolvers have asked again, and for the rest when the region is back', () => {
    expect(of(alone, 'rto')).toBeGreaterThan(outage);
    const prompt = play('region-loss', [...brief, 'routing.dns.overstay=~']);
    expect(of(prompt, 'rto')).toBeLessThan(outage);
  });
});

describe('region-loss-sync', () => {
  const lost = play('region-loss-sync', brief);

  it('loses nothing that was acknowledged', () => {
    expect(of(lost, 'lostWrites')).toBe(0);
    expect(of(lost, 'rpo')).toBe(0);
    expect(totalOf(lost, 'databases.trades.failovers')).toBe(2);
  });

  it('waits for the second nearest of four replicas at least: the way to Ireland and back', () => {
    const wait = lost.readings().get('databases.trades.replicaWait');
    expect(wait?.hist?.quantile(0.001)).toBeGreaterThan(0.0695);
    const async = alone.readings().get('databases.trades.replicaWait');
    expect(async?.hist?.quantile(0.1)).toBeLessThan(0.0695 / 2);
  });

  it('has the copies for it: any region may go, and most of them are left', () => {
    const { replicas } = shipped('region-loss-sync').design.entry<{ replicas: Record<string, number> }>(
      'databases',
      'trades',
    ) as { replicas: Record<string, number> };
    const copies = { ...replicas, 'us-east': replicas['us-east'] + 1 };
    const all = Object.values(copies).reduce((sum, count) => sum + count, 0);
    for (const count of Object.values(copies)) expect(all - count).toBeGreaterThan(all / 2);
  });
});

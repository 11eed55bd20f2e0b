import { expect, it } from 'vitest';
import type { FaultRecord } from '../../src/models/faults/model.ts';
import type { WorkloadRecord } from '../../src/models/workloads/ledger.ts';
import { play, shipped, totalOf } from './shipped.ts';

/** Few callers, and small caches: all the faults, at their times. */
const quiet = [
  'workloads.trades.arrivals.rate=30k/day',
  'workloads.queries.arrivals.rate=30k/day',
  'caches.recent-trades.entries=5k',
  'caches.positions.entries=5k',
];

it('game-day has a dozen faults of different sorts, and asks the document’s RTO and RPO of each', () => {
  const { design, targets } = shipped('game-day');
  const sorts = new Set(design.entries<{ fault: string }>('faults').map(([, { fault }]) => fault));
  expect(sorts.size).toBeGreaterThanOrEqual(12);
  const asked = targets.flatMap(({ resolved }) => resolved.map(({ entry }) => entry.id));
  for (const name of design.names('faults'))
    expect(asked).toEqual(expect.arrayContaining([`faults.${name}.rto`, `faults.${name}.rpo`]));
});

it('game-day plays them all, accounts for everybody who came, and ends well', () => {
  const day = play('game-day', quiet);
  const faults = shipped('game-day').design.names('faults');
  const { occurrences } = day.timeline;
  const began = occurrences.filter(({ what }) => what.endsWith(' begins')).map(({ component }) => component);
  expect(began).toEqual(faults.map((name) => `faults.${name}`));
  for (const workload of ['trades', 'queries']) {
    const of = (metric: string) => totalOf(day, `workloads.${workload}.${metric}`);
    expect(of('succeeded') + of('rejected') + of('timedOut') + of('failed') + of('unfinished')).toBe(
      of('arrivals'),
    );
    const { failures } = day.records()[`workloads.${workload}`] as WorkloadRecord;
    expect(Object.values(failures).reduce((sum, count) => sum + count, 0)).toBe(
      of('arrivals') - of('succeeded'),
    );
  }
  expect(totalOf(day, 'databases.trades.splitBrainWrites')).toBe(0);
  const records = faults.map((name) => day.records()[`faults.${name}`] as FaultRecord);
  expect(records.filter(({ recoveredAt }) => recoveredAt === undefined)).toEqual([]);
  // Two hours of them.
}, 300_000);

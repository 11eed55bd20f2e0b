import { describe, expect, it } from 'vitest';
import { findLimit, type LimitSettings } from '../../../src/study/limit/find-limit.ts';
import { boundsOfGrowth } from '../../../src/study/limit/load-bounds-of.ts';
import { isOverfull } from '../../../src/study/limit/overfull.ts';
import { RunPool } from '../../../src/study/run-pool.ts';
import { scenarioOf } from '../../models/harness.ts';

const limitOf = (yaml: string, more: Partial<LimitSettings> = {}) =>
  findLimit(scenarioOf(yaml), { file: 'test.yaml', version: '0', pool: new RunPool(1), ...more });

/** One thread, 10 ms of work, 80 calls a second: full at 1.25 times that. */
const desk = (more: string) => `
name: desk
run: { duration: 40s, warmUp: 5s, runs: 1, seed: 1 }
workloads: { w: { arrivals: { rate: 80/s }, call: desk.serve } }
services: { desk: { threads: 1, ${more} operations: { serve: [ work: { exponential: 10ms } ] } } }
`;

describe('a load beyond what is full by a closed form', () => {
  it('fails, and names it, though a short run shows no backlog that grows', async () => {
    const { breaks, headroom, points } = await limitOf(desk(''), { maxRuns: 1 });
    expect(headroom.low).toBeLessThan(1.25);
    for (const { factor, full, state } of points.filter(({ factor }) => factor >= 1.25)) {
      expect({ factor, state }).toEqual({ factor, state: 'fails' });
      expect(full).toMatchObject({ station: 'services.desk', of: 'thread', atMost: expect.closeTo(1.25) });
    }
    expect(points.filter(({ factor, full }) => factor < 1.249 && full !== undefined)).toEqual([]);
    expect(breaks?.station).toMatchObject({ station: 'services.desk', of: 'thread' });
  }, 60_000);

  it('is left to the needs where so much is turned away', () => {
    const full = { station: 'services.desk', of: 'thread', atMost: 1.25, by: 'closed form' as const };
    const metrics = (rejected: number) =>
      ({
        'workloads.w.arrivals.total': { value: 1000 },
        'workloads.w.rejected.total': { value: rejected },
      }) as unknown as Parameters<typeof isOverfull>[0]['metrics'];
    // At 1.6 times the load 1 − 1.25/1.6 = 21.9% of it are too much.
    expect(isOverfull({ metrics: metrics(200) }, 1.6, full)).toBe(true);
    expect(isOverfull({ metrics: metrics(230) }, 1.6, full)).toBe(false);
    expect(isOverfull({ metrics: metrics(0) }, 1.25, full)).toBe(true);
    expect(isOverfull({ metrics: metrics(0) }, 2, undefined)).toBe(false);
  });
});

describe('what is full when only some of the load grows', () => {
  it('is worked out from two loads', () => {
    // 40/s of 10 ms stay: 60 of the thread's 100 calls a second are left for 20/s, three times as many.
    const bounds = boundsOfGrowth(
      (factor) =>
        scenarioOf(`
name: desk
run: { duration: 10s }
workloads:
  stays: { arrivals: { rate: 40/s }, call: desk.serve }
  grows: { arrivals: { rate: ${20 * factor}/s }, call: desk.serve }
services: { desk: { threads: 1, operations: { serve: [ work: 10ms ] } } }
`).design,
    );
    expect(bounds[0]).toMatchObject({ station: 'services.desk', atMost: expect.closeTo(3) });
  });
});

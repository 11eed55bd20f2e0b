import { describe, expect, it } from 'vitest';
import { mmc } from '../../../src/models/algorithms/queueing/mmc.ts';
import { stateAt } from '../../../src/study/limit/judge-point.ts';
import { kneeOf } from '../../../src/study/limit/knee.ts';

const need = (status: string, metric = 'workloads.w.latency.p95') =>
  ({ level: 'fail', status, metric }) as never;
const asked = { hasNeeds: true, notBelow: new Set(['workloads.w.throughput']) };
const stable = { load: 'stable' as const, loadReasons: [] };
const grows = { component: 'workloads.w', what: 'grows' as const, count: 1, share: 0.1 };

describe('a load', () => {
  it('holds where every need is kept, and is undecided where one may be broken', () => {
    expect(stateAt({ ...stable, targets: [need('pass')] }, 1, asked)).toBe('holds');
    expect(stateAt({ ...stable, targets: [need('pass'), need('inconclusive')] }, 1, asked)).toBe('undecided');
    expect(stateAt({ ...stable, targets: [need('inconclusive'), need('fail')] }, 1, asked)).toBe('fails');
    expect(stateAt({ ...stable, targets: [need('no-data')] }, 1, asked)).toBe('fails');
  });

  it('fails where a backlog grows, whatever the needs say', () => {
    const result = { load: 'backlogged' as const, loadReasons: [grows], targets: [need('pass')] };
    expect(stateAt(result, 1, asked)).toBe('fails');
  });

  it('is not failed by claims, nor by what less load cannot bring', () => {
    const claim = { level: 'warn', status: 'warn', metric: 'workloads.w.latency.p99' } as never;
    expect(stateAt({ ...stable, targets: [claim] }, 1, asked)).toBe('holds');
    const amount = need('fail', 'workloads.w.throughput');
    expect(stateAt({ ...stable, targets: [amount] }, 0.5, asked)).toBe('holds');
    expect(stateAt({ ...stable, targets: [amount] }, 1, asked)).toBe('fails');
  });

  it('is asked to keep up where there are no needs', () => {
    const none = { hasNeeds: false, notBelow: new Set<string>() };
    expect(stateAt({ ...stable, targets: [] }, 1, none)).toBe('holds');
    expect(stateAt({ load: 'overloaded', loadReasons: [], targets: [] }, 1, none)).toBe('fails');
  });
});

describe('the knee', () => {
  const points = (servers: number, factors: readonly number[]) =>
    factors.map((factor) => ({
      factor,
      throughput: servers * factor,
      latency: mmc({ arrivalRate: servers * factor, serviceRate: 1, servers }).meanSojourn,
    }));

  it('of M/M/1 is at half of its capacity', () => {
    // Power is ρ(1 − ρ). Close by, the parabola is the curve; of coarse loads it stays within half a step.
    expect(kneeOf(points(1, [0.48, 0.49, 0.502, 0.51]))).toBeCloseTo(0.5, 3);
    const coarse = kneeOf(points(1, [0.3, 0.41, 0.52, 0.65, 0.8])) as number;
    expect(Math.abs(coarse - 0.5)).toBeLessThan(0.05);
  });

  it('lies nearer to the capacity with more servers', () => {
    expect(kneeOf(points(16, [0.5, 0.6, 0.7, 0.8, 0.9])) as number).toBeGreaterThan(0.7);
  });

  it('is not told where it is at an end of what was tried', () => {
    expect(kneeOf(points(1, [0.6, 0.7, 0.8]))).toBeUndefined();
    expect(kneeOf(points(1, [0.1, 0.2, 0.3]))).toBeUndefined();
    expect(kneeOf([])).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { Sweep, SweepPoint, TargetResult } from '../../../src/result/index.ts';
import { trajectoriesOf, type UncertainAsked } from '../../../src/study/uncertain/uncertain-design.ts';
import { uncertaintyOf } from '../../../src/study/uncertain/uncertainty-of.ts';

const need = (value: number | null, status: TargetResult['status'] = 'inconclusive'): TargetResult => ({
  target: 'm < 10',
  metric: 'm',
  operator: '<',
  level: 'fail',
  status,
  value,
  limit: 10,
  margin: null,
});

const point = (value: number | null, month: number | null = null, grows = false): SweepPoint => ({
  values: [],
  hash: '',
  state: 'undecided',
  runs: 1,
  load: 'stable',
  loadReasons: grows ? [{ component: 'services.desk', what: 'grows', count: 1, share: 0.1 }] : [],
  targets: [need(value)],
  metrics: {},
  month,
  fingerprint: '',
});

const sweepOf = (points: readonly SweepPoint[]): Sweep => ({
  format: 'headroom.sweep/1',
  version: '1',
  scenario: { name: 'n', file: 'f', hash: 'h', text: '' },
  seed: 7,
  runs: 1,
  maxRuns: 1,
  variables: [],
  where: [],
  leftOut: 0,
  asked: 'needs',
  metrics: { m: { unit: 'count', better: 'lower' } },
  shown: [],
  points,
});

const inputs = (count: number): UncertainAsked['inputs'] =>
  Array.from({ length: count }, (_, at) => ({ path: `x${at}`, low: '0', mid: '1', high: '2' }));

describe('a study of uncertain inputs', () => {
  it('counts what was kept by value: at the limit, without end, or with a backlog that grows it was not', () => {
    const draws = [point(9), point(10), point(null), point(3, null, true), point(1)];
    const mid = point(5);
    const { kept, targets } = uncertaintyOf(sweepOf([...draws, mid, point(4), point(8)]), {
      draws: 5,
      inputs: inputs(1),
    });
    expect(kept).toMatchObject({ count: 2, of: 5, value: 0.4 });
    expect(targets[0].kept.count).toBe(3);
    expect(targets[0]).toMatchObject({ p5: 1, p50: 9, p95: null, mid: 5 });
  });

  it('puts the longest bar first, and above it one that has no end', () => {
    const moved = [point(4), point(6), point(1), point(9), point(3), point(null), point(null), point(null)];
    const { influence, method } = uncertaintyOf(sweepOf([point(5), point(5), ...moved]), {
      draws: 1,
      inputs: inputs(4),
    });
    expect(method).toBe('tornado');
    expect(influence[0].bars?.map(({ path, swing }) => [path, swing])).toEqual([
      ['x2', null],
      ['x1', 8],
      ['x0', 2],
      ['x3', 0],
    ]);
  });

  it('screens more than 30 inputs: of a linear outcome µ* is the exact difference from low to high', () => {
    const asked = { draws: 1, inputs: inputs(31) };
    const outcome = (place: readonly number[]) => place.reduce((sum, share, at) => sum + at * share, 0);
    const moved = trajectoriesOf(asked, 7)
      .flat()
      .map((place) => point(5, outcome(place)));
    const { influence, method } = uncertaintyOf(sweepOf([point(5, 1), point(5, 1), ...moved]), asked);
    const effects = influence.find(({ metric }) => metric === 'cost.month')?.effects ?? [];
    expect(method).toBe('morris');
    expect(effects.map(({ path }) => path)).toEqual(
      inputs(31)
        .map(({ path }) => path)
        .toReversed(),
    );
    for (const { path, muStar, sigma } of effects) {
      expect(muStar).toBeCloseTo(Number(path.slice(1)), 9);
      expect(sigma).toBeCloseTo(0, 9);
    }
  });
});

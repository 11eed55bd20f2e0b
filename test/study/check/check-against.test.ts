import { describe, expect, it } from 'vitest';
import type { Better, Estimator } from '../../../src/metrics/index.ts';
import type { Gate } from '../../../src/models/check-settings.ts';
import {
  type Baseline,
  type BaselineMetric,
  readBaseline,
  writeBaseline,
} from '../../../src/result/index.ts';
import { stream } from '../../../src/sim/random/index.ts';
import { checkAgainst } from '../../../src/study/check/check-against.ts';
import type { Dimension } from '../../../src/units/index.ts';

type Value = number | null | '∞';
const mean = (runs: readonly Value[]): Value =>
  runs.includes('∞')
    ? '∞'
    : runs.every((run) => run === null)
      ? null
      : runs.reduce<number>((sum, run) => sum + Number(run), 0) / runs.length;

const metric = (runs: Value[], unit: Dimension = 'duration', better: Better = 'lower'): BaselineMetric => ({
  value: mean(runs),
  unit,
  better,
  kind: 'mean' as Estimator,
  runs,
});

/** 20 runs around a value, each off by up to a share of it. */
function around(value: number, off: number, seed: number): number[] {
  const random = stream(seed, 0, 'runs');
  return Array.from({ length: 20 }, () => value * (1 + off * (2 * random() - 1)));
}

const baseline = (metrics: Record<string, BaselineMetric>, seed = 1): Baseline => ({
  format: 'headroom.baseline/1',
  version: '0',
  scenario: { name: 'w', file: 'w.yaml', hash: '' },
  seed,
  runs: 20,
  duration: 600,
  warmUp: 60,
  fingerprint: '',
  metrics,
});

const gateOf = (id: string, { unit, better, kind }: BaselineMetric, more: Partial<Gate> = {}): Gate => ({
  entry: {
    id,
    meter: id,
    definition: { metric: id, kind: 'value', unit, better, about: id },
    estimator: kind,
    suffix: '',
    unit,
    better,
  },
  ...more,
});

function statusOf(
  old: BaselineMetric | undefined,
  now: BaselineMetric | undefined,
  more: Partial<Gate> = {},
  seed = 2,
) {
  const gates = [gateOf('m', (now ?? old)!, more)];
  const results = checkAgainst(
    baseline(old === undefined ? {} : { m: old }),
    baseline(now === undefined ? {} : { m: now }, seed),
    { gates: now === undefined ? [] : gates, check: { tolerance: 0.02 }, has: () => false },
  );
  expect(results).toHaveLength(1);
  return results[0].status;
}

describe('a planted regression fails the check', () => {
  it.each<[string, BaselineMetric, BaselineMetric]>([
    ['of a latency by a tenth', metric(around(0.1, 0.05, 1)), metric(around(0.11, 0.05, 2))],
    [
      'of a throughput',
      metric(around(80, 0.01, 1), 'rate', 'higher'),
      metric(around(75, 0.01, 2), 'rate', 'higher'),
    ],
    [
      'of an availability from 99.99% to 99.9%',
      metric(around(0.9999, 5e-5, 1), 'ratio', 'higher'),
      metric(around(0.999, 1e-4, 2), 'ratio', 'higher'),
    ],
    [
      'of lost writes where there were none',
      metric(Array(20).fill(0), 'count'),
      metric(around(4, 0.5, 2), 'count'),
    ],
    ['of cost by a cent', metric(Array(20).fill(1000), 'money'), metric(Array(20).fill(1000.01), 'money')],
    [
      'into what never ends',
      metric(around(30, 0.2, 1)),
      metric([...around(30, 0.2, 2).slice(8), ...Array(8).fill('∞')]),
    ],
  ])('%s, paired or not', (_, old, now) => {
    expect(statusOf(old, now, {}, 1)).toBe('worse');
    expect(statusOf(old, now, {}, 2)).toBe('worse');
    // Turned round it is an improvement, which fails nothing.
    expect(statusOf(now, old)).toBe('better');
  });

  it('of a metric that vanished, that has no data any more, or never had any', () => {
    const old = metric(around(0.1, 0.05, 1));
    expect(statusOf(old, undefined)).toBe('vanished');
    expect(statusOf(old, metric(Array(20).fill(null)))).toBe('no-data');
    const none = metric(Array(20).fill(null));
    expect(statusOf(none, none)).toBe('no-data');
    expect(statusOf(undefined, old)).toBe('new');
  });

  it('of what is neither better nor worse, when it moves at all', () => {
    const [old, up] = [
      metric(around(80, 0.01, 1), 'rate', 'neither'),
      metric(around(90, 0.01, 2), 'rate', 'neither'),
    ];
    expect([statusOf(old, up), statusOf(up, old), statusOf(old, old)]).toEqual(['moved', 'moved', 'held']);
  });
});

describe('what fails nothing', () => {
  it.each<[string, BaselineMetric, BaselineMetric, Partial<Gate>]>([
    ['noise of other seeds', metric(around(0.1, 0.3, 1)), metric(around(0.1, 0.3, 2)), {}],
    [
      'a percent, which is inside the tolerance',
      metric(around(0.1, 0.001, 1)),
      metric(around(0.101, 0.001, 2)),
      {},
    ],
    [
      'a tenth, where a fifth is allowed',
      metric(around(0.1, 0.05, 1)),
      metric(around(0.11, 0.05, 2)),
      { relative: 0.2 },
    ],
    [
      'a tenth, where 20 ms are allowed',
      metric(around(0.1, 0.05, 1)),
      metric(around(0.11, 0.05, 2)),
      { floor: 0.02 },
    ],
    [
      'the last digits of a sum of money',
      metric(Array(20).fill(0.3), 'money'),
      metric(Array(20).fill(0.1 + 0.2), 'money'),
      {},
    ],
    [
      'one run of twenty without an end',
      metric(around(30, 0.2, 1)),
      metric([...around(30, 0.2, 2).slice(1), '∞']),
      {},
    ],
  ])('%s', (_, old, now, more) => {
    expect(statusOf(old, now, more)).toBe('held');
  });
});

describe('pairs', () => {
  it('see a change of 3% through noise of 30% that both share, and without pairs it stays unseen', () => {
    const old = metric(around(0.1, 0.3, 1));
    const now = metric(old.runs.map((run, at) => Number(run) * (1.03 + 0.001 * (at % 3))));
    expect(statusOf(old, now, {}, 1)).toBe('worse');
    expect(statusOf(old, now, {}, 2)).toBe('held');
  });
});

describe('gates', () => {
  it('that the scenario no longer names are held all the same', () => {
    const [old, now] = [metric(around(0.1, 0.05, 1)), metric(around(0.2, 0.05, 2))];
    const [result] = checkAgainst(baseline({ m: old }), baseline({ m: now }), {
      gates: [],
      check: { tolerance: 0.02 },
      has: () => true,
    });
    expect(result.status).toBe('worse');
  });
});

describe('a baseline', () => {
  it('reads back as it was written, a line a metric', () => {
    const written = baseline({ m: metric([...around(1, 0.1, 1), '∞', null]), n: metric([1]) });
    const text = writeBaseline(written);
    expect(readBaseline(text)).toEqual(written);
    expect(text.split('\n').filter((line) => line.startsWith('    "'))).toHaveLength(2);
  });

  it.each([
    ['<<<<<<< ours', 'not JSON'],
    ['{"format":"headroom.result/1"}', 'format: '],
    ['{"format":"headroom.baseline/1"}', 'version: '],
  ])('that is none says so: %s', (text, problem) => {
    expect((readBaseline(text) as { problem: string }).problem).toContain(problem);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { renderComparison } from '../../../src/report/compare/terminal.ts';
import { displayWidth } from '../../../src/report/text/width.ts';
import { type Result, readResult, writeResult } from '../../../src/result/index.ts';
import { comparisonOf } from '../../../src/study/compare/comparison-of.ts';
import { scenarioDifferences } from '../../../src/study/compare/scenario-differences.ts';
import { Spreads } from '../../../src/study/compare/spread-of.ts';
import { RunPool } from '../../../src/study/run-pool.ts';
import { runScenario } from '../../../src/study/run-scenario.ts';
import { scenarioOf } from '../../models/harness.ts';

const yaml = (threads: number, work = '10ms', extra = '') => `
name: desks
run: { duration: 10m, runs: 5 }
regions: { here: eu-west-1 }
workloads: { w: { arrivals: { rate: 80/s }, client: { timeout: 5s }, call: desk.serve } }
services: { desk: { threads: ${threads}, operations: { serve: [work: { exponential: ${work} }] } } }
targets: [ workloads.w.latency.p95 < 100ms ]
${extra}`;

const pool = new RunPool(1);
async function resultOf(text: string, seed = 1, runs = 5): Promise<Result> {
  const scenario = scenarioOf(text);
  return (await runScenario(scenario, { file: 'desks.yaml', version: '0', seed, runs, pool })).result;
}

const compare = (results: Result[], reference = 0) =>
  comparisonOf(results, { version: '0', labels: results.map((_, at) => `design ${at + 1}`), reference });

let one: Result;
let two: Result;
let again: Result;
let slower: Result;
beforeAll(async () => {
  one = await resultOf(yaml(1));
  two = await resultOf(yaml(2));
  again = await resultOf(yaml(1), 2);
  slower = await resultOf(yaml(1, '10.05ms'));
});

describe('a comparison', () => {
  it('finds two threads better at latency, and the throughput of the same load unchanged', () => {
    const { metrics, targets, designs } = compare([one, two]);
    expect(metrics['workloads.w.latency.p95'].designs[1]).toMatchObject({ change: 'better' });
    expect(metrics['workloads.w.latency.mean'].designs[1]).toMatchObject({ change: 'better' });
    expect(metrics['workloads.w.throughput'].designs[1]).toMatchObject({ change: 'no change' });
    expect(metrics['workloads.w.latency.p95'].designs[0]).not.toHaveProperty('change');
    expect(targets[0].designs).toEqual(['fail', 'pass']);
    expect(designs.map(({ isPaired }) => isPaired)).toEqual([true, true]);
  });

  it('turns round with its reference', () => {
    const { metrics } = compare([one, two], 1);
    expect(metrics['workloads.w.latency.p95'].designs[0]).toMatchObject({ change: 'worse' });
  });

  it('of a design with itself finds no difference at all, and still does not claim certainty about what was never seen', () => {
    const { metrics } = compare([one, one]);
    const changes = Object.values(metrics).flatMap(({ designs }) => designs[1]?.change ?? []);
    expect(changes.filter((change) => change !== 'no change' && change !== 'unclear')).toEqual([]);
    expect(metrics['workloads.w.latency.p99'].designs[1]).toMatchObject({
      change: 'no change',
      difference: { value: 0, low: 0, high: 0 },
    });
    // 3 of n trials on either side: 80/s for 9 minutes, five times.
    const { difference } = metrics['workloads.w.availability'].designs[1]!;
    expect(difference!.high).toBeGreaterThan(1e-5);
    expect(difference!.high).toBeLessThan(5e-5);
  });

  it('of other seeds is not paired, says so, and is wider', () => {
    const unpaired = compare([one, again]);
    expect(unpaired.designs[1].unpaired).toBe('seed 2, the reference has 1');
    const width = ({ low, high }: { low?: number; high?: number }) => high! - low!;
    const paired = compare([one, slower]).metrics['workloads.w.latency.mean'].designs[1]!.difference!;
    expect(width(unpaired.metrics['workloads.w.latency.mean'].designs[1]!.difference!)).toBeGreaterThan(
      3 * width(paired),
    );
  });

  it('sees half a percent more work in pairs although the runs themselves vary by more than that', () => {
    const { metrics } = compare([one, slower]);
    const { difference } = metrics['workloads.w.latency.mean'].designs[1]!;
    expect(difference!.low).toBeGreaterThan(0);
    expect(difference!.value).toBeLessThan(
      one.metrics['workloads.w.latency.mean'].high! - one.metrics['workloads.w.latency.mean'].low!,
    );
  });

  it('says that answers that never come are worse, without any interval', async () => {
    const over = await resultOf(yaml(1, '40ms'));
    const metric = compare([one, over]).metrics['workloads.w.latency.p95'];
    expect(metric.designs[1]).toMatchObject({ value: null, change: 'worse' });
    expect(compare([over, one]).metrics['workloads.w.latency.p95'].designs[1]).toMatchObject({
      change: 'better',
    });
  });

  it('is the same from a saved result as from a new one', () => {
    const saved = readResult(writeResult(two)) as Result;
    expect(JSON.stringify(compare([one, saved]))).toBe(JSON.stringify(compare([one, two])));
  });

  it('of five designs fits into 80 columns', () => {
    const text = renderComparison(compare([one, two, again, slower, one]), {
      isAll: true,
      color: false,
      columns: 80,
    });
    expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
    expect(text).toContain('design 3 is not paired (seed 2, the reference has 1): intervals are wider');
  });

  it('on a terminal reads like this', async () => {
    const text = renderComparison(compare([one, two]), { isAll: false, color: false, columns: 80 });
    await expect(text).toMatchFileSnapshot('../../golden/compare/two-designs.txt');
    const more = renderComparison(compare([one, two, slower]), { isAll: false, color: false, columns: 80 });
    await expect(more).toMatchFileSnapshot('../../golden/compare/three-designs.txt');
  });
});

describe('values of the runs', () => {
  it('have the mean of maxima, and the percentile of all runs together', () => {
    const spreads = new Spreads(one);
    const p95 = spreads.of('workloads.w.latency.p95')!;
    expect(p95.value).toBe(one.metrics['workloads.w.latency.p95'].value);
    expect(p95.perRun).toHaveLength(5);
    const max = spreads.of('workloads.w.latency.max')!;
    expect(Math.max(...max.perRun)).toBe(one.metrics['workloads.w.latency.max'].value);
    expect(max.value).toBeLessThan(Math.max(...max.perRun));
    expect(spreads.of('workloads.w.nothing')).toBeUndefined();
  });
});

describe('what differs between scenarios', () => {
  it('is told by path, with what came, went and changed', () => {
    const from = 'name: a\nservices: { desk: { threads: 1, queue: 5 } }\nlist: [1, { x: 2 }]\n';
    const to = 'name: b\nservices: { desk: { threads: 2 }, till: { threads: 1 } }\nlist: [1, { x: 3 }]\n';
    expect(scenarioDifferences(from, to)).toEqual([
      { path: 'services.desk.threads', from: '1', to: '2' },
      { path: 'services.desk.queue', from: '5' },
      { path: 'services.till', to: '{ threads: 1 }' },
      { path: 'list[1].x', from: '2', to: '3' },
    ]);
  });
});

describe('a comparison of designs that all leave too much unanswered for a percentile', () => {
  // A quarter of the load gets no answer in time: less than the median, more than the p95.
  const failing = (threads: number) =>
    resultOf(
      `${yaml(threads).replace('duration: 10m', 'duration: 3m')}
faults: { f: { fault: instance-crash, service: desk, at: 60s, for: 45s, settle: 10s } }`,
      1,
      2,
    );

  it('shows the latency of what was answered beside it, there and only there', async () => {
    const [lone, double] = [await failing(1), await failing(2)];
    const comparison = compare([lone, double]);
    const keys = Object.entries(comparison.metrics).flatMap(([id, { isKey }]) => (isKey ? [id] : []));
    expect(keys).toContain('workloads.w.answeredLatency.p95');
    expect(keys).not.toContain('workloads.w.answeredLatency.p50');
    const text = renderComparison(comparison, { isAll: false, color: false, columns: 80 });
    expect(text).toMatch(/latency\.p95 +∞ +∞/);
    expect(text).toMatch(/answeredLatency\.p95 .*ms/);
    // Where one of them has a finite one, the two can be told apart by it.
    expect(compare([one, lone]).metrics['workloads.w.answeredLatency.p95'].isKey).toBe(false);
  });
});

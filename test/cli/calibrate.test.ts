import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/models/parse.ts';
import type { DistributionCalibration } from '../../src/result/index.ts';
import { exponential, lognormal } from '../../src/sim/distributions/index.ts';
import { drawn } from '../study/calibrate/drawn.ts';
import { headroom } from './headroom.ts';

const csvOf = (values: readonly number[]) =>
  `latency_ms\n${values.map((value) => (value * 1000).toFixed(6)).join('\n')}\n`;
const latencies = csvOf(drawn(lognormal(0.012, 0.7), 3000));

describe('headroom calibrate', () => {
  test('writes a distribution that a scenario takes, and says how well it fits', () => {
    const { code, stdout, stderr } = headroom(['calibrate', '-', '--reporter', 'yaml'], latencies);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^lognormal: \{ mean: 1[12]\.?\d*ms, cv: 0\.[67]\d* \}\n$/);
    const { problems } = parseScenario(
      'scenario.yaml',
      () => `name: x
workloads: { w: { arrivals: { rate: 1/s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ { work: { ${stdout.trim()} } } ] } } }`,
    );
    expect(problems).toEqual([]);
    const text = headroom(['calibrate', '-'], latencies).stdout;
    expect(text).toContain('lognormal fits: no worse than a sample of it would');
    expect(text).toMatch(/p99\.9 .*3 beyond it: luck/);
    expect(text).toContain('the observations support percentiles up to p99.67 (10 beyond it)');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('gives all of it as a document', () => {
    const found = JSON.parse(
      headroom(['calibrate', '-', '--json'], latencies).stdout,
    ) as DistributionCalibration;
    expect(found).toMatchObject({
      format: 'headroom.calibration/1',
      chosen: 'lognormal',
      fit: 'good',
      observations: 3000,
    });
    expect(found.families.map(({ aicAboveBest }) => aicAboveBest)[0]).toBe(0);
    expect(found.quantiles.map(({ share }) => share)).toEqual([0.5, 0.9, 0.95, 0.99, 0.999]);
  });

  test('writes the measured quantiles where no family fits', () => {
    const two = csvOf([...drawn(lognormal(0.01, 0.1), 800), ...drawn(lognormal(0.2, 0.1), 200)]);
    const { stdout } = headroom(['calibrate', '-'], two);
    expect(stdout).toContain('empirical: { quantiles: [[0, ');
    expect(stdout).toContain('nothing fits');
  });

  test('ends with 2 on bad input, and prints nothing on stdout', () => {
    const few = headroom(['calibrate', '-'], csvOf(drawn(exponential(0.01), 99)));
    expect([few.code, few.stdout, few.stderr]).toEqual([
      2,
      '',
      'error: 99 observations are too few to fit anything to: 100 at least\n',
    ]);
    const column = headroom(['calibrate', '-', '--column', 'latency'], latencies);
    expect(column.code).toBe(2);
    expect(column.stderr).toContain('did you mean "latency_ms"?');
    const negative = headroom(['calibrate', '-'], `${latencies}-4\n`);
    expect([negative.code, negative.stdout]).toEqual([2, '']);
    expect(negative.stderr).toContain('stdin:3002:1 error "-4" is negative');
    const gone = headroom(['calibrate', 'no-such.csv']);
    expect([gone.code, gone.stderr]).toEqual([2, 'error: cannot read no-such.csv: ENOENT\n']);
    const unit = headroom(['calibrate', '-', '--unit', 'mss'], latencies);
    expect([unit.code, unit.stderr.includes('did you mean ms?')]).toEqual([2, true]);
    expect(headroom(['calibrate', '-'], '').code).toBe(2);
  });

  test('says how much lies beyond the last bucket', () => {
    const values = drawn(lognormal(0.3, 1), 2000);
    const bounds = [0.05, 0.1, 0.25, 0.5, 1];
    const rows = [...bounds, '+Inf'].map((le) => {
      const upTo = values.filter((value) => le === '+Inf' || value <= (le as number)).length;
      return `d_seconds_bucket{le="${le}"} ${upTo}`;
    });
    const { stdout } = headroom(['calibrate', '-'], `${rows.join('\n')}\n`);
    expect(stdout).toMatch(/of the observations lie in the \+Inf bucket, above 1s/);
    expect(stdout).toMatch(/p99\.9 +above 1 s/);
  });

  test('fits arrivals', () => {
    let at = 0;
    const instants = drawn(exponential(0.2), 5000).map((gap) => {
      at += gap;
      return (1767571200 + at).toFixed(6);
    });
    const { code, stdout } = headroom(['calibrate', '-', '--arrivals'], `time\n${instants.join('\n')}\n`);
    expect(code).toBe(0);
    expect(stdout).toContain('process: poisson');
    expect(stdout).toContain('say nothing of how the rate goes over a day');
    const same = headroom(['calibrate', '-', '--arrivals'], `time\n${'1767571200\n'.repeat(200)}`);
    expect([same.code, same.stderr]).toEqual([2, 'error: all arrivals are at one instant\n']);
  });
});

import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/models/design.ts';
import { leversOf } from '../../src/models/levers.ts';
import { loadSets } from '../../src/models/load-factor.ts';
import { parseScenario, type Scenario } from '../../src/models/parse.ts';
import type { WorkloadConfig } from '../../src/models/workloads/config.ts';
import { designOf, readingOf, runOf } from './harness.ts';

const yaml = `
run: { duration: 10m, warmUp: 1m }
keys: { account: { count: 1000 } }
workloads:
  w:
    arrivals: { rate: 20/s, factor: 2, profile: { shape: week, peak: 40/s } }
    keys: [account]
    call: a.x
  v: { arrivals: { rate: 5/s }, session: { turns: 3, think: 1s }, call: a.x }
services: { a: { threads: 3, cpu: { cores: 2 }, operations: { x: [ work: 1ms ] } } }
`;

function scaled(factor: number): Design {
  const { scenario } = parseScenario('test.yaml', () => yaml, loadSets(designOf(yaml), factor));
  return (scenario as Scenario).design;
}

describe('a load factor', () => {
  it('multiplies the rate and the peak of a profile, and what the scenario says already', () => {
    const { arrivals } = scaled(1.5).entry<WorkloadConfig>('workloads', 'w') as WorkloadConfig;
    expect(arrivals.rate).toBeCloseTo(60);
    expect(arrivals.profile).toMatchObject({ peak: expect.closeTo(120) });
  });

  it('multiplies the arrivals of sessions, and leaves keys alone', () => {
    const design = scaled(1.5);
    expect(design.entry<WorkloadConfig>('workloads', 'v')?.arrivals.rate).toBeCloseTo(7.5);
    expect(design.entry('keys', 'account')).toEqual(designOf(yaml).entry('keys', 'account'));
  });

  it('can be of one workload', () => {
    expect(loadSets(designOf(yaml), 3, ['v'])).toEqual(['workloads.v.arrivals.factor=3']);
  });

  it('brings so many more operations in a run', () => {
    const at = (factor: number) =>
      readingOf(
        runOf(`
run: { duration: 20m, warmUp: 1m }
workloads: { w: { arrivals: { rate: 20/s, factor: ${factor} }, call: a.x } }
services: { a: { operations: { x: [ work: 1ms ] } } }
`),
        'workloads.w.throughput',
      );
    // About 22,800 and 34,200 Poisson arrivals: five standard deviations of the ratio are 4.2%.
    expect(at(1.5) / at(1)).toBeGreaterThan(1.5 * 0.958);
    expect(at(1.5) / at(1)).toBeLessThan(1.5 * 1.042);
  });
});

describe('levers', () => {
  it('are the numbers that give a thing more capacity, from the top of the scenario', () => {
    expect(leversOf(designOf(yaml), 'services.a')).toEqual([
      { path: ['services', 'a', 'threads'], from: 3, to: 6 },
      { path: ['services', 'a', 'cpu', 'cores'], from: 2, to: 4 },
      { path: ['services', 'a', 'instances'], from: 1, to: 2 },
    ]);
    expect(leversOf(designOf(yaml), 'workloads.w')).toEqual([]);
    expect(leversOf(designOf(yaml), 'services.b')).toEqual([]);
  });
});

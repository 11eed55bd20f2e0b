import { describe, expect, it } from 'vitest';
import { shorterRun } from '../../../src/study/limit/shorter-run.ts';
import { scenarioOf } from '../../models/harness.ts';

const designOf = (run: string, arrivals: string, more = '') =>
  scenarioOf(`
name: desk
run: { ${run} }
workloads: { w: { arrivals: { ${arrivals} }, call: desk.serve } }
services: { desk: { threads: 4, operations: { serve: [ work: 1ms ] } } }
${more}`).design;

describe('a run with more operations than are wanted', () => {
  it('is cut to as many, with its share of the warm-up', () => {
    // 100/s over 1,000 s of measured time are 100,000 operations: half of the time has 50,000 of them.
    const sets = shorterRun(designOf('duration: 1100s, warmUp: 100s', 'rate: 100/s'), 50_000);
    expect(sets).toEqual(['run.duration=550s', 'run.warmUp=50s']);
  });

  it('is never shorter than a minute', () => {
    const sets = shorterRun(designOf('duration: 1100s, warmUp: 100s', 'rate: 10k/s'), 50_000);
    expect(sets).toEqual(['run.duration=66s', 'run.warmUp=6s']);
  });

  it('is its busiest stretch', () => {
    // Monday 2026-01-12 in UTC: of the hours from 00:00 to 10:00 that from 08:00 on has the most (the city's week).
    const design = designOf(
      'start: 2026-01-12T00:00Z, duration: 10h, warmUp: 0s',
      'rate: 10/s, profile: { shape: week, timezone: UTC }',
    );
    const [start, duration] = shorterRun(design, 36_000);
    const from =
      Date.parse(start.replace('run.start=', '')) / 3600_000 - Date.parse('2026-01-12T00:00Z') / 3600_000;
    const hours = Number(/run\.duration=(\d+)s/.exec(duration)?.[1]) / 3600;
    expect(from).toBeGreaterThan(6.5);
    expect(from + hours).toBeLessThanOrEqual(10.01);
    expect(hours).toBeGreaterThan(0.5);
    expect(hours).toBeLessThan(1.1);
  });

  it.each([
    ['it has no more', 'duration: 400s, warmUp: 0s', ''],
    ['it begins empty', 'duration: 1000s, begin: empty', ''],
    [
      'something goes wrong in it',
      'duration: 1000s',
      'faults: { slow: { fault: instance-slow, service: desk, at: 10s, for: 10s, factor: 2 } }',
    ],
  ])('is left as it is where %s', (_, run, more) => {
    expect(shorterRun(designOf(run, 'rate: 100/s', more), 50_000)).toEqual([]);
  });
});

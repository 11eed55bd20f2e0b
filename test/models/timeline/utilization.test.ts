import { describe, expect, test } from 'vitest';
import { timelineOf } from '../../../src/study/timeline-of.ts';
import { simulated } from '../../report/terminal/results.ts';
import { shop } from '../../report/terminal/scenarios.ts';
import { readingOf, runOf } from '../harness.ts';

/** A warm-up of a sixth: 40 of the 240 buckets. */
const queue = (more = '') => `
name: One queue
run: { duration: 600s, warmUp: 100s }
workloads: { customers: { arrivals: { rate: 80/s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ { work: { exponential: 10ms } } ] }${more} } }
`;
const [buckets, warmUp] = [240, 40];

describe('the timeline of utilization', () => {
  test('averages over the window to what the meter says of the window', () => {
    const assembly = runOf(queue());
    const [[id, { values, of }]] = [...assembly.timeline.series].filter(([name]) =>
      name.endsWith('.utilization'),
    );
    expect(id).toMatch(/^services\.desk\.in\.[\w-]+\.utilization$/);
    expect(of).toBe('seen');
    expect(values).toHaveLength(buckets);
    const measured = values.subarray(warmUp);
    const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
    expect(mean).toBeCloseTo(readingOf(assembly, 'services.desk.utilization'), 10);
    // The warm-up is drawn too.
    expect([...values].every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test('is there for every box of the drawing that has a utilization, region by region', () => {
    const { timeline, topology } = simulated(shop, { runs: 1 });
    for (const { id, regions } of topology.nodes) {
      for (const [region, { utilization }] of Object.entries(regions)) {
        const series = timeline.series[`${id}.in.${region}.utilization`];
        expect(series !== undefined, `${id} in ${region}`).toBe(utilization !== undefined);
        if (utilization === undefined) continue;
        const measured = series.values.slice(warmUp) as number[];
        const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
        expect(mean, `${id} in ${region}`).toBeCloseTo(utilization, 4);
      }
    }
  });
});

describe('a timeline over runs', () => {
  test('carries levels on over buckets without a change, and leaves gaps where nothing was seen', () => {
    const values = [1, Number.NaN, 3];
    const record = (of: 'level' | 'seen') => ({
      warmUp: 0,
      timeline: { bucketSeconds: 1, series: { x: { unit: 'count', of, values } }, occurrences: [] },
    });
    const drawn = (of: 'level' | 'seen') => timelineOf([record(of)] as never).series.x.values;
    expect(drawn('level')).toEqual([1, 1, 3]);
    expect(drawn('seen')).toEqual([1, null, 3]);
  });
});

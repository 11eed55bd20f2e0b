import { describe, expect, test } from 'vitest';
import { Assembly, startOf } from '../../../src/models/assemble.ts';
import { loadProfile } from '../../../src/models/workloads/load-profile.ts';
import { expectExact, type Runs, simulate } from '../harness.ts';

/** Arrivals of each run, hour by hour, from the timeline. */
function arrivalsByHour(runs: Runs, hours: number): number[] {
  const sums = new Array<number>(hours).fill(0);
  for (const { timeline } of runs.assemblies) {
    const values = timeline.series.get('workloads.w.arrivals')?.values as Float64Array;
    const perHour = values.length / hours;
    values.forEach((value, bucket) => {
      sums[Math.floor(bucket / perHour)] += value;
    });
  }
  return sums;
}

describe('arrivals', () => {
  test('of a Poisson process have counts whose variance is their mean', () => {
    const runs = simulate(
      `
name: poisson
run: { duration: 4s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 100/s }, call: a.x } }
services: { a: { operations: { x: [] } } }
`,
      { runs: 150 },
    );
    const counts = runs.readings('workloads.w.arrivals').map(({ num }) => num);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const dispersion = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / mean;
    // χ² with 149 degrees of freedom lies in 100.1 to 212.7 in 99.8% of cases; the mean is 400 ± 3.29 √(400/150).
    expect(dispersion).toBeGreaterThan(100.1);
    expect(dispersion).toBeLessThan(212.7);
    expect(Math.abs(mean - 400)).toBeLessThan(3.29 * Math.sqrt(400 / 150));
  });

  test('that follow a week come in each hour as often as the integral of the rate says', () => {
    const runs = simulate(
      `
name: day
run: { start: 2026-01-14T00:00Z, duration: 24h, warmUp: 0s }
workloads:
  w:
    arrivals: { rate: 0.2/s, profile: { shape: week, peakToMean: 2.5, timezone: America/New_York } }
    call: a.x
services: { a: { operations: { x: [] } } }
`,
      { runs: 6 },
    );
    const { design } = runs.scenario;
    const profile = { shape: 'week', peakToMean: 2.5, timezone: 'America/New_York' } as const;
    const { rateAt } = loadProfile(0.2, profile);
    const start = startOf(design);
    const chiSquared = arrivalsByHour(runs, 24).reduce((sum, count, hour) => {
      const expected = 6 * 3600 * rateAt(start + hour * 3600 + 1);
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    // χ² with 24 degrees of freedom: 51.2 at 99.9%.
    expect(chiSquared).toBeLessThan(51.2);
  });

  test.each([undefined, 1.2, 2.5, 4])(
    'have exactly the mean rate over a week of peak to mean %s',
    (peakToMean) => {
      const profile = {
        shape: 'week',
        timezone: 'UTC',
        ...(peakToMean === undefined ? {} : { peakToMean }),
      } as const;
      const { rateAt } = loadProfile(80, profile);
      const rates = Array.from({ length: 168 }, (_, hour) => rateAt(hour * 3600 + 1800));
      expect(rates.reduce((sum, rate) => sum + rate, 0) / 168).toBeCloseTo(80, 9);
      if (peakToMean !== undefined) expect(Math.max(...rates)).toBeCloseTo(80 * peakToMean, 6);
    },
  );

  test('like clockwork are evenly spaced, and one on the border belongs to the window that it opens', () => {
    const runs = simulate(
      `
name: clockwork
run: { duration: 20s, warmUp: 10s }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, call: a.x } }
services: { a: { operations: { x: [] } } }
`,
      { runs: 1 },
    );
    // 10.0, 10.1, … 19.9: a hundred, for callers as for the service.
    for (const meter of [
      'workloads.w.arrivals',
      'workloads.w.succeeded',
      'services.a.arrivals',
      'services.a.throughput',
    ])
      expect(runs.readings(meter)[0].num).toBe(100);
  });
});

describe('sessions', () => {
  const sessions = (begin: string) => `
name: sessions
run: { duration: 30s, warmUp: 0s, begin: ${begin} }
workloads:
  w:
    arrivals: { rate: 25/s }
    session: { turns: { uniform: { min: 0.5, max: 9.5 } }, think: { exponential: 8s } }
    call: a.x
services: { a: { operations: { x: [ wait: 1ms ] } } }
`;

  test('in mid-life at the start are λ · E[length], and call as often from the first second on', () => {
    const runs = simulate(sessions('steady'), { runs: 12 });
    // 5 calls on the mean, four think times of 8 s between them. Each has one event pending, and so has the next arrival.
    const underWay = runs.meanOf(
      (_, run) => new Assembly(runs.scenario.design, 1, run).simulation.pending - 1,
    );
    expectExact(underWay, 25 * 4 * 8, 0.05);
    expectExact(runs.estimate('workloads.w.arrivals.rate'), 25 * 5, 0.05);
    expectExact(runs.estimate('workloads.w.sessionRate'), 25, 0.1);
  });

  test('that begin with the run call less often at first', () => {
    const empty = simulate(sessions('empty'), { runs: 3 });
    expect(empty.estimate('workloads.w.arrivals.rate').high).toBeLessThan(0.8 * 25 * 5);
  });
});

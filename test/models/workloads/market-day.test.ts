import { describe, expect, test } from 'vitest';
import { Assembly, demandOf, startOf } from '../../../src/models/assemble.ts';
import { loadProfile, type MarketDayConfig, openRate } from '../../../src/models/workloads/load-profile.ts';
import { marketDay } from '../../../src/models/workloads/market-day-shape.ts';
import { designOf, problemsOf, scenarioOf, simulate } from '../harness.ts';

const tenMillionADay = 10e6 / 86_400;
const newYork: MarketDayConfig = {
  shape: 'market-day',
  timezone: 'America/New_York',
  outside: 0,
  holidays: [],
};
const rateOf = (config: Partial<MarketDayConfig> = {}) =>
  loadProfile(tenMillionADay, { ...newYork, ...config }).rateAt;
/** Seconds of Unix time. */
const at = (text: string) => Date.parse(text) / 1000;

/** Integral of a rate that changes every five minutes at most. */
function integral(rateAt: (instant: number) => number, from: number, to: number): number {
  let sum = 0;
  for (let instant = from; instant < to; instant += 300) sum += rateAt(instant) * 300;
  return sum;
}

describe('a market day', () => {
  test('has exactly the rate’s arrivals in each trading day, none at weekends', () => {
    for (let day = 0; day < 14; day += 1) {
      const from = at('2026-01-05T05:00Z') + day * 86_400;
      expect(integral(rateOf(), from, from + 86_400)).toBeCloseTo(day % 7 < 5 ? 10e6 : 0, 3);
    }
  });

  test('of ten million has some 720 a second in the opening half hour, 950 in the closing one', () => {
    const opening = integral(rateOf(), at('2026-01-14T14:30Z'), at('2026-01-14T15:00Z')) / 1800;
    const closing = integral(rateOf(), at('2026-01-14T20:30Z'), at('2026-01-14T21:00Z')) / 1800;
    expect(opening).toBeCloseTo((10e6 * 0.129) / 1800, 6);
    expect(Math.abs(opening / 720 - 1)).toBeLessThan(0.01);
    expect(closing).toBeCloseTo((10e6 * 0.171) / 1800, 6);
    expect([rateOf()(at('2026-01-14T14:29:59Z')), rateOf()(at('2026-01-14T21:00Z'))]).toEqual([0, 0]);
  });

  test('has the measured shares in all its half hours, with no jump between them larger than within them', () => {
    const measured = [12.9, 9.5, 8.0, 7.5, 7.5, 5.7, 4.3, 5.5, 4.9, 5.7, 4.3, 7.1, 17.1];
    measured.forEach((share, half) => {
      const sum = marketDay.slice(6 * half, 6 * half + 6).reduce((total, each) => total + each, 0);
      expect(sum * 100).toBeCloseTo(share, 9);
    });
    const steps = marketDay.slice(1).map((share, before) => Math.abs(share - marketDay[before]));
    const within = Math.max(...steps.filter((_, before) => before % 6 !== 5));
    expect(Math.max(...steps)).toBeLessThanOrEqual(within);
    expect(Math.min(...marketDay)).toBeGreaterThan(0);
  });

  test('follows the clock of its exchange, daylight saving included', () => {
    const [winter, summer] = [rateOf()(at('2026-01-14T14:30Z')), rateOf()(at('2026-07-15T13:30Z'))];
    expect(summer).toBe(winter);
    expect(rateOf()(at('2026-07-15T13:25Z'))).toBe(0);
    const kolkata = rateOf({ timezone: 'Asia/Kolkata' });
    expect([kolkata(at('2026-01-14T03:59Z')), kolkata(at('2026-01-14T04:00Z'))]).toEqual([0, winter]);
  });

  test('on a holiday does not take place', () => {
    const rateAt = rateOf({ holidays: ['2026-01-19'], outside: 0.1 });
    expect(integral(rateAt, at('2026-01-19T05:00Z'), at('2026-01-20T05:00Z'))).toBe(0);
    expect(integral(rateAt, at('2026-01-20T05:00Z'), at('2026-01-21T05:00Z'))).toBeCloseTo(10e6, 3);
  });

  test('with a share outside the session keeps its sum, and has that share before the open and after the close', () => {
    const rateAt = rateOf({ outside: 0.1 });
    const [open, close] = [at('2026-01-14T14:30Z'), at('2026-01-14T21:00Z')];
    expect(integral(rateAt, open, close)).toBeCloseTo(9e6, 3);
    expect(integral(rateAt, close, close + 8 * 3600) + integral(rateAt, open - 9.5 * 3600, open)).toBeCloseTo(
      1e6,
      3,
    );
    expect(openRate(tenMillionADay, { ...newYork, outside: 0.1 })).toBeCloseTo(9e6 / (6.5 * 3600), 9);
  });
});

const scenario = (start: string, run = 'duration: 24h, warmUp: 0s', profile = '{ shape: market-day }') => `
name: market day
run: { start: ${start}, ${run} }
workloads: { w: { arrivals: { rate: 200k/day, profile: ${profile} }, call: a.x } }
services: { a: { operations: { x: [] } } }
`;

describe('callers of a market day', () => {
  test('come in each half hour of the day as often as the integral of the rate says', () => {
    const runs = simulate(scenario('2026-01-14T00:00Z'), { runs: 2 });
    const rateAt = demandOf(runs.scenario.design);
    const counts = new Array<number>(48).fill(0);
    for (const { timeline } of runs.assemblies) {
      timeline.series.get('workloads.w.arrivals')?.values.forEach((count, bucket) => {
        counts[Math.floor(bucket / 5)] += count;
      });
    }
    const start = at('2026-01-14T00:00Z');
    let chiSquared = 0;
    counts.forEach((count, half) => {
      const expected = 2 * integral(rateAt, start + half * 1800, start + (half + 1) * 1800);
      if (expected === 0) expect(count).toBe(0);
      else chiSquared += (count - expected) ** 2 / expected;
    });
    // χ² with 13 degrees of freedom: 34.5 at 99.9%.
    expect(chiSquared).toBeLessThan(34.5);
  });

  test('who start over a weekend come on Monday at the open', () => {
    const [assembly] = simulate(scenario('2026-01-16T22:00Z', 'duration: 66h, warmUp: 0s'), {
      runs: 1,
    }).assemblies;
    const counts = assembly.timeline.series.get('workloads.w.arrivals')?.values as Float64Array;
    const first = counts.findIndex((count) => count > 0);
    // Monday 14:30Z is 64.5 h after the start; a bucket is 66 h / 240.
    expect(first).toBe(Math.floor((64.5 / 66) * 240));
  });

  test('are asked for 5 of 7 days on the mean over any week, wherever it starts', () => {
    const demand = demandOf(designOf(scenario('peak')));
    for (const start of ['2026-01-14T14:27:13Z', '2026-01-17T00:00Z']) {
      let sum = 0;
      for (let look = 0; look < 2016; look += 1) sum += demand(at(start) + (look + 0.5) * 300);
      expect(sum / 2016).toBeCloseTo((200e3 / 86_400) * (5 / 7), 9);
    }
  });

  test('are at their peak in the closing half hour; within an hour, in the last one', () => {
    const closing = startOf(designOf(scenario('peak', 'duration: 40m, warmUp: 10m')));
    expect(new Date((closing + 600) * 1000).toJSON()).toBe('2026-01-05T20:30:00.000Z');
    const hour = startOf(designOf(scenario('peak', 'duration: 2h, warmUp: 1h')));
    expect(new Date((hour + 3600) * 1000).toJSON()).toBe('2026-01-05T20:00:00.000Z');
  });

  test('and the same rate without profile are two settings of one line', () => {
    const flat = demandOf(designOf(scenario('peak', 'duration: 1h', '{ shape: flat }')));
    expect(flat(at('2026-01-17T03:00Z')) * 86_400).toBeCloseTo(200e3, 6);
  });

  test('are told how many they are in a trading day and in a month', () => {
    const { assumptions } = scenarioOf(scenario('peak'));
    const said = assumptions.find(({ about }) => about === 'workloads.w: arrivals of a trading day');
    // 730 h are 30.4 days, 21.7 of them trading days.
    expect(said?.value).toMatch(/^200 ?k, 4\.35 ?M a month$/);
  });

  test('in mid-life at the start of a run in the session are there, before it are not', () => {
    const sessions = (start: string) =>
      scenario(start, 'duration: 10m, warmUp: 0s').replace(
        'call:',
        'session: { turns: 3, think: 60s }, call:',
      );
    const pending = (start: string) => new Assembly(designOf(sessions(start)), 1, 0).simulation.pending;
    expect(pending('2026-01-14T15:30Z')).toBeGreaterThan(100);
    expect(pending('2026-01-14T14:30Z')).toBe(1);
  });
});

describe('a market day is refused', () => {
  test.each([
    ['{ shape: market-day, timezone: New York }', /no such time zone/],
    ['{ shape: market-day, holidays: [2026-02-30] }', /no such date/],
    ['{ shape: market-day, outside: 120% }', /120%/],
    ['{ shape: marketday }', /marketday/],
  ])('as %s', (profile, message) => {
    expect(problemsOf(scenario('peak', 'duration: 1h', profile))).toEqual([expect.stringMatching(message)]);
  });
});

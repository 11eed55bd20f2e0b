import { describe, expect, test } from 'vitest';
import {
  type Bursts,
  burstStates,
  dispersionOf,
} from '../../../src/models/algorithms/arrivals/dispersion.ts';
import { Modulation } from '../../../src/models/algorithms/arrivals/modulation.ts';
import { parseScenario } from '../../../src/models/parse.ts';
import { stream } from '../../../src/sim/random/index.ts';
import { calibrateArrivals } from '../../../src/study/calibrate/calibrate-arrivals.ts';
import { dispersionWithin, poissonTail } from '../../../src/study/calibrate/dispersion-of-counts.ts';
import { fitBursts } from '../../../src/study/calibrate/fit-bursts.ts';

const monday = Date.UTC(2026, 0, 5) / 1000;

const arrivalsOf = (instants: readonly number[]) => ({ instants, weights: instants.map(() => 1) });

const calibrated = (instants: readonly number[], timezone = 'UTC') =>
  calibrateArrivals({
    arrivals: arrivalsOf(instants),
    isUnixTime: true,
    timezone,
    sources: [],
    version: '0.0.0',
    warnings: [],
  });

/** A Poisson process of a rate that changes, by thinning. */
function poisson(most: number, seconds: number, rateAt: (into: number) => number = () => most): number[] {
  const uniform = stream(1, 0, `poisson ${most} ${seconds}`);
  const instants: number[] = [];
  for (let into = 0; ; ) {
    into -= Math.log(uniform()) / most;
    if (into >= seconds) return instants;
    if (uniform() * most < rateAt(into)) instants.push(monday + into);
  }
}

/** Bursts as the simulator makes them. */
function bursty(bursts: Bursts, rate: number, seconds: number): number[] {
  const uniform = stream(1, 0, 'bursty');
  const states = stream(1, 0, 'states');
  const modulation = new Modulation(burstStates(bursts, rate), 0, () => states());
  const instants: number[] = [];
  for (let into = 0; into < seconds; ) {
    const next = into - Math.log(uniform()) / (rate * modulation.factor);
    if (next > modulation.until) {
      into = modulation.until;
      modulation.change();
    } else {
      into = next;
      instants.push(monday + into);
    }
  }
  return instants;
}

/** Whether YAML stands in a scenario. */
const problemsOf = (yaml: string) =>
  parseScenario(
    'scenario.yaml',
    () => `name: x
workloads:
  w:
    call: desk.serve
${yaml.replace(/^/gm, '    ')}
services: { desk: { threads: 1, operations: { serve: [work: { exponential: 1ms }] } } }
`,
  ).problems;

describe('calibrating arrivals', () => {
  test('independent callers have a dispersion of 1 and their rate within four standard errors', () => {
    const found = calibrated(poisson(5, 7200));
    expect(found.process).toBe('poisson');
    expect(Math.abs(found.rate.value - 5)).toBeLessThan(4 * found.rate.standardError);
    // √(rate × time) over time, the standard error of a count.
    expect(found.rate.standardError).toBeGreaterThanOrEqual(Math.sqrt(5 / 7200) * 0.98);
    for (const { measured, standardError } of found.dispersion)
      expect(Math.abs(measured - 1)).toBeLessThan(4 * standardError);
    expect(found.profile).toBeNull();
    expect(problemsOf(found.yaml)).toEqual([]);
  });

  test('the fit of exact dispersions gives back the bursts that have them', () => {
    const bursts: Bursts = { dispersion: 12, within: 1, share: 0.05, last: 3 };
    const states = burstStates(bursts, 40);
    const measured = [1, 2, 5, 10, 30, 60].map((within) => {
      const index = dispersionOf(states, 40, within);
      return { within, index, standardError: index / 10, degrees: 200, stretches: 200 };
    });
    const fit = fitBursts(measured, 40).bursts;
    expect(fit.dispersion).toBeCloseTo(12, 4);
    expect(fit.last).toBeCloseTo(3, 3);
    expect(fit.share).toBe(0.05);
  });

  test('finds bursts from the simulator’s own process', () => {
    const truth: Bursts = { dispersion: 15, within: 1, share: 0.05, last: 2 };
    const found = calibrated(bursty(truth, 40, 20_000));
    expect(found.process).toBe('bursty');
    const at = found.dispersion.find(({ within }) => within === 1);
    // 500 bursts or so decide: a tenth is two standard errors of such a count, a quarter five.
    expect(at?.measured).toBeGreaterThan(15 * 0.75);
    expect(at?.measured).toBeLessThan(15 * 1.25);
    const last = Number(/last: ([\d.]+)s/.exec(found.yaml)?.[1]);
    expect(last).toBeGreaterThan(2 * 0.7);
    expect(last).toBeLessThan(2 * 1.4);
    expect(problemsOf(found.yaml)).toEqual([]);
  }, 30_000);

  test('takes a clock for one', () => {
    const found = calibrated(Array.from({ length: 5000 }, (_, at) => monday + at * 0.1));
    expect(found.process).toBe('deterministic');
    expect(found.rate.value).toBeCloseTo(10, 6);
  });

  test('finds the hours of a day again, in the clock asked for, and no burst in them', () => {
    const shape = (hour: number) => (hour >= 9 && hour < 17 ? 2 : 0.5);
    const rateAt = (into: number) => 0.5 * shape(Math.floor(into / 3600) % 24);
    const instants = poisson(1, 3 * 86_400, rateAt);
    const found = calibrated(instants);
    expect(found.process).toBe('poisson');
    expect(found.profile?.hours).toHaveLength(24);
    const mean = (8 * 2 + 16 * 0.5) / 24;
    found.profile?.hours.forEach((factor, hour) => {
      const expected = shape(hour) / mean;
      // Three hours of 0.25 or 1 a second: 2,700 arrivals or more; four standard errors.
      expect(Math.abs(factor / expected - 1)).toBeLessThan(4 / Math.sqrt(2700));
    });
    expect(problemsOf(found.yaml)).toEqual([]);
    const newYork = calibrated(instants, 'America/New_York').profile?.hours as number[];
    expect(newYork[4]).toBeGreaterThan(1.5);
    expect(newYork[13]).toBeLessThan(1);
  }, 30_000);

  test('a flat day gets no profile, and less than a day says that none is known', () => {
    expect(calibrated(poisson(0.3, 2 * 86_400)).profile).toBeNull();
    expect(calibrated(poisson(5, 3000)).warnings.join()).toContain('nothing of how the rate goes over a day');
  });

  test('a rate that changes from hour to hour is no dispersion', () => {
    const rateAt = (into: number) => (Math.floor(into / 3600) % 2 === 0 ? 4 : 1);
    const instants = poisson(4, 8 * 3600, rateAt);
    const found = dispersionWithin(arrivalsOf(instants.map((at) => at)), 60);
    expect(Math.abs((found?.index ?? 0) - 1)).toBeLessThan(0.5);
    const whole = dispersionWithin(arrivalsOf(instants), 60, 8 * 3600);
    expect(whole?.index).toBeGreaterThan(20);
  });

  test('one Poisson process in twenty is in the last twentieth of the tail, also where hours differ', () => {
    // Binomial of 200 at 5%: 2 to 21 in 99.9% of all cases.
    const rateAt = (hour: number) => (hour % 3 === 0 ? 1 : 0.2);
    const inTail = Array.from({ length: 200 }, (_, run) => {
      const uniform = stream(1, run, 'tail');
      const instants: number[] = [];
      let into = 0;
      while (into < 12 * 3600) {
        if (uniform() < rateAt(Math.floor(into / 3600))) instants.push(monday + into);
        into -= Math.log(uniform());
      }
      const found = dispersionWithin(arrivalsOf(instants), 60);
      return found !== undefined && poissonTail(found) < 0.05;
    }).filter(Boolean).length;
    expect(inTail).toBeGreaterThanOrEqual(2);
    expect(inTail).toBeLessThanOrEqual(21);
  }, 60_000);
});

import { describe, expect, test } from 'vitest';
import {
  apart,
  excess,
  yearlyAvailability,
} from '../../../src/models/algorithms/recovery/yearly-availability.ts';
import { ninesText, yearlyTexts } from '../../../src/report/reading/yearly.ts';
import type { Result } from '../../../src/result/index.ts';
import { resultOf } from '../../../src/study/result-of.ts';
import { simulateRun } from '../../../src/study/simulate-run.ts';
import { problemsOf, scenarioOf } from '../harness.ts';

const year = 8760 * 3600;

/** Callers of 50/s, none of whom is answered while a bad version runs. */
const deploys = (
  faults: string,
  { steps = 'work: 1ms', arrivals = 'rate: 50/s, process: deterministic' } = {},
) => `
run: { duration: 10m, warmUp: 1m, runs: 2 }
workloads: { w: { arrivals: { ${arrivals} }, client: { timeout: 1s }, call: shop.buy } }
services: { shop: { threads: 8, operations: { buy: [${steps}] } } }
faults: { ${faults} }
`;
const bad = (at: string, rest: string) =>
  `{ fault: bad-deploy, service: shop, errors: 100%, at: ${at}, for: 1m, settle: 1m, ${rest} }`;

function resultFor(yaml: string): Result {
  const scenario = scenarioOf(yaml);
  const records = [0, 1].map((run) => simulateRun(scenario, 1, run));
  return resultOf(scenario, records, { file: 'x.yaml', version: '0', seed: 1, alpha: 0.05 });
}

const yearly = (yaml: string) => resultFor(yaml).metrics['workloads.w.yearlyAvailability'];

describe('availability over a year', () => {
  test('is 1 less the minutes of a known outage, as often as it happens', () => {
    // Every arrival of its sixty seconds fails, and no other: 3,000 of 50/s × 31,536,000 s, ten times a year.
    expect(yearly(deploys(`bad: ${bad('3m', 'rate: 10/year')}`)).value).toBeCloseTo(1 - (10 * 60) / year, 12);
  });

  test('adds up the faults that have a rate, each by its own', () => {
    const faults = `one: ${bad('2m', 'rate: 10/year')}, two: ${bad('5m', 'rate: 4/month')}, three: ${bad('7m', '')}`;
    // The third is left out: nobody says how often it happens, and its failures are no base failures either.
    expect(yearly(deploys(faults)).value).toBeCloseTo(1 - ((10 + 48) * 60) / year, 12);
  });

  test('takes base failures off, measured where no fault is felt', () => {
    // One request in 250 fails whatever happens: 0.4%, which leaves recovery at 99% alone.
    const faulty = deploys(
      `always: { fault: bad-deploy, service: other, errors: 0.4%, at: 0s, settle: 1m }, bad: ${bad('3m', 'rate: 100/year')}`,
      {
        steps: 'work: 1ms, call: other.ask'
          .replace(', call', ' }, { call')
          .replace('work', '{ work')
          .concat(' }'),
        arrivals: 'rate: 200/s',
      },
    ).replace('services: {', 'services: { other: { operations: { ask: [work: 1ms] } },');
    const { metrics } = resultFor(faulty);
    const base = 1 - (metrics['workloads.w.yearlyAvailability'].value as number) - (100 * 60) / year;
    // 200/s × 8 minutes × 2 runs × 0.4%: 768 failures, three deviations of which are 11%.
    expect(base).toBeGreaterThan(0.004 * 0.89);
    expect(base).toBeLessThan(0.004 * 1.11);
  });

  test('is nothing in a run that ended before it had been recovered from', () => {
    const endless = deploys('bad: { fault: bad-deploy, service: shop, errors: 100%, at: 3m, rate: 1/year }');
    expect(yearly(endless).value).toBe(0);
  });

  test('is not there without rates', () => {
    expect(yearly(deploys(`bad: ${bad('3m', 'data: kept').replace(', data: kept', '')}`))).toBeUndefined();
  });

  test('counts requests of a year by the profile’s mean, not by the hour that was simulated', () => {
    const daily = deploys(`bad: ${bad('3m', 'rate: 10/year')}`, {
      arrivals: 'rate: 1M/day, profile: { shape: market-day, timezone: America/New_York }',
    }).replace('duration: 10m', 'start: 2026-01-14T15:30Z, duration: 10m');
    const { metrics } = resultFor(daily);
    const lost = metrics['faults.bad.unanswered'].value as number;
    const tradingDays = 52 * 5 + 5 / 7;
    const expected = 1 - (10 * lost) / (1e6 * ((tradingDays * year) / (365 * 86400)));
    expect(metrics['workloads.w.yearlyAvailability'].value).toBeCloseTo(expected, 7);
  });

  test('can be a target', () => {
    const with3 = deploys(`bad: ${bad('3m', 'rate: 10/year')}`);
    const { targets } = resultFor(`${with3}targets: [workloads.w.yearlyAvailability >= 99.999%]`);
    expect(targets[0]).toMatchObject({ status: 'fail' });
    expect(
      problemsOf(
        `${with3}targets: [{ target: workloads.w.yearlyAvailability > 99%, during: steady }]`,
      ).join(),
    ).toContain('has no part that is of steady times');
  });

  test('is shown with the time that it leaves down', () => {
    const [text] = yearlyTexts(resultFor(deploys(`bad: ${bad('3m', 'rate: 10/year')}`)));
    expect(text).toEqual({ id: 'workloads.w', share: '99.9981%', downtime: '10 m' });
    expect([0.5, 0.99, 0.9999, 0.999999, 1].map(ninesText)).toEqual([
      '50%',
      '99.0%',
      '99.990%',
      '99.99990%',
      '100%',
    ]);
  });

  test('wants a rate that is one', () => {
    expect(problemsOf(deploys(`bad: ${bad('3m', 'rate: 10')}`)).join()).toContain('10 has no unit');
  });
});

describe('the rule', () => {
  test('is 1 − base − Σ rate × lost / requests, and never below 0', () => {
    expect(yearlyAvailability(0.001, 100, [{ rate: 1e-6, lost: 5000 }])).toBeCloseTo(1 - 0.001 - 5e-5, 12);
    expect(yearlyAvailability(0, 1, [{ rate: 1, lost: 5 }])).toBe(0);
    expect(yearlyAvailability(0, 1, [{ rate: 1e-9, lost: undefined }])).toBe(0);
    expect(yearlyAvailability(0, 1, [{ rate: 0, lost: undefined }])).toBe(1);
  });

  test('tells bins of the window apart by whether a stretch holds their middle', () => {
    const counts = { binWidth: 1, bins: 10, goodIn: () => 9, badIn: (bin: number) => bin };
    expect(apart(counts, { from: 1, to: 8 }, [{ from: 2.6, to: 5 }])).toEqual({
      inside: { good: 18, bad: 3 + 4 },
      outside: { good: 45, bad: 1 + 2 + 5 + 6 + 7 },
    });
  });

  test('charges a fault with no failures that would have been anyway', () => {
    expect(excess({ good: 900, bad: 100 }, 0.02)).toBeCloseTo(80, 12);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publishedModels } from '../../../../src/models/faults/random/published.ts';
import type { Result } from '../../../../src/result/index.ts';
import { resultOf } from '../../../../src/study/result-of.ts';
import { type RunRecord, simulateRun } from '../../../../src/study/simulate-run.ts';
import { problemsOf, scenarioOf } from '../../harness.ts';

const year = 8760 * 3600;

interface Times {
  readonly at: number;
  readonly until?: number;
}

const shop = (faults: string, { duration = '30m', instances = 1, rate = '100/s' } = {}) => `
run: { duration: ${duration}, warmUp: 1m, runs: 2 }
regions: { east: us-east-1, west: eu-west-1 }
pools: { web: { node: m6i.xlarge } }
workloads: { w: { arrivals: { rate: ${rate}, process: deterministic }, client: { timeout: 1s }, call: shop.buy } }
services: { shop: { pool: web, threads: 8, instances: ${instances}, operations: { buy: [work: 1ms] } } }
faults: { ${faults} }
`;
const deploys = (random: string, rest = '') =>
  `{ fault: bad-deploy, service: shop, errors: 100%, settle: 1m, random: { ${random} }${rest} }`;

const run = (yaml: string, number = 0): RunRecord => simulateRun(scenarioOf(yaml), 1, number);
const timesOf = ({ records }: RunRecord, fault: string): Times[] =>
  (records[`faults.${fault}`] as { occurrences?: Times[] } | undefined)?.occurrences ?? [];

function resultFor(yaml: string, runs = 2): Result {
  const scenario = scenarioOf(yaml);
  const records = Array.from({ length: runs }, (_, number) => simulateRun(scenario, 1, number));
  return resultOf(scenario, records, { file: 'x.yaml', version: '0', seed: 1, alpha: 0.05 });
}

describe('a fault at random times', () => {
  test('comes again mtbf after the end of the last, for mttr each', () => {
    const yaml = shop(`bad: ${deploys('mtbf: { constant: 9m }, mttr: { constant: 1m }')}`);
    const starts = [9, 19, 29];
    expect(timesOf(run(yaml), 'bad')).toEqual(
      starts.map((minutes) => ({ at: minutes * 60, until: (minutes + 1) * 60 })),
    );
    const { metrics } = resultFor(yaml);
    expect(metrics['faults.bad.occurrences'].value).toBe(3);
    // Every caller of its minute is left without an answer, and nobody else: 100/s × 60 s, three times.
    expect(metrics['faults.bad.rto'].value).toBe(60);
    expect(metrics['faults.bad.longestRto'].value).toBe(60);
    // One who came a moment before an onset may be on the way still.
    expect(Math.abs((metrics['faults.bad.unanswered'].value as number) - 3 * 100 * 60)).toBeLessThanOrEqual(
      3,
    );
  });

  test('gives the median of a run’s occurrences, and the longest beside it', () => {
    const lengths = '{ empirical: { quantiles: [[0, 30s], [50%, 30s], [51%, 2m], [100%, 2m]] } }';
    const { metrics } = resultFor(shop(`bad: ${deploys(`mtbf: { constant: 5m }, mttr: ${lengths}`)}`), 4);
    const secondsOf = (name: string) => metrics[`faults.bad.${name}`].runs.map(({ num }) => num as number);
    // No finer than a window of ten seconds.
    for (const [at, median] of secondsOf('rto').entries()) {
      expect(median).toBeGreaterThanOrEqual(30);
      expect(secondsOf('longestRto')[at]).toBeGreaterThanOrEqual(median);
      expect(secondsOf('longestRto')[at]).toBeLessThanOrEqual(131);
    }
    expect(Math.max(...secondsOf('longestRto'))).toBeGreaterThanOrEqual(120);
  });

  test('is there for mttr / (mtbf + mttr) of the time, where both are exponential', () => {
    const yaml = shop(`bad: ${deploys('mtbf: 8m, mttr: 2m')}`, { duration: '24h', rate: '0.1/s' });
    const shares = Array.from({ length: 6 }, (_, number) => {
      const times = timesOf(run(yaml, number), 'bad');
      return times.reduce((sum, { at, until = at }) => sum + until - at, 0) / (24 * 3600);
    });
    // An alternating renewal process: Var(share) ≈ 2 a² b² / ((a + b)³ T) = 2·480²·120²/(600³·86400), sd 0.0189 a run.
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(Math.abs(mean - 0.2)).toBeLessThan((4 * 0.0189) / Math.sqrt(6));
  });

  test('befalls each of many things as often as its mtbf says', () => {
    const yaml = shop('dies: { fault: instance-crash, service: shop, region: east, random: { mtbf: 1h } }', {
      instances: 10,
      duration: '6h',
      rate: '1/s',
    });
    const counts = Array.from({ length: 5 }, (_, number) => timesOf(run(yaml, number), 'dies').length);
    const sum = counts.reduce((total, count) => total + count, 0);
    // 10 instances × 6 h × 5 runs: 300 failures of a Poisson process, standard deviation 17.
    expect(Math.abs(sum - 300)).toBeLessThan(4 * Math.sqrt(300));
  });

  test('befalls any broker, each as often as its mtbf says, or the one that is named', () => {
    const yaml = (which: string) =>
      `${shop(
        `dies: { fault: broker-crash, cluster: events, region: east, ${which} random: { mtbf: 1h, mttr: { constant: 1m } } }`,
        { duration: '6h', rate: '0.1/s' },
      )}clusters: { events: { regions: [east], brokers: 5 } }
topics: { sold: { cluster: events, partitions: 5, replicationFactor: 3 } }
`.replace('buy: [work: 1ms]', 'buy: [work: 1ms, publish: sold]');
    const countOf = (which: string) =>
      Array.from({ length: 5 }, (_, number) => timesOf(run(yaml(which), number), 'dies').length).reduce(
        (total, count) => total + count,
        0,
      );
    // 5 runs of 6 h: of each broker up for 60 of 61 minutes; 147.5 failures of five, 29.5 of one.
    expect(Math.abs(countOf('') - 147.5)).toBeLessThan(4 * Math.sqrt(147.5));
    expect(Math.abs(countOf('broker: 2,') - 29.5)).toBeLessThan(4 * Math.sqrt(29.5));
  });

  test('has the same times in all designs that have it', () => {
    const one = shop(`bad: ${deploys('mtbf: 8m, mttr: 1m')}`);
    const other = shop(
      `rush: { fault: surge, workload: w, factor: 2, random: { mtbf: 3m, mttr: 1m } }, bad: ${deploys('mtbf: 8m, mttr: 1m')}`,
      { instances: 4 },
    );
    expect(timesOf(run(other), 'bad')).toEqual(timesOf(run(one), 'bad'));
    expect(timesOf(run(one, 1), 'bad')).not.toEqual(timesOf(run(one), 'bad'));
  });

  test('never strikes what another has struck, and leaves a written one its time', () => {
    const outage = (times: string) => `{ fault: region-outage, region: east, settle: 1m, ${times} }`;
    const yaml = (mtbf: number, mttr: number) =>
      shop(
        `often: ${outage(`random: { mtbf: ${mtbf}s, mttr: ${mttr}s }`)}, zone: { fault: zone-outage, region: east, zone: 1, settle: 1m, random: { mtbf: 1m, mttr: 1m } }, written: ${outage('at: 8m, for: 3m')}`,
        { duration: '20m', rate: '1/s' },
      );
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 300 }),
        fc.integer({ min: 5, max: 600 }),
        fc.nat(50),
        (mtbf, mttr, number) => {
          const record = run(yaml(mtbf, mttr), number);
          const all = [...timesOf(record, 'often'), ...timesOf(record, 'zone'), { at: 480, until: 660 }];
          all.sort((a, b) => a.at - b.at);
          for (const [at, { at: from }] of all.entries())
            if (at > 0) expect(from).toBeGreaterThan(all[at - 1].until as number);
        },
      ),
      { numRuns: 15, seed: 1 },
    );
  });

  test('begins no more once the measured window is over', () => {
    const times = timesOf(run(shop(`bad: ${deploys('mtbf: 1m, mttr: 20m')}`, { duration: '10m' })), 'bad');
    expect(times.every(({ at }) => at < 600)).toBe(true);
  });

  test('that did not happen has no recovery time', () => {
    const { metrics, faults } = resultFor(
      shop(`bad: ${deploys('mtbf: 100y, mttr: 1m')}`, { duration: '5m' }),
    );
    expect(metrics['faults.bad.rto'].data).toBe('none');
    expect(metrics['faults.bad.occurrences'].value).toBe(0);
    expect(faults).toEqual([]);
  });

  test('leaves steady times out of targets about them', () => {
    const yaml = shop(`bad: ${deploys('mtbf: { constant: 9m }, mttr: { constant: 1m }')}`);
    const { targets } = resultFor(
      `${yaml}targets: [{ target: workloads.w.goodputRatio >= 100%, during: steady }]`,
    );
    expect(targets[0].value).toBe(1);
  });
});

describe('availability over a year with random faults', () => {
  test('goes by the rate, and what one of its occurrences costs', () => {
    const yaml = shop(`bad: ${deploys('mtbf: { constant: 9m }, mttr: { constant: 1m }', ', rate: 10/year')}`);
    const { metrics } = resultFor(yaml);
    expect(metrics['workloads.w.yearlyAvailability'].value).toBeCloseTo(1 - (10 * 60) / year, 12);
  });

  test('has none where a fault with a rate never came: nobody knows what it costs', () => {
    const yaml = shop(`bad: ${deploys('mtbf: 100y, mttr: 1m', ', rate: 10/year')}`, { duration: '5m' });
    expect(resultFor(yaml).metrics['workloads.w.yearlyAvailability'].data).toBe('none');
  });

  test('takes the rate of a published model, however often it is played', () => {
    const yaml = shop(
      'lose: { fault: zone-outage, region: east, zone: 1, settle: 1m, random: { model: aws-zone, mttr: { constant: 1m }, speedUp: 200000 } }',
      { instances: 3 },
    );
    const value = resultFor(yaml).metrics['workloads.w.yearlyAvailability'].value as number;
    const lost = 1 - value;
    // At most everybody for a minute and the time until it is noticed, 0.15 times a year.
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan((0.15 * 180) / year);
  });
});

describe('mistakes of random faults', () => {
  const mistakes = (fault: string) => problemsOf(shop(`x: ${fault}`)).join('; ');
  const outage = (times: string) => mistakes(`{ fault: region-outage, region: east, ${times} }`);

  test.each([
    ['data: kept', 'says neither when it begins nor how often it happens'],
    ['at: 1m, random: { mtbf: 1h, mttr: 1m }', 'begins at random times'],
    ['for: 1m, random: { mtbf: 1h, mttr: 1m }', 'how long region-outage lasts is drawn'],
    ['random: { mttr: 1m }', 'does not say how often it happens'],
    ['random: { mtbf: 1h }', 'has no end, and could happen only once'],
    ['random: { mtbf: 1h, mttr: 1m, model: aws-region }', 'how often it happens is said twice'],
    ['random: { mtbf: 0s, mttr: 1m }', 'is zero'],
    ['random: { model: server }', 'server is not about region-outage'],
    ['random: { model: aws-regions }', 'aws-regions'],
    ['random: { mtbf: 1h, mttr: 1m, mtr: 1m }', 'mtr'],
  ])('region-outage with %s', (times, message) => {
    expect(outage(times)).toContain(message);
  });

  test('of what is over at once', () => {
    expect(mistakes('{ fault: node-crash, pool: web, random: { mtbf: 1h, mttr: 1m } }')).toContain(
      'is over at once',
    );
    expect(mistakes('{ fault: node-crash, pool: web, random: { mtbf: 1h } }')).toBe('');
    expect(mistakes('{ fault: instance-crash, service: shop, random: { mtbf: 1h } }')).toBe('');
  });
});

describe('published models', () => {
  test('say where they come from among the assumptions', () => {
    const { assumptions } = scenarioOf(
      shop('x: { fault: region-outage, region: east, random: { model: aws-region } }'),
    );
    const [found] = assumptions.filter(({ about }) => about.startsWith('faults.x'));
    expect(found.value).toBe('each 0.45/year; lognormal, median 5 h');
    expect(found.source).toContain('unverified');
  });

  test('have the median and the spread that they are published with', () => {
    const { mttr } = publishedModels['aws-region'];
    expect(mttr.quantile(0.5) / 3600).toBeCloseTo(5, 9);
    expect(Math.log(mttr.quantile(0.8413447460685429) / mttr.quantile(0.5))).toBeCloseTo(0.8, 6);
  });
});

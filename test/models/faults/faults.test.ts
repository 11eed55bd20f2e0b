import { describe, expect, test } from 'vitest';
import { faultSchema } from '../../../src/models/faults/config.ts';
import { kinds } from '../../../src/models/kinds.ts';
import { resultOf } from '../../../src/study/result-of.ts';
import { simulateRun } from '../../../src/study/simulate-run.ts';
import { problemsOf, readingOf, runOf, scenarioOf } from '../harness.ts';

const desk = (faults: string) => `
run: { duration: 10m, warmUp: 0s }
workloads: { customers: { arrivals: { rate: 50/s, process: deterministic }, call: desk.serve } }
services: { desk: { operations: { serve: [] } } }
faults: ${faults}
`;

describe('a fault', () => {
  test('is there from its instant on, for its time', () => {
    const assembly = runOf(
      desk('{ rush: { fault: surge, workload: customers, factor: 3, at: 2m, for: 1m } }'),
    );
    const { values } = assembly.timeline.series.get('workloads.customers.arrivals') as {
      values: Float64Array;
    };
    const seconds = assembly.timeline.bucketSeconds;
    const rate = (minute: number) => values[Math.floor((minute * 60) / seconds)] / seconds;
    expect([1.9, 2.1, 2.9, 3.1].map(rate)).toEqual([50, 150, 150, 50]);
    expect(assembly.timeline.occurrences).toEqual([
      { at: 120, component: 'faults.rush', what: 'surge begins', sort: 'fault' },
      { at: 180, component: 'faults.rush', what: 'surge ends', sort: 'fault' },
    ]);
  });

  test('without an end lasts to the end of the run', () => {
    const assembly = runOf(desk('{ rush: { fault: surge, workload: customers, factor: 3, at: 2m } }'));
    expect(assembly.records()['faults.rush']).toMatchObject({
      fault: 'surge',
      at: 120,
      recoveredAt: 120,
      aftermath: 'recovered',
    });
  });

  test('is told in the result, and no closed form is set beside what it disturbed', () => {
    const scenario = scenarioOf(
      desk('{ rush: { fault: surge, workload: customers, factor: 3, at: 2m, for: 1m } }'),
    );
    const settings = { file: 'x.yaml', version: '0', seed: 1, alpha: 0.05 };
    const { faults, metrics } = resultOf(scenario, [simulateRun(scenario, 1, 0)], settings);
    expect(faults).toEqual([
      {
        name: 'rush',
        fault: 'surge',
        at: 120,
        until: 180,
        recoveredAt: 120,
        phases: [],
        recoveries: [],
        aftermath: { runs: ['recovered'], stuck: 0, holds: [] },
      },
    ]);
    expect(Object.values(metrics).filter(({ exact }) => exact !== undefined)).toEqual([]);
  });
});

/**
 * One server for constant work, callers who wait for a second and do not come again: everything is arithmetic. During a
 * surge of 200/s on a server that does 100/s the wait grows by a second a second, and from 0.99 s on (the work takes the
 * rest) nobody is answered in time; after it the 6000 who wait are fewer by 50 each second, and who comes is answered in
 * time again once 99 are left: (6000 − 99) / 50 s later.
 */
const queue = (faults: string, duration = '10m') => `
run: { duration: ${duration}, warmUp: 1m }
workloads:
  customers: { arrivals: { rate: 50/s, process: deterministic }, client: { timeout: 1s }, call: desk.serve }
services: { desk: { threads: 1, operations: { serve: [work: 10ms] } } }
faults: ${faults}
`;
const rush = '{ rush: { fault: surge, workload: customers, factor: 4, at: 2m, for: 1m } }';

describe('the recovery time of a fault', () => {
  /** Windows are of a thousand arrivals: 20 s at 50/s. */
  const window = 20;
  const drain = (6000 - 99) / 50;

  test('is when the backlog of an overload is gone, within a window of what arithmetic says', () => {
    const assembly = runOf(queue(rush));
    const rto = readingOf(assembly, 'faults.rush.rto');
    expect(rto).toBeGreaterThanOrEqual(60 + drain);
    expect(rto).toBeLessThan(60 + drain + window);
    expect(readingOf(assembly, 'faults.rush.workload.customers.rto')).toBe(rto);
  });

  test('counts all who came from the first second on until then', () => {
    const exact = (60 - 0.99) * 200 + drain * 50;
    const assembly = runOf(queue(rush));
    expect(Math.abs(readingOf(assembly, 'faults.rush.unanswered') - exact)).toBeLessThanOrEqual(2);
  });

  test('makes a run go on until it is known, and is censored where that takes twice its length', () => {
    const shortly = runOf(queue(rush, '5m'));
    expect(readingOf(shortly, 'faults.rush.rto')).toBe(readingOf(runOf(queue(rush)), 'faults.rush.rto'));
    expect(shortly.simulation.now / 1e9).toBeGreaterThan(2 * 60 + 178 + 300);
    const never = runOf(queue('{ rush: { fault: surge, workload: customers, factor: 4, at: 2m } }', '4m'));
    expect(never.readings().get('faults.rush.rto')).toMatchObject({ censored: true });
    expect(never.simulation.now).toBe(8 * 60e9);
  });

  test('fails a target where a run did not see it', () => {
    const scenario = scenarioOf(
      `${queue('{ rush: { fault: surge, workload: customers, factor: 4, at: 2m } }', '4m')}
targets: [faults.rush.rto < 1h]`,
    );
    const records = Array.from({ length: 5 }, (_, run) => simulateRun(scenario, 1, run));
    const { targets } = resultOf(scenario, records, { file: 'x.yaml', version: '0', seed: 1, alpha: 0.05 });
    expect(targets).toMatchObject([{ status: 'fail', value: null }]);
  });
});

describe('refused is a fault', () => {
  test.each([
    ['that nobody knows', '{ f: { fault: surg, at: 1m } }', 'found "surg"'],
    [
      'that begins after the run',
      '{ f: { fault: surge, workload: customers, factor: 2, at: 1h } }',
      'the run is over before this fault begins',
    ],
    [
      'that does not say when',
      '{ f: { fault: surge, workload: customers, factor: 2 } }',
      'says neither when it begins nor how often it happens',
    ],
    [
      'whose kind finds it senseless',
      '{ f: { fault: surge, workload: customers, at: 1m } }',
      'nothing surges',
    ],
  ])('%s', (_title, faults, message) => {
    expect(problemsOf(desk(faults)).join()).toContain(message);
  });
});

test('every kind’s faults can be written under `faults`', () => {
  const definitions = kinds.flatMap(({ faults }) => faults ?? []);
  expect(definitions.length).toBeGreaterThan(0);
  const schema = faultSchema(definitions);
  for (const { fault } of definitions) {
    const issues = schema.safeParse({ fault, at: '1m', nonsense: 1 }).error?.issues ?? [];
    expect(issues.map(({ code }) => code)).toContain('unrecognized_keys');
  }
});

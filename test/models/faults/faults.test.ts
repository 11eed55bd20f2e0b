import { describe, expect, test } from 'vitest';
import { faultSchema } from '../../../src/models/faults/config.ts';
import { kinds } from '../../../src/models/kinds.ts';
import { resultOf } from '../../../src/study/result-of.ts';
import { simulateRun } from '../../../src/study/simulate-run.ts';
import { problemsOf, runOf, scenarioOf } from '../harness.ts';

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
      { at: 120, component: 'faults.rush', what: 'surge begins' },
      { at: 180, component: 'faults.rush', what: 'surge ends' },
    ]);
  });

  test('without an end lasts to the end of the run', () => {
    const assembly = runOf(desk('{ rush: { fault: surge, workload: customers, factor: 3, at: 2m } }'));
    expect(assembly.records()['faults.rush']).toEqual({ fault: 'surge', at: 120 });
  });

  test('is told in the result, and no closed form is set beside what it disturbed', () => {
    const scenario = scenarioOf(
      desk('{ rush: { fault: surge, workload: customers, factor: 3, at: 2m, for: 1m } }'),
    );
    const settings = { file: 'x.yaml', version: '0', seed: 1, alpha: 0.05 };
    const { faults, metrics } = resultOf(scenario, [simulateRun(scenario, 1, 0)], settings);
    expect(faults).toEqual([{ name: 'rush', fault: 'surge', at: 120, until: 180 }]);
    expect(Object.values(metrics).filter(({ exact }) => exact !== undefined)).toEqual([]);
  });
});

describe('refused is a fault', () => {
  test.each([
    ['that nobody knows', '{ f: { fault: surg, at: 1m } }', 'expected surge'],
    [
      'that begins after the run',
      '{ f: { fault: surge, workload: customers, factor: 2, at: 1h } }',
      'the run is over before this fault begins',
    ],
    ['that does not say when', '{ f: { fault: surge, workload: customers, factor: 2 } }', 'missing key "at"'],
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

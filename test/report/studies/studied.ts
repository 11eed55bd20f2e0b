import { parseScenario } from '../../../src/models/parse.ts';
import type { Calibration, Limit, RoadmapReport, Survival, Sweep } from '../../../src/result/index.ts';
import { exponential, lognormal } from '../../../src/sim/distributions/index.ts';
import { calibrateDistribution } from '../../../src/study/calibrate/calibrate-distribution.ts';
import { sampleOfValues } from '../../../src/study/calibrate/sample.ts';
import { findLimit } from '../../../src/study/limit/find-limit.ts';
import { runRoadmap } from '../../../src/study/roadmap/run-roadmap.ts';
import { RunPool } from '../../../src/study/run-pool.ts';
import { lostPlaces } from '../../../src/study/survive/lost-place.ts';
import { survive } from '../../../src/study/survive/survive.ts';
import { setsOf } from '../../../src/study/sweep/plan-points.ts';
import { combinations } from '../../../src/study/sweep/points.ts';
import { runSweep } from '../../../src/study/sweep/run-sweep.ts';
import { scenarioOf } from '../../models/harness.ts';
import { drawn } from '../../study/calibrate/drawn.ts';
import { threeRegions } from '../../study/survive/designs.ts';

const common = () => ({ file: 'desk.yaml', version: '0.0.0', pool: new RunPool(1) });

const desk = (more = '') => `
name: A desk
run: { duration: 40s, warmUp: 5s, runs: 3, seed: 2 }
pools: { web: {} }
workloads: { w: { arrivals: { rate: 40/s }, call: desk.serve } }
services: { desk: { pool: web, threads: 1, operations: { serve: [ work: { exponential: 10ms } ] } } }
targets: [ workloads.w.latency.p95 < 100ms ]
${more}`;

/** How far one thread can go. */
export const limited = (): Promise<Limit> => findLimit(scenarioOf(desk()), common());

/** Threads by instances, those left out that have as many of both. */
export function swept(): Promise<Sweep> {
  const variables = [
    { path: 'services.desk.threads', values: ['1', '2'] },
    { path: 'services.desk.instances', values: ['1', '2', '3'] },
  ];
  const { leftOut, points } = combinations(variables, [(values) => values.join() !== '2,3']);
  const yaml = desk().replace('rate: 40/s', 'rate: 120/s');
  return runSweep(
    scenarioOf(yaml),
    {
      variables,
      where: ['services.desk.threads * services.desk.instances < 6'],
      leftOut,
      points: points.map((values) => ({
        values,
        scenario: () => {
          const { scenario } = parseScenario('desk.yaml', () => yaml, setsOf(variables, values));
          if (scenario === undefined) throw new Error(values.join());
          return scenario;
        },
      })),
    },
    { ...common(), runs: 2, atOnce: 1 },
  );
}

/** Each of three regions lost, of which the biggest is more than another bears. */
export async function survived(): Promise<Survival> {
  const scenario = scenarioOf(
    threeRegions().replace('duration: 12m, warmUp: 2m, runs: 2', 'duration: 4m, warmUp: 1m, runs: 1'),
  );
  const found = lostPlaces(['each-region'], scenario.design);
  if ('problem' in found) throw new Error(found.problem);
  const { survival } = await survive(scenario, {
    ...common(),
    file: 'three.yaml',
    places: found.places,
    asked: ['each-region'],
  });
  return survival;
}

/** Twice the load in two months, and a second thread in the first of them. */
export function planned(): Promise<RoadmapReport> {
  const yaml = desk(`
growth: { load: [ { month: 0, factor: 1 }, { month: 2, factor: 3 } ] }
phases: { threads: { month: 1, changes: { services: { desk: { threads: 3 } } } } }`);
  const parse = (sets: readonly string[], phases?: readonly string[]) =>
    parseScenario('desk.yaml', () => yaml, sets, phases);
  return runRoadmap(scenarioOf(yaml), { ...common(), runs: 2, parse });
}

/** What a lognormal and what an exponential of a mixture look like: one that fits, one of which the tail does not. */
export function calibrated(fits: boolean): Calibration {
  const values = fits
    ? drawn(lognormal(0.012, 0.7), 1000)
    : [...drawn(lognormal(0.01, 0.1), 800), ...drawn(exponential(0.2), 200)];
  return calibrateDistribution({
    sample: sampleOfValues(Float64Array.from(values), 0),
    dimension: 'duration',
    sources: [{ file: 'latencies.csv', format: 'csv', of: 'latency_ms', observations: 1000, leftOut: [] }],
    version: '0.0.0',
    warnings: [],
  });
}

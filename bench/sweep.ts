import { parseScenario, type Scenario } from '../src/models/parse.ts';
import { RunPool } from '../src/study/run-pool.ts';
import { runSweep } from '../src/study/sweep/run-sweep.ts';

const text = `
name: sweep
run: { duration: 20m, warmUp: 1m, runs: 2 }
workloads: { w: { arrivals: { rate: 200/s }, call: desk.serve } }
services: { desk: { threads: 4, operations: { serve: [ work: { exponential: 10ms } ] } } }
`;
const path = 'services.desk.threads';
const values = ['3', '4', '5', '6', '8', '10'];

const scenarioWith = (sets: readonly string[]): Scenario =>
  parseScenario('sweep.yaml', () => text, sets).scenario as Scenario;

/** Seconds that a sweep of six points takes with so many workers, and what it prints. */
export async function timeSweep(jobs: number): Promise<{ seconds: number; printed: string }> {
  const pool = new RunPool(jobs);
  const design = {
    variables: [{ path, values }],
    where: [],
    leftOut: 0,
    points: values.map((value) => ({ values: [value], scenario: () => scenarioWith([`${path}=${value}`]) })),
  };
  const started = performance.now();
  try {
    const sweep = await runSweep(scenarioWith([]), design, {
      file: 'sweep.yaml',
      version: '0',
      pool,
      atOnce: jobs,
    });
    return { seconds: (performance.now() - started) / 1000, printed: JSON.stringify(sweep) };
  } finally {
    await pool.close();
  }
}

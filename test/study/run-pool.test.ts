import { expect, test } from 'vitest';
import { writeResult } from '../../src/result/index.ts';
import { RunPool } from '../../src/study/run-pool.ts';
import { runScenario } from '../../src/study/run-scenario.ts';
import { scenarioOf } from '../models/harness.ts';

const scenario = scenarioOf(`
name: two workers
run: { duration: 20s, runs: 4 }
regions: { near: eu-west-1, far: us-east-1 }
origins: { here: eu-central-1 }
workloads:
  w:
    arrivals: { rate: 50/s }
    from: { here: 100% }
    client: { timeout: 200ms, retries: { max: 2 } }
    call: a.x
services: { a: { threads: 2, operations: { x: [ work: { lognormal: { mean: 20ms, cv: 1 } } ] } } }
targets: [ workloads.w.latency.p95 < 1s ]
`);

async function writtenBy(jobs: number, seed = 1): Promise<string> {
  const pool = new RunPool(jobs);
  try {
    const { result } = await runScenario(scenario, { file: 'two-workers.yaml', version: '0', seed, pool });
    return writeResult(result);
  } finally {
    await pool.close();
  }
}

test('the result is the same bytes with one worker and with two', async () => {
  const alone = await writtenBy(1);
  expect(await writtenBy(2)).toBe(alone);
  expect(await writtenBy(1)).toBe(alone);
  expect(await writtenBy(1, 2)).not.toBe(alone);
});

import { workerData } from 'node:worker_threads';
import { type SandboxedJob, UnrecoverableError } from 'bullmq';
import type { Redis } from 'ioredis';
import { parseOnce } from '../parse-once.ts';
import { simulateRun } from '../simulate-run.ts';
import { writeBlob } from '../units/blob.ts';
import { addressOf, sha256, stampOf } from '../units/unit.ts';
import type { Batch, BatchDone } from './batch.ts';
import { hasBlob, putBlob } from './blobs.ts';
import { connection } from './redis.ts';

/** What `serveQueue` tells the thread. */
export interface ThreadData {
  readonly url: string;
  readonly version: string;
}

let redis: Redis | undefined;

/**
 * Does a batch, in a worker thread of its own: the thread that renews the job's lock must not be busy. Records go into
 * Redis as blobs, since what a job returns would be copied into its stream of events.
 */
export default async function processBatch(job: SandboxedJob<Batch, BatchDone>): Promise<BatchDone> {
  const { url, version } = workerData as ThreadData;
  refuseOther(job.data, version);
  redis ??= connection(url);
  const { scenarios, units } = job.data;
  let simulated = 0;
  let seconds = 0;
  for (const { scenario, seed, run } of units) {
    const stamp = stampOf({ text: scenarios[scenario], seed, run }, version);
    const address = addressOf(stamp);
    // From a worker that was killed in the middle of this batch, or for a coordinator that was.
    if (await hasBlob(redis, address)) continue;
    const before = performance.now();
    const record = simulateRun(parseOnce(scenarios[scenario]), seed, run);
    seconds += (performance.now() - before) / 1000;
    simulated += 1;
    await putBlob(redis, address, writeBlob(stamp, record), `${job.id}`);
  }
  return { units: units.length, simulated, seconds };
}

function refuseOther({ version: asked, scenarios, units }: Batch, version: string): void {
  if (asked !== version)
    throw new UnrecoverableError(`the job is for headroom ${asked}, and the worker is ${version}`);
  for (const { scenario } of units)
    if (sha256(scenarios[scenario] ?? '') !== scenario)
      throw new UnrecoverableError(`the scenario of a job does not have its hash, ${scenario}`);
}

import { Worker } from 'bullmq';
import { type Batch, type BatchDone, prefix, queueName } from './batch.ts';
import { UnusableQueue } from './errors.ts';
import { Presence, versionsOf } from './presence.ts';
import type { ThreadData } from './process-batch.ts';
import { openRedis, shownUrl } from './redis.ts';

export interface ServeSettings {
  readonly version: string;
  /** Worker threads. */
  readonly jobs: number;
  /** Milliseconds after which the batch of a worker that is silent goes to another one. */
  readonly patience: number;
  readonly done?: (batch: BatchDone) => void;
  /** Told when the server is out of reach, and when it is back. */
  readonly notice?: (text: string) => void;
}

/** How often one batch may lose its worker: machines that are taken away at any time are ordinary. */
const mostLosses = 20;

/**
 * Does batches of a queue until it is closed, which waits for those that are being done.
 * @throws UnusableQueue
 */
export async function serveQueue(url: string, settings: ServeSettings): Promise<{ close(): Promise<void> }> {
  const { version, jobs, patience, done, notice = () => undefined } = settings;
  const redis = await openRedis(url);
  const others = await versionsOf(redis, 'coordinators');
  if (others.length > 0 && !others.includes(version)) {
    redis.disconnect();
    throw new UnusableQueue(
      `the work at ${shownUrl(url)} is of headroom ${others.join(' and ')}, and this is ${version}`,
    );
  }
  if (import.meta.url.endsWith('.ts')) {
    redis.disconnect();
    // BullMQ starts the threads, and loads nothing into them that reads TypeScript.
    throw new UnusableQueue('a worker runs only as it is built: npm run build, node dist/cli/main.js worker');
  }
  const presence = new Presence(redis, 'workers', version);
  await presence.start();
  const data: ThreadData = { url, version };
  const worker = new Worker<Batch, BatchDone>(
    queueName(version),
    new URL('./process-batch.js', import.meta.url),
    {
      connection: redis,
      prefix,
      concurrency: jobs,
      useWorkerThreads: true,
      workerThreadsOptions: { workerData: data },
      lockDuration: patience,
      stalledInterval: patience / 2,
      maxStalledCount: mostLosses,
      // A server that was started again is not kept waiting.
      runRetryDelay: 1_000,
    },
  );
  let isLost = false;
  worker.on('error', (error) => {
    if (redis.status !== 'ready' && !isLost) {
      isLost = true;
      notice(`${shownUrl(url)} is out of reach: ${error.message}; it is tried again`);
    }
  });
  redis.on('ready', () => {
    if (isLost) notice(`${shownUrl(url)} is there again`);
    isLost = false;
  });
  worker.on('completed', (_job, result) => done?.(result));
  worker.on('failed', (_job, error) => notice(`a batch failed: ${error.message}`));
  return {
    async close() {
      await worker.close();
      await presence.stop();
      redis.disconnect();
    },
  };
}

import { Option } from 'commander';
import { version } from '../result/version.ts';
import { defaultJobs, type RunMaker, RunPool } from '../study/run-pool.ts';
import { exitCode, Stop } from './exit.ts';

export interface QueueOptions {
  readonly queue?: string;
  readonly jobs?: number;
}

/** `--queue redis://…`. */
export const queueOption = (): Option =>
  new Option(
    '--queue <url>',
    'let the workers at this Redis simulate: redis://host:6379 (headroom worker)',
  ).env('HEADROOM_QUEUE');

/** Points that are worked on at a time, where nobody knows how many workers there are. */
const queuedAtOnce = 256;

/** Whoever is to simulate: the workers at a queue, or this machine's cores. Close it when done. */
export async function openRuns({ queue, jobs }: QueueOptions): Promise<{ maker: RunMaker; atOnce: number }> {
  if (queue === undefined) return { maker: new RunPool(jobs), atOnce: jobs ?? defaultJobs() };
  if (jobs !== undefined)
    throw new Stop(exitCode.usage, 'error: with --queue the workers say how many --jobs they do at a time');
  // Only where it is asked for: reading all of BullMQ takes a while.
  const { QueueRuns } = await import('../study/queue/queue-runs.ts');
  const notice = (text: string) => void process.stderr.write(`${text}\n`);
  return { maker: await QueueRuns.open(queue, { version, notice }), atOnce: queuedAtOnce };
}

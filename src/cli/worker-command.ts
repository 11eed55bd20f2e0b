import { Command, InvalidArgumentError } from 'commander';
import { version } from '../result/version.ts';
import { defaultJobs } from '../study/run-pool.ts';
import { parseQuantity } from '../units/index.ts';
import { wholeNumber } from './options.ts';
import { queueOption } from './queue-option.ts';

interface WorkerOptions {
  readonly queue: string;
  readonly jobs?: number;
  readonly patience: number;
}

/** `headroom worker --queue redis://…`: simulates for commands that were called with the same `--queue`. */
export function workerCommand(): Command {
  return new Command('worker')
    .description('simulate for commands that were called with --queue, on as many machines as you like')
    .addOption(queueOption().makeOptionMandatory())
    .option('--jobs <n>', 'batches at a time (default: one a core)', wholeNumber(1))
    .option(
      '--patience <time>',
      'after which the batch of a worker that was killed goes to another one',
      secondsOf,
      15,
    )
    .action(async ({ queue, jobs = defaultJobs(), patience }: WorkerOptions) => {
      const { serveQueue } = await import('../study/queue/serve-queue.ts');
      const say = (text: string) => void process.stderr.write(`${text}\n`);
      let batches = 0;
      let runs = 0;
      const service = await serveQueue(queue, {
        version,
        jobs,
        patience: patience * 1000,
        notice: say,
        done({ simulated }) {
          batches += 1;
          runs += simulated;
        },
      });
      say(`headroom ${version}: ready, ${jobs} at a time`);
      await new Promise<void>((resolve) => process.once('SIGTERM', resolve));
      say('ending with what is being done');
      await service.close();
      say(`${runs} runs in ${batches} batches`);
    });
}

function secondsOf(text: string): number {
  const time = parseQuantity(text, 'duration');
  if ('problem' in time || time.value < 1) throw new InvalidArgumentError('expected a time such as 15s.');
  return time.value;
}

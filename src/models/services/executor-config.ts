import { z } from 'zod';
import { quantity } from '../../units/index.ts';
import type { Refusal } from '../contracts/service.ts';

export const executorSchema = z
  .strictObject({
    threads: quantity('count', {
      integer: true,
      min: 1,
      about: 'Threads of an instance’s executor: a fixed pool, as newFixedThreadPool makes it.',
    }),
    queue: quantity('count', {
      integer: true,
      about: 'Tasks that may wait for a thread. Default: no bound, as of Java’s and Spring’s own.',
    }).optional(),
    reject: z
      .enum(['abort', 'caller-runs', 'discard'])
      .default('abort')
      .describe(
        'What happens to a task that finds the queue full. abort: who hands it over fails (RejectedExecutionException). caller-runs: who hands it over runs it first. discard: it is dropped, and whoever joins it waits for ever.',
      ),
  })
  .describe('A ThreadPoolExecutor.');

export interface ExecutorConfig {
  readonly threads: number;
  readonly queue?: number;
  readonly reject: Refusal;
}

import { z } from 'zod';
import { quantity } from '../../units/index.ts';
import { attemptLimit } from '../operation.ts';

const retries = z
  .strictObject({
    max: quantity('count', {
      integer: true,
      max: attemptLimit - 1,
      default: 2,
      about: 'Attempts after the first.',
    }),
    backoff: z
      .enum(['full-jitter', 'exponential', 'none'])
      .default('full-jitter')
      .describe(
        'full-jitter: a random time up to base × 2^attempt, capped. exponential: base, then each time a factor longer, capped, spread by jitter. none: at once.',
      ),
    base: quantity('duration', { default: '100ms', about: 'First bound (or length) of the back-off.' }),
    cap: quantity('duration', { default: '20s', about: 'Largest bound (or length) of the back-off.' }),
    factor: quantity('factor', {
      min: 1,
      about: 'Of an exponential back-off. Default: 2.',
    }).optional(),
    jitter: quantity('ratio', {
      about:
        'How far around its length an exponential back-off is spread: 20% as in gRPC, 50% as in resilience4j. Default: not at all.',
    }).optional(),
    budget: quantity('ratio', {
      about: 'Retries a first attempt earns, as a token bucket of 10 holds them. Default: no bound.',
    }).optional(),
  })
  .superRefine((options, context) => {
    if (options.backoff === 'exponential') return;
    for (const key of ['factor', 'jitter'] as const) {
      if (options[key] === undefined) continue;
      const message = `${key} is of an exponential back-off, this one is ${options.backoff}`;
      context.addIssue({ code: 'custom', message, path: [key] });
    }
  });

/** How whoever calls waits, retries and gives up: options of a workload's client and of a service's call. */
export const clientShape = {
  timeout: quantity('duration', {
    positive: true,
    about: 'How long a caller waits for the answer of one attempt.',
  }).optional(),
  retries: retries.optional().describe('What a caller does about a failure. Default: nothing.'),
  deadline: z
    .enum(['none', 'inherit'])
    .default('none')
    .describe(
      'inherit: what is called is told until when its caller waits, as gRPC does. A request whose time is over when its turn comes is not begun, and calls that inherit wait no longer than their own caller does.',
    ),
  cancel: z
    .enum(['none', 'propagate'])
    .default('none')
    .describe(
      'none: what is called works on when its caller has given up. propagate: word goes after it, and it stops where it stands unless it computes.',
    ),
};

export interface RetriesConfig {
  readonly max: number;
  readonly backoff: 'full-jitter' | 'exponential' | 'none';
  /** Seconds. */
  readonly base: number;
  readonly cap: number;
  readonly factor?: number;
  readonly jitter?: number;
  readonly budget?: number;
}

export interface ClientConfig {
  /** Seconds. */
  readonly timeout?: number;
  readonly retries?: RetriesConfig;
  readonly deadline: 'none' | 'inherit';
  readonly cancel: 'none' | 'propagate';
}

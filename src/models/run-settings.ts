import { z } from 'zod';
import { quantity } from '../units/index.ts';

/** How a scenario is run when the command line says nothing else. */
export const runSettingsSchema = z
  .strictObject({
    start: z
      .union([z.literal('peak'), quantity('instant')])
      .optional()
      .describe(
        'When the run starts, for load that follows the clock: an instant, or `peak`, the busiest hour of the profiles.',
      ),
    duration: quantity('duration', {
      positive: true,
      default: '1h',
      about: 'Simulated time, warm-up included.',
    }),
    warmUp: quantity('duration', {
      about: 'First part, simulated and not measured. Default: a tenth of the duration.',
    }).optional(),
    runs: quantity('count', { min: 1, integer: true, default: 5, about: 'Independent runs.' }),
    maxRuns: quantity('count', {
      min: 1,
      integer: true,
      about: 'Runs that may be added while a target is undecided.',
    }).optional(),
    seed: quantity('count', { integer: true, default: 1, about: 'Seed of all randomness.' }),
    begin: z
      .enum(['steady', 'empty'])
      .default('steady')
      .describe(
        'steady: caches filled, autoscalers at their fixed point, sessions in mid-life. empty: a cold start.',
      ),
  })
  .describe('How long, how often and from which seed to run.');

export interface RunSettings {
  readonly start?: 'peak' | number;
  /** Seconds, warm-up included. */
  readonly duration: number;
  readonly warmUp?: number;
  readonly runs: number;
  readonly maxRuns?: number;
  readonly seed: number;
  readonly begin: 'steady' | 'empty';
}

export const warmUpOf = (run: RunSettings): number => run.warmUp ?? run.duration / 10;

import { z } from 'zod';
import type { Distribution } from '../../../sim/distributions/index.ts';
import { quantity } from '../../../units/index.ts';
import { distribution } from '../../distribution.ts';
import { type PublishedModel, publishedModels } from './published.ts';

/** When a fault happens by chance, and for how long. */
export const randomTimes = z
  .strictObject({
    mtbf: distribution('duration', 'exponential')
      .optional()
      .describe(
        'Mean time between failures of each thing that it may strike (instances, nodes); a bare quantity is the mean of an exponential distribution. From the end of one to the onset of the next where it strikes one certain thing.',
      ),
    mttr: distribution('duration', 'exponential')
      .optional()
      .describe(
        'How long each lasts, likewise: mean time to repair. Not of what is over at once, or comes back by itself.',
      ),
    model: z
      .enum(Object.keys(publishedModels) as [PublishedModel, ...PublishedModel[]])
      .optional()
      .describe('Published times instead of mtbf; where they come from is among the assumptions.'),
    speedUp: quantity('factor', {
      min: 1,
      default: 1,
      about:
        'Plays it so many times as often, so that rare things happen within a run. The rate over a year stays what it is.',
    }),
  })
  .meta({ id: 'random-times-map' })
  .optional()
  .describe(
    'Instead of at and for: times that are drawn anew in each run, the same for all designs that have this fault.',
  );

export interface RandomTimes {
  readonly mtbf?: Distribution;
  readonly mttr?: Distribution;
  readonly model?: PublishedModel;
  readonly speedUp: number;
}

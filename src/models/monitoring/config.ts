import { z } from 'zod';
import { quantity } from '../../units/index.ts';
import type { Design } from '../design.ts';

export const monitoringSchema = z.strictObject({
  every: quantity('duration', {
    positive: true,
    default: '1m',
    about: 'From one look at the regions to the next.',
  }),
  lag: quantity('duration', {
    positive: true,
    default: '10s',
    about: 'Alerts where what a region keeps is further behind.',
  }),
  latency: quantity('duration', {
    positive: true,
    default: '500ms',
    about:
      'Alerts where the p95 of a region’s answers since the last look is above, the way to callers left out.',
  }),
});

export type MonitoringConfig = z.output<typeof monitoringSchema>;

/** It watches where something can fail. */
export const watchesOver = (design: Design): boolean => design.names('faults').length > 0;

import { z } from 'zod';
import { quantity } from '../../units/index.ts';

export const autoscaleSchema = z
  .strictObject({
    manifest: z
      .unknown()
      .describe('A HorizontalPodAutoscaler of autoscaling/v2: a file, or the manifest itself.'),
    scrape: quantity('duration', {
      default: '15s',
      about: 'How old the metrics are that the autoscaler sees.',
    }),
  })
  .describe('Scaling by Kubernetes’ HorizontalPodAutoscaler.');

export interface AutoscaleConfig {
  readonly manifest: unknown;
  /** Seconds. */
  readonly scrape: number;
}

import { z } from 'zod';
import { quantity } from '../../units/index.ts';
import { type Manifest, manifestSchema } from './manifest.ts';

export const autoscaleSchema = z
  .strictObject({
    manifest: manifestSchema.describe(
      'A HorizontalPodAutoscaler of autoscaling/v2: a file, or the manifest itself.',
    ),
    scrape: quantity('duration', {
      positive: true,
      default: '15s',
      about:
        'How often usage is collected; the autoscaler sees the mean over the last such time. Default as metrics-server.',
    }),
  })
  .describe('Scaling in each region by Kubernetes’ HorizontalPodAutoscaler, which looks every 15 s.');

export interface AutoscaleConfig {
  readonly manifest: Manifest;
  /** Seconds. */
  readonly scrape: number;
}

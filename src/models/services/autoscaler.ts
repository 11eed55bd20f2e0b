import type { AutoscaleConfig } from './autoscale-config.ts';
import type { Fleet } from './fleet.ts';

/** Scales a fleet as Kubernetes' HorizontalPodAutoscaler would. */
export class Autoscaler {
  constructor(
    readonly fleet: Fleet,
    private readonly config: AutoscaleConfig,
  ) {}

  initialSize(instances: number): number {
    return instances;
  }

  start(): void {
    void this.config;
  }
}

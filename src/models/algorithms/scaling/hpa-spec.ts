/**
 * What a Kubernetes HorizontalPodAutoscaler is told: the part of autoscaling/v2 that decides replica counts.
 * Field names are the manifest's; quantities are plain numbers in the metric's own unit (cores, requests per
 * second).
 * Source: Kubernetes 1.28, k8s.io/api/autoscaling/v2 and pkg/apis/autoscaling/v2/defaults.go.
 * Differs: Object, External and ContainerResource metrics are left out.
 */

export interface HpaSpec {
  /** Default 1. */
  minReplicas?: number;
  maxReplicas: number;
  /** Default: 80% utilization of the cpu request. */
  metrics?: readonly HpaMetric[];
  /**
   * Left out altogether, the older rules apply (legacy-normalization.ts): they are not the defaults of
   * `behavior`.
   */
  behavior?: HpaBehavior;
}

export type HpaMetric =
  | {
      type: 'Resource';
      resource: { name: 'cpu' | 'memory'; target: UtilizationTarget | AverageValueTarget };
    }
  | { type: 'Pods'; pods: { metric: { name: string }; target: AverageValueTarget } };

export interface UtilizationTarget {
  type: 'Utilization';
  /** Percent of the request, a whole number: 80 is 80%. */
  averageUtilization: number;
}

export interface AverageValueTarget {
  type: 'AverageValue';
  /** Per pod, in the metric's own unit: cores, bytes, requests per second. */
  averageValue: number;
}

export interface HpaBehavior {
  scaleUp?: HpaScalingRules;
  scaleDown?: HpaScalingRules;
}

export interface HpaScalingRules {
  /** Default 0 for up, the controller's downscale stabilization (300) for down. */
  stabilizationWindowSeconds?: number;
  /**
   * Which policy wins: the one that allows the largest change (Max, the default), the smallest (Min), or
   * none.
   */
  selectPolicy?: 'Max' | 'Min' | 'Disabled';
  policies?: readonly HpaScalingPolicy[];
}

export interface HpaScalingPolicy {
  type: 'Pods' | 'Percent';
  /** Pods, or percent of the replicas at the start of the period. */
  value: number;
  periodSeconds: number;
}

/** Flags of the controller manager, not of one autoscaler. */
export interface HpaFlags {
  /** --horizontal-pod-autoscaler-tolerance, a ratio. */
  tolerance: number;
  /**
   * How closeness to 1 is tested: `distance` is |1 − ratio| ≤ tolerance (to 1.32), `bounds` 1 − t ≤ ratio ≤ 1
   * + t (from 1.33). In doubles they differ at exactly 1.1.
   */
  toleranceTest: 'distance' | 'bounds';
  /** --horizontal-pod-autoscaler-downscale-stabilization. */
  downscaleStabilizationSeconds: number;
  /** --horizontal-pod-autoscaler-cpu-initialization-period. */
  cpuInitializationSeconds: number;
  /** --horizontal-pod-autoscaler-initial-readiness-delay. */
  initialReadinessDelaySeconds: number;
}

/**
 * Kubernetes 1.28, pkg/controller/podautoscaler/config/v1alpha1/defaults.go. The controller looks every 15 s.
 */
export const defaultHpaFlags: HpaFlags = {
  tolerance: 0.1,
  toleranceTest: 'distance',
  downscaleStabilizationSeconds: 300,
  cpuInitializationSeconds: 300,
  initialReadinessDelaySeconds: 30,
};

export const hpaSyncPeriodSeconds = 15;

export interface ResolvedHpaSpec {
  minReplicas: number;
  maxReplicas: number;
  metrics: readonly HpaMetric[];
  behavior?: { scaleUp: Required<HpaScalingRules>; scaleDown: Required<HpaScalingRules> };
}

/** The spec with the API server's defaults and the controller's downscale window filled in. */
export function resolveHpaSpec(spec: HpaSpec, flags: HpaFlags = defaultHpaFlags): ResolvedHpaSpec {
  return {
    minReplicas: spec.minReplicas ?? 1,
    maxReplicas: spec.maxReplicas,
    metrics: spec.metrics?.length ? spec.metrics : [defaultMetric],
    behavior: spec.behavior && {
      scaleUp: { ...defaultScaleUp, ...given(spec.behavior.scaleUp) },
      scaleDown: {
        ...defaultScaleDown,
        stabilizationWindowSeconds: flags.downscaleStabilizationSeconds,
        ...given(spec.behavior.scaleDown),
      },
    },
  };
}

const defaultMetric: HpaMetric = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};

const defaultScaleUp: Required<HpaScalingRules> = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};

const defaultScaleDown: Omit<Required<HpaScalingRules>, 'stabilizationWindowSeconds'> = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

/** Only what was set: a key that is present but undefined must not hide a default. */
function given(rules: HpaScalingRules | undefined): Partial<HpaScalingRules> {
  return Object.fromEntries(Object.entries(rules ?? {}).filter(([, value]) => value !== undefined));
}

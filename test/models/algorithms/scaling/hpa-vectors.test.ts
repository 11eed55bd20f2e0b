import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordScaleEvent } from '../../../../src/models/algorithms/scaling/behavior-policies.ts';
import { normalize } from '../../../../src/models/algorithms/scaling/hpa.ts';
import {
  defaultHpaFlags,
  type HpaFlags,
  type HpaScalingRules,
  type HpaSpec,
  resolveHpaSpec,
} from '../../../../src/models/algorithms/scaling/hpa-spec.ts';
import { initialHpaState } from '../../../../src/models/algorithms/scaling/hpa-state.ts';
import type { PodReading } from '../../../../src/models/algorithms/scaling/metric-reading.ts';
import { proposeReplicas } from '../../../../src/models/algorithms/scaling/proposal.ts';

const second = 1e9;
const now = 10_000 * second;
const from133: HpaFlags = { ...defaultHpaFlags, toleranceTest: 'bounds' };

const read = <File>(name: string): File =>
  JSON.parse(readFileSync(new URL(`../../../vectors/${name}.json`, import.meta.url), 'utf8'));

interface ResourceVector {
  currentReplicas: number;
  desired: number;
  desired_k8s_1_33_plus: number;
  error?: string;
  pods: string;
  request_milli: number;
  targetUtilization_pct: number;
  usage_milli_cycled_over_pods_with_metrics: number[];
  utilization_pct: number;
}

interface PodsVector {
  currentReplicas: number;
  desired: number;
  desired_k8s_1_33_plus: number;
  metric_milli_cycled: number[];
  pods: string;
  targetAverage_milli: number;
  usage: number;
}

/** The letters that the vector files explain under `pod_letters`. */
function podsOf(letters: string, milli: number[], requestMilli?: number): PodReading[] {
  let sampled = 0;
  return [...letters].map((letter): PodReading => {
    const hasSample = letter !== 'P' && letter !== 'X';
    const startedAt = now - (letter === 'U' || letter === 'W' ? 60 : 3600) * second;
    return {
      phase: letter === 'P' ? 'Pending' : letter === 'F' ? 'Failed' : 'Running',
      deleting: letter === 'D',
      ready: letter !== 'U' && letter !== 'P',
      startedAt,
      readyChangedAt: letter === 'W' ? now - 30 * second : startedAt,
      sampledAt: now,
      sampleWindow: (letter === 'W' ? 60 : 30) * second,
      usage: hasSample ? milli[sampled++ % milli.length] / 1000 : undefined,
      request: requestMilli === undefined ? undefined : requestMilli / 1000,
    };
  });
}

describe('proposals agree with Kubernetes 1.28, and with 1.33 where its tolerance test is asked for', () => {
  const resource = read<{ cases: ResourceVector[] }>('hpa-resource-utilization');
  it.each(resource.cases)('cpu utilization of $pods against $targetUtilization_pct%', (vector) => {
    const metric = {
      type: 'Resource',
      resource: {
        name: 'cpu',
        target: { type: 'Utilization', averageUtilization: vector.targetUtilization_pct },
      },
    } as const;
    const pods = podsOf(vector.pods, vector.usage_milli_cycled_over_pods_with_metrics, vector.request_milli);
    const propose = (flags: HpaFlags) =>
      proposeReplicas(metric, { pods }, vector.currentReplicas, now, flags);
    if (vector.error) {
      expect(propose(defaultHpaFlags)).toHaveProperty('failure');
      return;
    }
    expect(propose(defaultHpaFlags)).toEqual({ replicas: vector.desired, current: vector.utilization_pct });
    expect(propose(from133)).toMatchObject({ replicas: vector.desired_k8s_1_33_plus });
  });

  const plain = read<{ cases: PodsVector[] }>('hpa-pods-metric');
  it.each(plain.cases)('pods metric of $pods against $targetAverage_milli', (vector) => {
    const metric = {
      type: 'Pods',
      pods: {
        metric: { name: 'queue' },
        target: { type: 'AverageValue', averageValue: vector.targetAverage_milli / 1000 },
      },
    } as const;
    const pods = podsOf(vector.pods, vector.metric_milli_cycled);
    const propose = (flags: HpaFlags) =>
      proposeReplicas(metric, { pods }, vector.currentReplicas, now, flags);
    expect(propose(defaultHpaFlags)).toEqual({ replicas: vector.desired, current: vector.usage });
    expect(propose(from133)).toMatchObject({ replicas: vector.desired_k8s_1_33_plus });
  });
});

interface Sequence {
  name: string;
  behavior: { ScaleUp: CapitalRules; ScaleDown: CapitalRules } | null;
  max: number;
  min: number;
  start: number;
  steps: { t_s: number; current: number; metricDesired: number; result: number; conds: string }[];
}

interface CapitalRules {
  StabilizationWindowSeconds: number;
  SelectPolicy: HpaScalingRules['selectPolicy'];
  Policies: { Type: 'Pods' | 'Percent'; Value: number; PeriodSeconds: number }[];
}

const rulesOf = (rules: CapitalRules): HpaScalingRules => ({
  stabilizationWindowSeconds: rules.StabilizationWindowSeconds,
  selectPolicy: rules.SelectPolicy,
  policies: rules.Policies.map(({ Type, Value, PeriodSeconds }) => ({
    type: Type,
    value: Value,
    periodSeconds: PeriodSeconds,
  })),
});

describe('sequences of looks end where Kubernetes 1.28 ends, condition by condition', () => {
  const { cases } = read<{ cases: Sequence[] }>('hpa-behavior-sequences');
  it.each(cases)('$name', (sequence) => {
    const spec: HpaSpec = {
      minReplicas: sequence.min,
      maxReplicas: sequence.max,
      behavior: sequence.behavior
        ? { scaleUp: rulesOf(sequence.behavior.ScaleUp), scaleDown: rulesOf(sequence.behavior.ScaleDown) }
        : undefined,
    };
    const resolved = resolveHpaSpec(spec);
    let state = initialHpaState(0, sequence.start);
    let replicas = sequence.start;
    for (const step of sequence.steps) {
      const at = step.t_s * second;
      expect(replicas).toBe(step.current);
      const decision = normalize(resolved, defaultHpaFlags, state, {
        now: at,
        currentReplicas: replicas,
        proposedReplicas: step.metricDesired,
      });
      state = decision.state;
      if (resolved.behavior && decision.replicas !== replicas) {
        state = recordScaleEvent(resolved.behavior, state, at, replicas, decision.replicas);
      }
      const limited = decision.limited ? 'True' : 'False';
      expect({
        at: step.t_s,
        result: decision.replicas,
        conds: `AbleToScale=True:${decision.ableToScale} ScalingLimited=${limited}:${decision.limit}`,
      }).toEqual({ at: step.t_s, result: step.result, conds: step.conds });
      replicas = decision.replicas;
    }
  });
});

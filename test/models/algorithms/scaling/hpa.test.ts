import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HpaDecision, hpa } from '../../../../src/models/algorithms/scaling/hpa.ts';
import { defaultHpaFlags, type HpaSpec } from '../../../../src/models/algorithms/scaling/hpa-spec.ts';
import type { HpaState } from '../../../../src/models/algorithms/scaling/hpa-state.ts';
import type { MetricReading, PodReading } from '../../../../src/models/algorithms/scaling/metric-reading.ts';
import { proposeReplicas } from '../../../../src/models/algorithms/scaling/proposal.ts';

const second = 1e9;
const cpu = (averageUtilization: number) =>
  ({
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
  }) as const;
const queue = (averageValue: number) =>
  ({
    type: 'Pods',
    pods: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue } },
  }) as const;

/** Ready pods of one core requested each, using `cores` together. */
const using = (readyPods: number, cores: number): MetricReading => ({
  readyPods,
  totalUsage: cores,
  totalRequest: readyPods,
});

/** Looks every 15 s while every replica declared is ready at once and all share `cores`. */
function counts(spec: HpaSpec, start: number, coresByLook: number[]): number[] {
  const look = hpa(spec);
  let state: HpaState | undefined;
  let replicas = start;
  return coresByLook.map((cores, index) => {
    const decision = look(state, {
      now: index * 15 * second,
      currentReplicas: replicas,
      readings: [using(replicas, cores)],
    });
    state = decision.state;
    replicas = decision.desired;
    return replicas;
  });
}

describe('the autoscaler', () => {
  const once = (spec: HpaSpec, currentReplicas: number, ...readings: MetricReading[]): HpaDecision =>
    hpa(spec)(undefined, { now: 0, currentReplicas, readings });

  it('stays off at zero replicas', () => {
    const decision = once({ maxReplicas: 10 }, 0, using(5, 5));
    expect(decision).toMatchObject({ desired: 0, reasons: { scalingActive: 'ScalingDisabled' } });
  });

  it('moves a count outside its bounds straight to the bound, whatever the metrics say', () => {
    expect(once({ maxReplicas: 10 }, 40, using(40, 400)).desired).toBe(10);
    expect(once({ minReplicas: 5, maxReplicas: 10 }, 1, { failure: 'scrape' }).desired).toBe(5);
  });

  it('counts a move to a bound against the scale-down policy of its period', () => {
    const spec: HpaSpec = {
      maxReplicas: 10,
      metrics: [cpu(50)],
      behavior: {
        scaleDown: {
          stabilizationWindowSeconds: 0,
          policies: [{ type: 'Pods', value: 31, periodSeconds: 60 }],
        },
      },
    };
    const look = hpa(spec);
    const first = look(undefined, { now: 0, currentReplicas: 40, readings: [using(40, 1)] });
    const then = look(first.state, { now: 15 * second, currentReplicas: 10, readings: [using(10, 1)] });
    expect([first.desired, then.desired]).toEqual([10, 9]);
  });

  it('follows the metric that asks for most', () => {
    const spec: HpaSpec = { maxReplicas: 100, metrics: [cpu(50), queue(10)] };
    const decision = once(spec, 4, using(4, 3), { readyPods: 4, totalUsage: 70 });
    expect(decision.reasons.proposals).toMatchObject([{ replicas: 6 }, { replicas: 7 }]);
    expect(decision).toMatchObject({ desired: 7, reasons: { rescale: 'pods metric queue above target' } });
  });

  it('scales up past a failed metric, and never down', () => {
    const spec: HpaSpec = {
      maxReplicas: 100,
      metrics: [cpu(50), queue(10)],
      behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
    };
    const failed = { failure: 'no such metric' };
    expect(once(spec, 4, using(4, 3), failed).desired).toBe(6);
    expect(once(spec, 4, using(4, 1), { readyPods: 4, totalUsage: 10 }).desired).toBe(2);
    expect(once(spec, 4, using(4, 1), failed)).toMatchObject({
      desired: 4,
      reasons: { scalingActive: 'FailedGetMetric' },
    });
    expect(once(spec, 4, failed, failed).desired).toBe(4);
  });

  it('asks for 80% of the cpu request where the manifest names no metric', () => {
    expect(once({ maxReplicas: 9 }, 2, using(2, 2)).desired).toBe(3);
  });

  it('climbs 4, 8, 16, 32, 40 without behavior and 6, 12, 24, 40 with an empty one', () => {
    const load = Array<number>(5).fill(32);
    expect(counts({ maxReplicas: 50 }, 2, load)).toEqual([4, 8, 16, 32, 40]);
    expect(counts({ maxReplicas: 50, behavior: {} }, 2, load)).toEqual([6, 12, 24, 40, 40]);
  });

  it('holds the highest recommendation for 300 s before it scales down', () => {
    const load = [32, ...Array<number>(25).fill(3)];
    const seen = counts({ maxReplicas: 50 }, 40, load);
    expect(seen.indexOf(4)).toBe(21);
    expect(seen.slice(0, 21)).toEqual(Array<number>(21).fill(40));
  });

  it('never shrinks where scaling down is disabled', () => {
    const spec: HpaSpec = { maxReplicas: 50, behavior: { scaleDown: { selectPolicy: 'Disabled' } } };
    expect(counts(spec, 20, Array<number>(60).fill(1)).at(-1)).toBe(20);
  });

  it('remembers no more after a day than after ten minutes', () => {
    const look = hpa({ maxReplicas: 50, behavior: {} });
    let state: HpaState | undefined;
    const sizes: number[] = [];
    for (let index = 0; index < 5760; index++) {
      const wave = 20 + 15 * Math.sin(index / 40);
      const decision = look(state, {
        now: index * 15 * second,
        currentReplicas: 20,
        readings: [using(20, wave)],
      });
      state = decision.state;
      sizes.push(state.recommendations.length + state.scaleUps.length + state.scaleDowns.length);
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(21 + 2 + 2);
  });

  it('leaves the state it is given as it was', () => {
    const look = hpa({ maxReplicas: 50, behavior: {} });
    const { state } = look(undefined, { now: 0, currentReplicas: 2, readings: [using(2, 32)] });
    const before = structuredClone(state);
    look(state, { now: 60 * second, currentReplicas: 6, readings: [using(6, 32)] });
    expect(state).toEqual(before);
  });
});

describe('a reading', () => {
  const now = 10_000 * second;
  const ready = (usage: number): PodReading => ({
    phase: 'Running',
    ready: true,
    startedAt: 0,
    readyChangedAt: second,
    sampledAt: now,
    sampleWindow: 30 * second,
    usage,
    request: 1,
  });
  const propose = (pods: PodReading[], target: number) =>
    proposeReplicas(cpu(target), { pods }, pods.length, now, defaultHpaFlags);

  it('says the same as totals and as a list, for equal ready pods', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 4000 }),
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 1, max: 200 }),
        (pods, usage, request, target) => {
          const list = Array.from({ length: pods }, () => ({
            ...ready(usage / 1000),
            request: request / 1000,
          }));
          const totals = {
            readyPods: pods,
            totalUsage: (pods * usage) / 1000,
            totalRequest: (pods * request) / 1000,
          };
          expect(proposeReplicas(cpu(target), totals, pods, now, defaultHpaFlags)).toEqual(
            propose(list, target),
          );
        },
      ),
      { seed: 1 },
    );
  });

  it('of a pod that became ready inside the sample window does not count while the pod is young', () => {
    const young: PodReading = {
      ...ready(1),
      startedAt: now - 60 * second,
      readyChangedAt: now - 20 * second,
    };
    expect(propose([ready(0.5), young], 50)).toEqual({ replicas: 2, current: 50 });
    const settled: PodReading = { ...young, readyChangedAt: now - 30 * second };
    expect(propose([ready(0.5), settled], 50)).toEqual({ replicas: 3, current: 75 });
  });

  it('of an old pod that lost its readiness counts, and of one that never was ready does not', () => {
    const lost: PodReading = { ...ready(1), ready: false, readyChangedAt: now - 10 * second };
    const never: PodReading = { ...ready(1), ready: false, readyChangedAt: 5 * second };
    expect(propose([ready(0.5), lost], 50)).toEqual({ replicas: 3, current: 75 });
    expect(propose([ready(0.5), never], 50)).toEqual({ replicas: 2, current: 50 });
  });

  it('asks for no fewer replicas on high usage, however few of the declared pods there are yet', () => {
    const pods: PodReading[] = [ready(0.9), ready(0.9), { ...ready(0), usage: undefined }];
    const proposal = (declared: number) => proposeReplicas(cpu(50), { pods }, declared, now, defaultHpaFlags);
    // 1.8 of 3 cores: 60%, so 3 pods should be ⌈1.2 · 3⌉ = 4, which is no reason to go from 10 to 4.
    expect(proposal(3)).toEqual({ replicas: 4, current: 90 });
    expect(proposal(10)).toEqual({ replicas: 10, current: 90 });
  });

  it('looks at readiness for cpu only', () => {
    const never: PodReading = { ...ready(1), ready: false, readyChangedAt: 5 * second };
    const memory = {
      type: 'Resource',
      resource: { name: 'memory', target: queue(0.5).pods.target },
    } as const;
    const pods = [ready(0.5), never];
    expect(proposeReplicas(memory, { pods }, 2, now, defaultHpaFlags)).toEqual({ replicas: 3, current: 750 });
  });

  it('fails as a utilization where one pod, even a failed one, has no request', () => {
    const pods: PodReading[] = [ready(0.9), { phase: 'Failed', ready: false }];
    expect(propose(pods, 50)).toEqual({ failure: 'a pod has no request for the resource' });
  });
});

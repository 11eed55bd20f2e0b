import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hpaFixedPoint } from '../../../../src/models/algorithms/scaling/fixed-point.ts';
import { hpa } from '../../../../src/models/algorithms/scaling/hpa.ts';
import type { HpaSpec } from '../../../../src/models/algorithms/scaling/hpa-spec.ts';
import type { MetricReading } from '../../../../src/models/algorithms/scaling/metric-reading.ts';

const spec = (rest: Partial<HpaSpec> = {}, averageUtilization = 60): HpaSpec => ({
  minReplicas: 2,
  maxReplicas: 40,
  metrics: [
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } },
  ],
  ...rest,
});

/** `cores` of work shared by replicas that request one core each. */
const sharing =
  (cores: number) =>
  (replicas: number): MetricReading[] => [{ readyPods: replicas, totalUsage: cores, totalRequest: replicas }];

describe('the fixed point', () => {
  it('is the least count that keeps a plain load on target', () => {
    expect(hpaFixedPoint(spec(), sharing(12))).toEqual({ replicas: 20, stands: true });
    expect(hpaFixedPoint(spec({ behavior: {} }), sharing(12))).toEqual({ replicas: 20, stands: true });
  });

  it('keeps to the bounds of the spec', () => {
    expect(hpaFixedPoint(spec(), sharing(0.1)).replicas).toBe(2);
    expect(hpaFixedPoint(spec(), sharing(1000)).replicas).toBe(40);
  });

  it('falls back from an overshoot that a saturated start caused', () => {
    const retrying = (replicas: number) => sharing(replicas < 4 ? 30 : 6)(replicas);
    expect(hpaFixedPoint(spec(), retrying)).toEqual({ replicas: 10, stands: true });
  });

  it('waits for policies slower than the stabilization window', () => {
    const slow = {
      scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 900 }] },
    } satisfies HpaSpec['behavior'];
    expect(hpaFixedPoint(spec({ behavior: slow }), sharing(3))).toEqual({ replicas: 5, stands: true });
  });

  it('says so where no count stands, and names the largest of the cycle', () => {
    // 11% of a 10% target asks for 2; then 5.5% is read as 5% and asks for 1.
    const flapping = spec({ minReplicas: 1 }, 10);
    expect(hpaFixedPoint(flapping, sharing(0.11))).toEqual({ replicas: 2, stands: false });
  });

  it('is a count that the autoscaler, started there, never leaves', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 60, noNaN: true }),
        fc.integer({ min: 5, max: 120 }),
        fc.boolean(),
        (cores, target, hasBehavior) => {
          const subject = spec(hasBehavior ? { behavior: {} } : {}, target);
          const { replicas, stands } = hpaFixedPoint(subject, sharing(cores));
          fc.pre(stands);
          const look = hpa(subject);
          let decision = look(undefined, {
            now: 0,
            currentReplicas: replicas,
            readings: sharing(cores)(replicas),
          });
          for (let index = 1; index < 50; index++) {
            expect(decision.desired).toBe(replicas);
            const facts = {
              now: index * 15e9,
              currentReplicas: replicas,
              readings: sharing(cores)(replicas),
            };
            decision = look(decision.state, facts);
          }
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });
});

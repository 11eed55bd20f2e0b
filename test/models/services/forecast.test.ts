import { describe, expect, it } from 'vitest';
import { settledSize } from '../../../src/models/services/autoscaler.ts';
import type { ExpectedLoad, FleetLoad } from '../../../src/models/services/expected-load.ts';
import { Forecast, type Forecaster } from '../../../src/models/services/forecast.ts';
import { manifestSchema } from '../../../src/models/services/manifest.ts';

const manifest = manifestSchema.parse({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  spec: {
    minReplicas: 1,
    maxReplicas: 500,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      },
    ],
  },
});
const autoscale = { manifest, scrape: 15 };

/** The load doubles at instant 1000; the window is before. */
const growth = (instant: number) => (instant < 1000 ? 1 : 2);

function forecast(expected: FleetLoad, seen: FleetLoad, scaled = true): Forecast {
  const service: Forecaster = {
    coreRequest: 1,
    coreLimit: 2,
    autoscale: scaled ? autoscale : undefined,
    expected: {
      at: (_region: string, instant: number) => ({
        calls: expected.calls * growth(instant),
        cores: expected.cores * growth(instant),
      }),
      total: (instant: number) => 100 * growth(instant),
    } as unknown as ExpectedLoad,
    regions: new Map([[0, { region: 'here', instances: 7 }]]),
    window: { from: 0, to: 600 },
    measured: () => seen,
  };
  return new Forecast(service);
}

describe('the instances of an hour', () => {
  it('are those of the fixed point under the load that the scenario brings then', () => {
    const asExpected = forecast({ calls: 100, cores: 10 }, { calls: 100, cores: 10 });
    expect([500, 1500].map((instant) => asExpected.instancesAt(0, instant))).toEqual([20, 40]);
  });

  it('follow what the run saw where the scenario could not know it', () => {
    // A cache spares half the work that its steps could make.
    const spared = forecast({ calls: 100, cores: 10 }, { calls: 50, cores: 5 });
    expect([500, 1500].map((instant) => spared.instancesAt(0, instant))).toEqual([10, 20]);
    // Calls that the scenario does not tell of at all go with the load as a whole.
    const untold = forecast({ calls: 0, cores: 0 }, { calls: 30, cores: 3 });
    expect([500, 1500].map((instant) => untold.instancesAt(0, instant))).toEqual([6, 12]);
  });

  it('are the scenario’s where nothing scales them, and none where the service does not stand', () => {
    const still = forecast({ calls: 100, cores: 10 }, { calls: 100, cores: 10 }, false);
    expect([500, 1500].map((instant) => still.instancesAt(0, instant))).toEqual([7, 7]);
    expect(still.instancesAt(1, 500)).toBe(0);
  });
});

describe('the size that an autoscaler settles at', () => {
  it('takes no instance to use more than its cores', () => {
    // 0.4 of a core each at most: 40% of the request, never above 50%, so that nothing asks for more than the least.
    expect(settledSize(autoscale, { calls: 1000, cores: 100 }, { request: 1, limit: 0.4 })).toBe(1);
    expect(settledSize(autoscale, { calls: 1000, cores: 100 }, { request: 1, limit: 2 })).toBe(200);
  });
});

import { describe, expect, test } from 'vitest';
import { TimeSpent } from '../../../src/models/time-spent.ts';
import { Waterfall } from '../../../src/models/workloads/waterfall.ts';
import { stream } from '../../../src/sim/random/streams.ts';

const spentOf = (ticks: readonly number[]): TimeSpent => {
  const spent = new TimeSpent(ticks.length);
  for (const [segment, each] of ticks.entries()) spent.add(segment, each);
  return spent;
};

describe('a waterfall', () => {
  test('puts a latency into the 32nd of its octave that its logarithm says, also beside each boundary', () => {
    const random = stream(1, 0, 'latencies');
    const drawn = Array.from({ length: 5000 }, () => Math.ceil(2 ** (random() * 50)));
    const boundaries = Array.from({ length: 45 * 32 }, (_, part) => Math.round(2 ** (part / 32)));
    for (const latency of [...drawn, ...boundaries, ...boundaries.map((each) => each + 1)]) {
      const waterfall = new Waterfall(1);
      waterfall.add(latency, spentOf([latency]), 0, { high: 1, low: 1 });
      const [{ from }] = waterfall.read();
      expect(from * 1e9).toBeCloseTo(2 ** (Math.floor(Math.log2(latency) * 32) / 32), 0);
    }
  });

  test('has parts that add up to the latency, and a bucket of its own for none at all', () => {
    const waterfall = new Waterfall(3);
    waterfall.add(1000, spentOf([100, 0, 400]), 1, { high: 1, low: 1 });
    waterfall.add(0, spentOf([0, 0, 0]), 1, { high: 1, low: 2 });
    expect(waterfall.read()).toEqual([
      { from: 0, count: 1, seconds: [0, 0, 0], slowest: { high: 1, low: 2, latency: 0 } },
      {
        from: expect.closeTo(2 ** (318 / 32) / 1e9, 15),
        count: 1,
        seconds: [1e-7, 5e-7, 4e-7],
        slowest: { high: 1, low: 1, latency: 1000 },
      },
    ]);
  });
});

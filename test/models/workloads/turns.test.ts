import { expect, test } from 'vitest';
import { readingOf, runOf } from '../harness.ts';

const sessions = `
run: { duration: 10m, warmUp: 0s, begin: empty }
workloads:
  orders:
    arrivals: { rate: 5/s }
    client: { timeout: 40ms }
    session: { open: shop.place, turns: 3, think: 5s, onFailure: continue }
    call: shop.look
services: { shop: { operations: { place: [wait: 20ms], look: [choose: [{ share: 25%, do: [wait: 1s] }], wait: 5ms] } } }
`;

test('calls that open sessions are metered apart from those that follow, and both together are the workload’s', () => {
  const assembly = runOf(sessions);
  const readings = assembly.readings();
  const of = (meter: string) => readings.get(`workloads.orders.${meter}`) as { n: number; num: number };
  expect(readingOf(assembly, 'workloads.orders.turn.first.answeredLatency')).toBeCloseTo(0.02, 9);
  expect(readingOf(assembly, 'workloads.orders.turn.later.answeredLatency')).toBeCloseTo(0.005, 9);
  for (const meter of ['latency', 'answeredLatency', 'goodputRatio'])
    expect(of(`turn.first.${meter}`).n + of(`turn.later.${meter}`).n).toBe(of(meter).n);
  const failed = of('turn.later.goodputRatio').n - of('turn.later.goodputRatio').num;
  expect(failed).toBe(of('timedOut').num + of('unfinished').num);
  // A quarter of some 6000 later calls: 3.29 standard errors of a share.
  const share = failed / of('turn.later.goodputRatio').n;
  expect(Math.abs(share - 0.25)).toBeLessThan(3.29 * Math.sqrt((0.25 * 0.75) / 5900));
});

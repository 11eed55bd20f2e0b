import { describe, expect, test, vi } from 'vitest';
import { Instance } from '../../../src/models/services/instance.ts';
import { Usage } from '../../../src/models/services/usage.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { runOf, simulate } from '../harness.ts';

/** All that a path can have: regions, queues, both kinds of cores, branches, repetitions, time-outs, retries, losses. */
const everything = `
name: everything
run: { duration: 40s, warmUp: 5s }
regions: { near: eu-west-1, far: us-east-1 }
origins: { here: eu-central-1, there: us-east-2 }
workloads:
  calls:
    arrivals: { rate: 60/s }
    from: { here: 70%, there: 30% }
    client: { timeout: 250ms, retries: { max: 2, base: 50ms } }
    call: front.all
  chats:
    arrivals: { rate: 3/s }
    session: { turns: { uniform: { min: 1, max: 9 } }, think: { exponential: 2s } }
    call: side.all
services:
  side: { operations: { all: [ call: front.all, choose: [ { share: 2%, do: [ wait: 1h ] } ] ] } }
  front:
    threads: 8
    queue: 10
    cpu: { cores: 2 }
    operations:
      all:
        - work: { lognormal: { mean: 10ms, cv: 1 } }
        - parallel:
            - [ call: back.one, work: 2ms ]
            - [ repeat: { times: 2, do: [ call: back.one ] } ]
        - async: [ call: back.one ]
        - choose: [ { share: 20%, do: [ wait: { exponential: 50ms } ] } ]
  back:
    regions: [far]
    threads: 12
    queue: 30
    cpu: { cores: 1, sharing: processor }
    operations: { one: [ work: { exponential: 3ms } ] }
`;

describe('in a run with all that a path can have', () => {
  const runs = simulate(everything, { runs: 2 });

  test.each(['calls', 'chats'])(
    'the operations of %s that arrived are those that ended, one way or another',
    (name) => {
      const endings = ['succeeded', 'rejected', 'timedOut', 'failed', 'unfinished'].map((ending) =>
        runs.readings(`workloads.${name}.${ending}`).map(({ num }) => num),
      );
      const arrivals = runs.readings(`workloads.${name}.arrivals`).map(({ num }) => num);
      expect(arrivals.map((_, run) => endings.reduce((sum, ending) => sum + ending[run], 0))).toEqual(
        arrivals,
      );
      const offered = runs.readings(`workloads.${name}.goodputRatio`).map(({ den }) => den);
      expect(offered).toEqual(arrivals);
      const latencies = runs.readings(`workloads.${name}.latency`).map(({ n }) => n);
      expect(latencies).toEqual(arrivals);
      // Each ending is there, so that the sum says something.
      const seen = endings.map((ending) => ending.some((count) => count > 0));
      expect(seen).toEqual(
        name === 'calls' ? [true, true, true, false, false] : [true, true, false, false, true],
      );
    },
  );

  test('what each origin’s callers saw adds up to what all saw', () => {
    for (const metric of ['latency', 'answeredLatency', 'throughput', 'goodputRatio']) {
      const whole = runs.readings(`workloads.calls.${metric}`);
      const parts = ['here', 'there'].map((origin) =>
        runs.readings(`workloads.calls.from.${origin}.${metric}`),
      );
      expect(whole.map((_, run) => parts[0][run].n + parts[1][run].n)).toEqual(whole.map(({ n }) => n));
    }
  });

  test.each(['calls', 'chats'])('the parts of a waterfall of %s add up to the latency', (name) => {
    runs.assemblies.forEach((assembly, run) => {
      const { waterfall } = assembly.records()[`workloads.${name}`] as WorkloadRecord;
      const parts = waterfall.flatMap(({ seconds }) => seconds);
      const { num, n } = runs.readings(`workloads.${name}.answeredLatency`)[run];
      expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - num)).toBeLessThan(1e-9 * num);
      expect(waterfall.reduce((sum, { count }) => sum + count, 0)).toBe(n);
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      // Who does not retry has nothing unexplained.
      const rest = assembly.segmentList.findIndex(({ station }) => station === `workloads.${name}`);
      const unexplained = waterfall.reduce((sum, { seconds }) => sum + seconds[rest], 0);
      if (name === 'chats') expect(unexplained).toBe(0);
      else expect(unexplained).toBeGreaterThan(0);
    });
  });

  test('nothing is busy for longer than it is there', () => {
    for (const meter of [
      'services.front.utilization',
      'services.front.threadUtilization',
      'services.back.utilization',
    ])
      for (const { num, den } of runs.readings(meter)) {
        expect(num).toBeGreaterThan(0);
        expect(num).toBeLessThanOrEqual(den);
      }
  });
});

test('Little’s law holds to the nanosecond: threads held, over time, are the stays of their holders inside the window', () => {
  const from = 5e9;
  const to = 40e9;
  const stays = new Map<Instance, number>();
  const begun = new Map<object, number>();
  const held = new Map<Instance, number>();
  const within = (start: number, end: number) => Math.max(0, Math.min(end, to) - Math.max(start, from));
  const { occupy, vacate } = Instance.prototype;
  const spies = [
    vi.spyOn(Instance.prototype, 'occupy').mockImplementation(function (this: Instance, cursor) {
      begun.set(cursor.frame, cursor.now);
      occupy.call(this, cursor);
    }),
    vi.spyOn(Instance.prototype, 'vacate').mockImplementation(function (this: Instance, cursor) {
      // Only requests hold a thread; branches of one run beside it.
      if (cursor.holding) {
        const stay = within(begun.get(cursor.frame) as number, cursor.now);
        stays.set(this, (stays.get(this) ?? 0) + stay);
      }
      vacate.call(this, cursor);
    }),
    vi.spyOn(Usage.prototype, 'add').mockImplementation((instance, now) => {
      if (instance.threads !== undefined) held.set(instance, instance.threads.observe(now).heldTicks);
    }),
  ];
  try {
    runOf(everything);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  expect(held.size).toBe(3);
  for (const [instance, ticks] of held) expect(stays.get(instance)).toBe(ticks);
});

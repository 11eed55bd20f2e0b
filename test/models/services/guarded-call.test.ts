import { describe, expect, test, vi } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import { ServiceModel } from '../../../src/models/services/model.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { expectExact, problemsOf, readingOf, runOf, simulate } from '../harness.ts';

const total = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;
const longest = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.max ?? Number.NaN;

describe('a call with a timeout', () => {
  const [arrivalRate, serviceRate, timeout] = [70, 100, 0.05];

  test('is late as often as the tail of M/M/1 says, since what it called works on', () => {
    const runs = simulate(`
name: tandem
run: { duration: 520s, warmUp: 20s }
workloads: { w: { arrivals: { rate: ${arrivalRate}/s }, call: front.x } }
services:
  front: { operations: { x: [ call: { operation: back.y, timeout: ${timeout * 1000}ms } ] } }
  back: { threads: 1, operations: { y: [ work: { exponential: 10ms } ] } }
`);
    const late = (assembly: Assembly) =>
      total(assembly, 'services.front.calls.back.timedOut') /
      total(assembly, 'services.front.calls.back.calls');
    expectExact(runs.meanOf(late), Math.exp(-(serviceRate - arrivalRate) * timeout));
    expectExact(runs.estimate('services.back.utilization'), arrivalRate / serviceRate);
    for (const assembly of runs.assemblies)
      expect(total(assembly, 'workloads.w.timedOut') / total(assembly, 'workloads.w.arrivals')).toBeCloseTo(
        late(assembly),
        2,
      );
  });
});

/** Calls a second that `back` takes too long for, and what `front` does about it. */
const slow = (call: string, { y = 'wait: 100ms', more = '', rate = 10 } = {}) => `
name: slow
run: { duration: 20s, warmUp: 0s }
workloads: { w: { arrivals: { rate: ${rate}/s, process: deterministic }, call: front.x } }
services:
  front: { ${more} threads: 1000, operations: { x: [ call: { operation: back.y, ${call} } ] } }
  back: { threads: 50, operations: { y: [ ${y} ] } }
`;

/** Instants in seconds at which requests reach a service. */
function arrivalsAt(service: string, yaml: string): { instants: number[]; assembly: Assembly } {
  const instants: number[] = [];
  const { arrived } = ServiceModel.prototype;
  const spy = vi.spyOn(ServiceModel.prototype, 'arrived').mockImplementation(function (
    this: ServiceModel,
    place: number,
  ) {
    if (this.name === service) instants.push(this.wiring.simulation.now / 1e9);
    arrived.call(this, place);
  });
  try {
    return { instants, assembly: runOf(yaml) };
  } finally {
    spy.mockRestore();
  }
}

describe('attempts that are given up', () => {
  test('are done after all, each of them, and counted where one is enough', () => {
    const assembly = runOf(slow('timeout: 40ms, retries: { max: 2, backoff: none }'));
    const calls = total(assembly, 'services.front.calls.back.calls');
    expect(total(assembly, 'services.front.calls.back.retries')).toBeCloseTo(2 * calls, -1);
    expect(total(assembly, 'services.front.calls.back.timedOut')).toBeCloseTo(3 * calls, -1);
    // All three are done in the end, and two of them are too many.
    expect(total(assembly, 'services.front.calls.back.duplicates')).toBeCloseTo(2 * calls, -1);
    expect(readingOf(assembly, 'services.back.threadUtilization')).toBeCloseTo((10 * 3 * 0.1) / 50, 2);
    expect(total(assembly, 'workloads.w.timedOut')).toBeCloseTo(calls, -1);
  });

  test('are not done any more where the call cancels them', () => {
    const assembly = runOf(slow('timeout: 40ms, cancel: propagate, retries: { max: 2, backoff: none }'));
    expect(total(assembly, 'services.front.calls.back.duplicates')).toBe(0);
    expect(total(assembly, 'services.back.throughput')).toBe(0);
    expect(readingOf(assembly, 'services.back.threadUtilization')).toBeCloseTo((10 * 3 * 0.04) / 50, 2);
  });

  test('end a computation before they stop, and then do nothing more', () => {
    const call = 'timeout: 40ms, cancel: propagate';
    const assembly = runOf(slow(call, { y: 'work: 100ms, wait: 500ms' }));
    expect(readingOf(assembly, 'services.back.threadUtilization')).toBeCloseTo((10 * 0.1) / 50, 2);
  });

  test('take what they called in turn along, where that call cancels too, over the way that word takes', () => {
    const yaml = (inner: string) => `
name: three
run: { duration: 20s, warmUp: 0s }
regions: { a: us-east-1, b: us-west-2, c: eu-west-1 }
network: { preset: none, links: [ { between: [a, b], roundTrip: 20ms }, { between: [b, c], roundTrip: 40ms }, { between: [a, c], roundTrip: 60ms } ] }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, call: front.x } }
services:
  front: { regions: [a], operations: { x: [ call: { operation: middle.y, timeout: 100ms, cancel: propagate } ] } }
  middle: { regions: [b], threads: 50, operations: { y: [ parallel: [[ call: { operation: back.z ${inner} } ], [ wait: 1s ]] ] } }
  back: { regions: [c], threads: 50, operations: { z: [ wait: 700ms ] } }
`;
    const held = (assembly: Assembly, service: string) =>
      readingOf(assembly, `services.${service}.threadUtilization`) * 5;
    const both = runOf(yaml(', cancel: propagate'));
    // Asked at 10 ms and told at 110; back asked at 30 ms and told at 130.
    expect(held(both, 'middle')).toBeCloseTo(0.1, 2);
    expect(held(both, 'back')).toBeCloseTo(0.1, 2);
    const outer = runOf(yaml(''));
    expect(held(outer, 'middle')).toBeCloseTo(0.1, 2);
    expect(held(outer, 'back')).toBeGreaterThan(0.65);
  });
});

describe('a deadline that is inherited', () => {
  const overloaded = (call: string) =>
    slow(`timeout: 200ms, ${call}`, { y: 'work: 20ms', rate: 60 }).replace('threads: 50', 'threads: 1');

  test('keeps everything from being begun that nobody waits for', () => {
    const without = runOf(overloaded('deadline: none'));
    expect(longest(without, 'services.back.wait')).toBeGreaterThan(2);
    expect(total(without, 'services.back.expired')).toBe(0);
    const assembly = runOf(overloaded('deadline: inherit'));
    expect(longest(assembly, 'services.back.wait')).toBeLessThanOrEqual(0.2);
    expect(total(assembly, 'services.back.expired')).toBeGreaterThan(150);
    expect(readingOf(assembly, 'services.back.utilization')).toBeGreaterThan(0.98);
  });

  test('shortens the timeouts of all further calls, and lets none begin after it', () => {
    const assembly = runOf(`
name: chain
run: { duration: 20s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, client: { timeout: 150ms, deadline: inherit }, call: front.x } }
services:
  front: { operations: { x: [ wait: 50ms, call: { operation: middle.y, deadline: inherit, timeout: 1s, retries: { max: 5, backoff: none } } ] } }
  middle: { operations: { y: [ wait: 60ms, call: { operation: back.z, deadline: inherit, retries: { max: 3, backoff: exponential, base: 1s } }, wait: 1s ] } }
  back: { threads: 100, operations: { z: [ wait: 1s ] } }
`);
    const calls = total(assembly, 'services.front.calls.middle.calls');
    expect(total(assembly, 'services.front.calls.middle.timedOut')).toBeCloseTo(calls, -1);
    expect(total(assembly, 'services.middle.calls.back.calls')).toBeCloseTo(calls, -1);
    expect(total(assembly, 'services.middle.calls.back.timedOut')).toBeCloseTo(calls, -1);
    expect(total(assembly, 'services.back.arrivals')).toBeCloseTo(calls, -1);
    expect(total(assembly, 'workloads.w.timedOut')).toBeCloseTo(calls, -1);
  });
});

test('what nobody waits for has no deadline', () => {
  const yaml = (wrap: string) => `
run: { duration: 20s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, client: { timeout: 100ms, deadline: inherit }, call: front.x } }
services:
  front: { executors: { one: { threads: 9, queue: 0, reject: caller-runs } }, operations: { x: [ ${wrap} ] } }
  back: { operations: { y: [ wait: 10ms ] } }
`;
  const late = '[ wait: 300ms, call: { operation: back.y, deadline: inherit } ]';
  const reached = (wrap: string) => total(runOf(yaml(wrap)), 'services.back.throughput');
  expect(reached(`async: ${late}`)).toBeGreaterThan(190);
  expect(reached(`async: { on: one, do: ${late} }`)).toBeGreaterThan(190);
  expect(reached(`parallel: [ ${late} ]`)).toBe(0);
});

describe('retries', () => {
  const refused = (call: string, rate = 100) =>
    slow(call, { rate, y: 'wait: 1000s' }).replace('threads: 50', 'threads: 1, queue: 0');

  test('come after times that are uniform up to the bound of full jitter', () => {
    const { instants } = arrivalsAt('back', refused('retries: { max: 1, base: 900us }'));
    // A call every 10 ms, and its retry before the next.
    const gaps = instants.flatMap((instant, at) =>
      at % 2 === 1 || at < 2 ? [] : [instant - instants[at - 1]],
    );
    const shares = gaps.map((gap) => gap / 900e-6).sort((a, b) => a - b);
    expect(shares.length).toBeGreaterThan(1900);
    // Kolmogorov–Smirnov at 99.9%: D √n < 1.95.
    const distance = Math.max(
      ...shares.map((share, at) =>
        Math.max(Math.abs(share - at / shares.length), Math.abs((at + 1) / shares.length - share)),
      ),
    );
    expect(distance * Math.sqrt(shares.length)).toBeLessThan(1.95);
  });

  test.each([0.1, 0.5])('never exceed an instance’s budget of %d, whatever fails', (budget) => {
    const yaml = refused(`retries: { max: 5, base: 10ms, budget: ${budget * 100}% }`);
    const assembly = runOf(yaml.replace('front: {', 'front: { instances: 3, balancing: round-robin,'));
    const calls = total(assembly, 'services.front.calls.back.calls');
    const retries = total(assembly, 'services.front.calls.back.retries');
    expect(retries).toBeLessThanOrEqual(budget * calls + 30);
    expect(retries).toBeGreaterThan(budget * calls);
  });

  test('leave the parts of a latency adding up to it', () => {
    const assembly = runOf(
      slow('timeout: 30ms, retries: { max: 5, base: 10ms }', {
        y: 'wait: { exponential: 25ms }, work: { exponential: 2ms }',
      }),
    );
    expect(total(assembly, 'services.front.calls.back.retries')).toBeGreaterThan(50);
    const { waterfall } = assembly.records()['workloads.w'] as WorkloadRecord;
    const parts = waterfall.flatMap(({ seconds }) => seconds);
    expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(
      total(assembly, 'workloads.w.answeredLatency'),
      8,
    );
  });
});

describe('a circuit breaker', () => {
  const broken = (more = '') =>
    slow(
      `circuitBreaker: { window: 10, minimumCalls: 5, failureRate: 50%, openFor: 5s, halfOpenCalls: 2 } ${more}`,
      { y: 'wait: 1000s' },
    ).replace('threads: 50', 'threads: 1, queue: 0');

  test('opens at the fifth call, lets two through after its wait, and opens again', () => {
    const { instants, assembly } = arrivalsAt('back', broken());
    // The first hangs. 0.2 … 0.6 s are refused: five failures. Open until 5.6 s, strictly: 5.7 and 5.8 are tried; then
    // until 10.8, 10.9 and 11; then until 16, 16.1 and 16.2.
    expect(instants.filter((instant) => instant < 20).map((instant) => Number(instant.toFixed(3)))).toEqual([
      0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 5.7, 5.8, 10.9, 11, 16.1, 16.2,
    ]);
    const calls = 'services.front.calls.back';
    expect(total(assembly, `${calls}.notPermitted`)).toBe(total(assembly, `${calls}.calls`) - 12);
    expect(total(assembly, `${calls}.openings`)).toBe(4);
    // Open from 0.6 to 5.7, 5.8 to 10.9, 11 to 16.1, 16.2 to 20 s.
    expect(readingOf(assembly, `${calls}.openBreakers`)).toBeCloseTo((5.1 * 3 + 3.8) / 20, 6);
    expect(assembly.timeline.occurrences.map(({ what }) => what).slice(0, 2)).toEqual([
      'region instance 0: circuit breaker to back opens: of 5 calls 100% failed, 0% slow',
      'region instance 0: circuit breaker to back tries again',
    ]);
  });

  test('is one for each instance, and goes with it', () => {
    const assembly = runOf(broken().replace('front: {', 'front: { instances: 4, balancing: round-robin,'));
    expect(longest(assembly, 'services.front.calls.back.openBreakers')).toBe(4);
    const front = assembly.component<ServiceModel>('services.front');
    const meter = () => total(assembly, 'services.front.calls.back.openBreakers');
    expect(meter()).toBeGreaterThan(0);
    front.fleetIn('region').crash(0);
    expect(front.calls.get('back')?.breakers?.openBreakers.current).toBeLessThanOrEqual(4);
  });

  test('opens for slowness as for failure, and closes when it is over', () => {
    const assembly = runOf(
      slow(
        'circuitBreaker: { window: { last: 2s }, minimumCalls: 5, slowCall: 50ms, openFor: 1s, halfOpenCalls: 3 }',
        {
          y: 'wait: 60ms',
        },
      ),
    );
    expect(total(assembly, 'services.front.calls.back.openings')).toBeGreaterThan(10);
    const quick = runOf(
      slow('circuitBreaker: { window: { last: 2s }, minimumCalls: 5, slowCall: 60ms, openFor: 1s }', {
        y: 'wait: 60ms',
      }),
    );
    expect(total(quick, 'services.front.calls.back.openings')).toBe(0);
  });
});

describe('refused is', () => {
  test.each([
    ['a timeout of nothing', 'timeout: 0s', '0s is zero'],
    ['a rate above all', 'circuitBreaker: { failureRate: 120% }', '100%'],
    ['a rate of nothing', 'circuitBreaker: { slowCallRate: 0% }', '0%'],
    ['a window of broken seconds', 'circuitBreaker: { window: { last: 1500ms } }', 'whole seconds'],
    ['a back-off that nobody knows', 'retries: { backoff: exponentiel }', 'exponential'],
    ['a jitter of full jitter', 'retries: { jitter: 20% }', 'exponential'],
    ['a deadline of its own', 'deadline: 5s', 'inherit'],
  ])('%s', (_title, call, message) => {
    expect(problemsOf(slow(call)).join()).toContain(message);
  });

  test('nothing, but said, where retries wait for failures that cannot come', () => {
    const alone = slow('retries: { max: 2 }').replace(/ ?threads: \d+,/g, '');
    expect(problemsOf(alone).join()).toContain('nothing can fail');
    expect(problemsOf(alone.replace('retries:', 'timeout: 1s, retries:'))).toEqual([]);
    expect(problemsOf(alone.replace('back: {', 'back: { threads: 2, queue: 3,'))).toEqual([]);
    expect(problemsOf(`${alone}faults: { f: { fault: surge, workload: w, factor: 2, at: 1s } }`)).toEqual([]);
  });
});

describe('a workload’s client does the same as a service’s call', () => {
  const outside = (client: string) => `
run: { duration: 20s, warmUp: 0s }
regions: { here: us-east-1 }
origins: { far: eu-west-1 }
network: { preset: none, links: [ { between: [far, here], roundTrip: 40ms } ] }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, from: { far: 100% }, client: { ${client} }, call: back.y } }
services: { back: { threads: 50, operations: { y: [ wait: 100ms ] } } }
`;

  test('what it gave up is done after all, and counted', () => {
    const assembly = runOf(outside('timeout: 60ms, retries: { max: 1, backoff: none }'));
    const arrivals = total(assembly, 'workloads.w.arrivals');
    expect(total(assembly, 'workloads.w.timedOut')).toBe(arrivals);
    // The first answer is there 140 ms after the call, the second 60 ms later: of two done one is too many.
    expect(total(assembly, 'workloads.w.duplicates')).toBe(arrivals);
    expect(readingOf(assembly, 'services.back.threadUtilization')).toBeCloseTo((10 * 2 * 0.1) / 50, 2);
  });

  test('what it cancels is stopped once word has come there', () => {
    const assembly = runOf(outside('timeout: 60ms, cancel: propagate, retries: { max: 1, backoff: none }'));
    expect(total(assembly, 'workloads.w.duplicates')).toBe(0);
    // There from 20 ms to 80 ms after each attempt.
    expect(readingOf(assembly, 'services.back.threadUtilization')).toBeCloseTo((10 * 2 * 0.06) / 50, 2);
    expect(total(assembly, 'services.back.throughput')).toBe(0);
  });
});

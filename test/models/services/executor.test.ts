import { describe, expect, test } from 'vitest';
import { mmck } from '../../../src/models/algorithms/queueing/mmck.ts';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import type { WorkloadModel } from '../../../src/models/workloads/model.ts';
import { designOf, expectExact, problemsOf, readingOf, runOf, simulate } from '../harness.ts';

const total = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;
const longest = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.max ?? Number.NaN;

describe('an executor with exponential tasks of a Poisson stream is M/M/c/K', () => {
  const [arrivalRate, serviceRate, servers, queue] = [380, 100, 4, 6];
  const exact = mmck({ arrivalRate, serviceRate, servers, capacity: servers + queue });
  const runs = simulate(`
name: M/M/4/10
run: { duration: 210s, warmUp: 10s }
workloads: { w: { arrivals: { rate: ${arrivalRate}/s }, call: a.x } }
services:
  a:
    executors: { pool: { threads: ${servers}, queue: ${queue} } }
    operations: { x: [ async: { on: pool, do: [ work: { exponential: 10ms } ] } ] }
`);
  const executor = 'services.a.executors.pool';

  test('how many tasks find the queue full, and so fail who hands them over', () => {
    const share = (assembly: Assembly) =>
      total(assembly, `${executor}.rejected`) / total(assembly, `${executor}.tasks`);
    expectExact(runs.meanOf(share), exact.lossProbability);
    for (const assembly of runs.assemblies)
      expect(total(assembly, 'workloads.w.rejected')).toBe(total(assembly, `${executor}.rejected`));
  });

  test('how long a task waits, how busy the threads are, how many wait', () => {
    expectExact(runs.estimate(`${executor}.wait.mean`), exact.meanWait);
    expectExact(runs.estimate(`${executor}.utilization`), exact.utilization);
    expectExact(runs.estimate(`${executor}.queue.mean`), exact.meanWaiting);
  });
});

/** Ten callers a second, evenly; `x` fans out. */
const fanOut = (executors: string, steps: string, more = '') => `
name: fan-out
run: { duration: 10s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, ${more} call: a.x } }
services:
  a: { executors: ${executors}, operations: { x: ${steps} } }
`;

describe('what runs on an executor', () => {
  test('is waited for where it is parallel, one after the other where there are too few threads', () => {
    const assembly = runOf(
      fanOut(
        '{ two: { threads: 2 } }',
        '[ parallel: { on: two, branches: [[wait: 5ms], [wait: 7ms], [wait: 11ms]] } ]',
      ),
    );
    // The third waits for the first one's thread: 5 + 11 ms.
    expect(longest(assembly, 'workloads.w.latency')).toBeCloseTo(0.016, 9);
    expect(longest(assembly, 'services.a.executors.two.wait')).toBeCloseTo(0.005, 9);
    expect(readingOf(assembly, 'services.a.executors.two.utilization')).toBeCloseTo(
      (total(assembly, 'workloads.w.arrivals') * 0.023) / 20,
      9,
    );
    const { waterfall } = assembly.records()['workloads.w'] as WorkloadRecord;
    const parts = waterfall.flatMap(({ seconds }) => seconds).reduce((sum, part) => sum + part, 0);
    expect(parts).toBeCloseTo(total(assembly, 'workloads.w.answeredLatency'), 9);
  });

  test('is waited for to the last although one has failed', () => {
    const yaml = fanOut(
      '{ two: { threads: 2 }, none: { threads: 1, queue: 0 } }',
      `[ parallel: { on: two, branches: [
          [ async: { on: none, do: [ wait: 1s ] }, async: { on: none, do: [] } ],
          [ wait: 40ms ] ] } ]`,
      'client: { timeout: 30ms },',
    );
    const late = runOf(yaml);
    // The first call: its second `none` is refused at once, and yet its answer comes too late.
    expect(total(late, 'workloads.w.timedOut')).toBe(total(late, 'workloads.w.arrivals'));
    const early = runOf(yaml.replace('wait: 40ms', 'wait: 20ms'));
    expect(total(early, 'workloads.w.rejected')).toBe(total(early, 'workloads.w.arrivals'));
  });

  test('is refused where the queue is full: the caller fails, and what it had handed over runs on', () => {
    const assembly = runOf(
      fanOut(
        '{ one: { threads: 1, queue: 1 } }',
        '[ parallel: { on: one, branches: [[wait: 20ms], [wait: 20ms], [wait: 20ms]] } ]',
      ),
    );
    expect(total(assembly, 'workloads.w.rejected')).toBe(total(assembly, 'workloads.w.arrivals'));
    expect(readingOf(assembly, 'services.a.executors.one.utilization')).toBeCloseTo(0.4, 2);
    expect(longest(assembly, 'services.a.executors.one.queue')).toBe(1);
  });

  test('is run by the caller itself under caller-runs, before anything else', () => {
    const assembly = runOf(
      fanOut(
        '{ one: { threads: 1, queue: 0, reject: caller-runs } }',
        '[ parallel: { on: one, branches: [[wait: 20ms], [wait: 30ms], [wait: 20ms]] } ]',
      ),
    );
    // 0–20 ms on the thread, 0–30 by the caller, who then finds the thread free: 30–50.
    expect(longest(assembly, 'workloads.w.latency')).toBeCloseTo(0.05, 9);
    const behind = runOf(
      fanOut(
        '{ one: { threads: 1, queue: 0, reject: caller-runs } }',
        '[ async: { on: one, do: [ wait: 250ms ] } ]',
      ),
    );
    // One in three has the thread; the others take 250 ms of their own.
    expect(readingOf(behind, 'workloads.w.answeredLatency')).toBeCloseTo((0.25 * 66) / 100, 2);
  });

  test('is dropped under discard: nobody notices, but whoever joins it waits for ever', () => {
    const executors = '{ one: { threads: 1, queue: 0, reject: discard } }';
    const beside = runOf(fanOut(executors, '[ async: { on: one, do: [ wait: 250ms ] } ]'));
    expect(total(beside, 'workloads.w.succeeded')).toBe(total(beside, 'workloads.w.arrivals'));
    const joined = fanOut(executors, '[ parallel: { on: one, branches: [[wait: 250ms]] } ]');
    const hangs = runOf(joined);
    expect(total(hangs, 'workloads.w.unfinished')).toBe(total(hangs, 'services.a.executors.one.rejected'));
    expect(problemsOf(joined).join()).toContain('waits for ever');
  });
});

/** Question 262's processTradeAsync: on an executor itself, it joins three updates that are on executors, too. */
const trades = (threads: number, updates: string) => `
name: processTradeAsync
run: { duration: 70s, warmUp: 10s }
workloads: { trades: { arrivals: { rate: 100/s }, call: processor.process } }
services:
  processor:
    executors: { trades: { threads: ${threads} }, updates: { threads: 12 } }
    operations:
      process:
        - async:
            on: trades
            do:
              - work: { exponential: 4ms }
              - wait: { exponential: 6ms }
              - parallel:
                  on: ${updates}
                  branches:
                    - [ wait: { exponential: 8ms } ]
                    - [ wait: { exponential: 5ms } ]
                    - [ wait: { exponential: 10ms } ]
`;

describe('the document’s processTradeAsync', () => {
  test('stops for ever once all threads of its executor join updates that wait for the same one', () => {
    const assembly = runOf(trades(8, 'trades'));
    const starved = assembly.timeline.occurrences.filter(({ what }) =>
      what.includes('wait for tasks of the same'),
    );
    expect(starved).toHaveLength(1);
    expect(readingOf(assembly, 'services.processor.executors.trades.starved')).toBeGreaterThan(0.5);
    // Nothing that was in the queue moves: it holds all that came since, and three updates for each thread.
    const model = assembly.component<ServiceModel>('services.processor');
    const before = model.backlog?.() ?? 0;
    const { operationCount } = assembly.component<WorkloadModel>('workloads.trades');
    const { simulation } = assembly;
    simulation.run(simulation.now + 10e9);
    const arrived = assembly.component<WorkloadModel>('workloads.trades').operationCount - operationCount;
    expect(arrived).toBeGreaterThan(500);
    expect((model.backlog?.() ?? 0) - before).toBe(arrived);
  });

  test('stops at the first trade where there is one thread', () => {
    const assembly = runOf(trades(1, 'trades'));
    expect(readingOf(assembly, 'services.processor.executors.trades.starved')).toBe(1);
  });

  test('carries the same load on as many threads where the updates have their own', () => {
    const assembly = runOf(trades(8, 'updates'));
    expect(readingOf(assembly, 'services.processor.executors.trades.starved')).toBe(0);
    expect(assembly.component<ServiceModel>('services.processor').backlog?.()).toBeLessThan(50);
    // Held: 4 + 6 ms and the longest of three exponentials, 100 times a second, by eight threads. By inclusion and
    // exclusion, E max = 8 + 5 + 10 − 1/(1/8+1/5) − 1/(1/8+1/10) − 1/(1/5+1/10) + 1/(1/8+1/5+1/10) ms, and more for waits.
    const longest = 23 - 1 / 0.325 - 1 / 0.225 - 1 / 0.3 + 1 / 0.425;
    const held = (100 * (10 + longest)) / 1000 / 8;
    const busy = readingOf(assembly, 'services.processor.executors.trades.utilization');
    expect(busy).toBeGreaterThan(0.95 * held);
    expect(busy).toBeLessThan(1.1 * held);
  });

  test('passes for sure with more threads than there are trades at once', () => {
    const assembly = runOf(trades(64, 'trades'));
    expect(readingOf(assembly, 'services.processor.executors.trades.starved')).toBe(0);
  });
});

test('tasks die with their instance, queued or not, and no thread and no cursor is lost', () => {
  const assembly = new Assembly(
    designOf(
      fanOut(
        '{ one: { threads: 1 }, two: { threads: 2, queue: 5 } }',
        `[ async: { on: one, do: [ wait: 300ms, parallel: { on: two, branches: [[wait: 200ms], [wait: 1s]] } ] },
           parallel: { on: two, branches: [[wait: 150ms], [wait: 20ms]] } ]`,
      ).replace('a: {', 'a: { instances: 2, balancing: round-robin,'),
    ),
    1,
    0,
  );
  const model = assembly.component<ServiceModel>('services.a');
  const { simulation } = assembly;
  simulation.agenda().at(4.91e9, { fire: () => model.fleetIn('region').crash(0) });
  assembly.run();
  expect(total(assembly, 'workloads.w.failed')).toBeGreaterThan(0);
  model.fleetIn('region').crash(0);
  expect(model.backlog?.()).toBe(0);
  expect(assembly.cursorsUnderWay).toBe(assembly.component<WorkloadModel>('workloads.w').backlog());
});

test.each([
  // A second's arrivals at ten a second are under way.
  [100, 10],
  // Four are done a second, in rows from 0.1 s on: 49 have come by 4.91 s, 16 are done.
  [4, 33],
])('tasks that die with their instance are counted: with %i threads %i', (threads, lost) => {
  const yaml = fanOut(`{ one: { threads: ${threads} } }`, '[ async: { on: one, do: [ wait: 1s ] } ]');
  const assembly = new Assembly(designOf(yaml), 1, 0);
  const model = assembly.component<ServiceModel>('services.a');
  assembly.simulation.agenda().at(4.91e9, { fire: () => model.fleetIn('region').crash(0) });
  assembly.run();
  expect(total(assembly, 'services.a.executors.one.lost')).toBe(lost);
});

describe('refused is, with the nearest word,', () => {
  const problems = (executors: string, steps: string) =>
    problemsOf(
      `${fanOut(executors, steps)}  b: { executors: { others: { threads: 1 } }, operations: { y: [] } }`,
    ).join();

  test.each([
    ['an executor that nobody has', '{ one: { threads: 1 } }', '[ async: { on: onee, do: [] } ]', 'onee'],
    [
      'one of another service',
      '{ one: { threads: 1 } }',
      '[ async: { on: others, do: [] } ]',
      'a has no executor others',
    ],
    [
      'one of another service, further in',
      '{ one: { threads: 1 } }',
      '[ parallel: [[ async: { on: others, do: [] } ]] ]',
      'a has no executor others',
    ],
    ['a queue below nothing', '{ one: { threads: 1, queue: -1 } }', '[]', '-1'],
    ['no thread', '{ one: { threads: 0 } }', '[]', '0'],
    ['a word for rejection', '{ one: { threads: 1, reject: abrt } }', '[]', 'abort'],
  ])('%s', (_title, executors, steps, message) => {
    expect(problems(executors, steps)).toContain(message);
  });
});

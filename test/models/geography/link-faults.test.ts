import { describe, expect, test } from 'vitest';
import { delayOfLosses, open } from '../../../src/models/algorithms/transport/retransmission.ts';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { designOf, problemsOf, runOf, simulate } from '../harness.ts';

/** Callers beside `near`, which calls `far`, 100 ms there and back: 101 ms in all. */
const pair = (faults: string, more = '') => `
run: { duration: 5m, warmUp: 0s }
regions: { near: {}, far: {} }
network: { jitter: 0%, sameRegion: 0s, links: [ { between: [near, far], roundTrip: 100ms } ] }
workloads:
  w: { arrivals: { rate: 10/s, process: deterministic }, client: { timeout: 1m }, call: front.x }
services:
  front: { regions: [near], operations: { x: [ call: back.y ] } }
  back: { regions: [far], operations: { y: [ work: 1ms ] } }
faults: ${faults}
${more}`;

const total = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;
const latencies = (assembly: Assembly) => assembly.readings().get('workloads.w.answeredLatency')?.hist;
const failuresOf = (assembly: Assembly) => (assembly.records()['workloads.w'] as WorkloadRecord).failures;

describe('a link that is down', () => {
  test('holds a request up until the first repetition after it is whole again, and then opens a connection', () => {
    const assembly = runOf(pair('{ f: { fault: link-down, from: near, to: far, at: 10s, for: 10s } }'));
    expect(total(assembly, 'workloads.w.succeeded')).toBe(3000 - 1);
    // The one sent at 10 s: repetitions at 11, 13, 17 and 25 s; then a round trip to open and another one.
    expect(latencies(assembly)?.max).toBeCloseTo(15 + 0.201, 3);
  });

  test('gives a caller who waits for ever an error after 127 s, when opening a connection', () => {
    const assembly = runOf(
      pair('{ f: { fault: link-down, from: near, to: far, at: 10s, for: 200s } }').replace(
        'client: { timeout: 1m }',
        'client: { timeout: 1h }',
      ),
    );
    // Those sent from 10 s on whose last repetition (63 s after) was before 210 s: up to 147 s.
    expect(failuresOf(assembly)).toEqual({ unreachable: 1370 });
  });

  test('keeps the caller’s thread for as long, although whoever called him has gone', () => {
    const yaml = pair('{ f: { fault: link-down, from: near, to: far, at: 1m, for: 200s } }')
      .replace('front: {', 'front: { threads: 2000,')
      .replace('timeout: 1m', 'timeout: 1s');
    const assembly = new Assembly(designOf(yaml), 1, 0);
    let held: number | undefined;
    const look = () => {
      held = assembly.component<ServiceModel>('services.front').fleetIn('near').ready[0].threads?.held;
    };
    assembly.simulation.agenda().at(119.95e9, { fire: look });
    assembly.run();
    // All that arrived from 60 s to 119.9 s.
    expect(held).toBe(600);
  });

  test('in one direction loses requests, in the other answers: those have been worked on', () => {
    const lost = (from: string, to: string) => {
      const assembly = runOf(
        pair(`{ f: { fault: link-down, from: ${from}, to: ${to}, direction: one-way, at: 1m, for: 3m } }`),
      );
      return [total(assembly, 'services.back.throughput'), total(assembly, 'workloads.w.timedOut')];
    };
    const [requests, answers] = [lost('near', 'far'), lost('far', 'near')];
    // Requests of 60 s to 177 s have no repetition left at 240 s, those from 209 s on one within their callers' minute.
    expect(requests).toEqual([3000 - 1 - 1170, 1490]);
    expect(answers[0]).toBe(3000 - 1);
  });
});

describe('a slow link', () => {
  test('multiplies and lengthens each way, and nothing once it is over', () => {
    const assembly = runOf(
      pair('{ f: { fault: link-slow, from: near, to: far, factor: 2, added: 30ms, at: 1m, for: 1m } }'),
    );
    const hist = latencies(assembly);
    expect(hist?.max).toBeCloseTo(0.261, 3);
    expect(hist?.quantile(0.5)).toBeCloseTo(0.101, 3);
  });
});

describe('a link that loses packets', () => {
  test('makes messages late by the repetitions: pⁿ of them by n or more', () => {
    const share = 0.1;
    const assembly = runOf(
      pair(
        `{ f: { fault: link-loss, from: near, to: far, direction: one-way, share: 10%, at: 0s } }`,
      ).replaceAll('10/s', '200/s'),
    );
    expect(total(assembly, 'workloads.w.timedOut')).toBe(0);
    const hist = latencies(assembly) as { quantile(p: number): number; count: number };
    const lateBy = (losses: number) => 0.101 + delayOfLosses(open(0.1, 1), losses);
    // Of 60,000 messages p²(1−p) are late by exactly two losses; quantiles well inside each stretch tell them apart.
    expect(hist.quantile(1 - share - 0.02)).toBeCloseTo(lateBy(0), 2);
    expect(hist.quantile(1 - share / 2)).toBeCloseTo(lateBy(1), 2);
    expect(hist.quantile(1 - share ** 2 / 2)).toBeCloseTo(lateBy(2), 2);
  });
});

describe('a clogged link', () => {
  test('makes messages wait as M/D/1 says', () => {
    const runs = simulate(
      `
run: { duration: 40m, warmUp: 1m }
regions: { near: {}, far: {} }
origins: { here: {} }
network: { preset: none }
workloads:
  w: { arrivals: { rate: 80/s }, client: { timeout: 1m }, call: back.y, from: { here: 100% } }
services:
  back: { regions: [far], operations: { y: { request: 10kB, steps: [ work: 1ms ] } } }
faults: { f: { fault: link-clogged, from: here, to: far, direction: one-way, bandwidth: 1MB/s, at: 0s } }
`.replace('here: {}', 'here: { location: nowhere }'),
      { runs: 8 },
    );
    const latency = runs.estimate('workloads.w.answeredLatency.mean');
    // Service 10 ms, ρ 0.8: the wait is ρ/(2(1−ρ)) × 10 ms = 20 ms; then its own 10 ms and 1 ms of work.
    expect(latency.low).toBeLessThanOrEqual(0.031);
    expect(latency.high).toBeGreaterThanOrEqual(0.031);
    expect(latency.halfWidth).toBeLessThan(0.002);
  });
});

describe('a network partition', () => {
  const three = (groups: string) => `
run: { duration: 1m, warmUp: 0s }
regions: { a: {}, b: {}, c: {} }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, client: { timeout: 1s }, call: s.x } }
services:
  s: { regions: [a], operations: { x: [ parallel: [ [ call: t.x ], [ call: u.x ] ] ] } }
  t: { regions: [b], operations: { x: [ work: 1ms ] } }
  u: { regions: [c], operations: { x: [ work: 1ms ] } }
faults: { f: { fault: network-partition, groups: ${groups}, at: 30s } }
`;

  test('lets nothing pass between groups, and everything within one', () => {
    expect(total(runOf(three('[[a], [b, c]]')), 'workloads.w.timedOut')).toBe(300);
    expect(total(runOf(three('[[a, b], [c]]')), 'services.t.throughput')).toBe(599);
    expect(total(runOf(three('[[b], [c]]')), 'workloads.w.timedOut')).toBe(0);
  });
});

describe('refused is', () => {
  test.each([
    ['a place that nobody knows', '{ f: { fault: link-down, from: near, to: fra, at: 1m } }', 'called "fra"'],
    [
      'a link from a place to itself',
      '{ f: { fault: link-down, from: near, to: near, at: 1m } }',
      'both ends',
    ],
    [
      'a slow link as fast as ever',
      '{ f: { fault: link-slow, from: near, to: far, at: 1m } }',
      'as fast as ever',
    ],
    [
      'a link that loses all',
      '{ f: { fault: link-loss, from: near, to: far, share: 100%, at: 1m } }',
      'nothing passes',
    ],
    [
      'a place in two groups',
      '{ f: { fault: network-partition, groups: [[near], [far, near]], at: 1m } }',
      'near is in two groups',
    ],
    [
      'a fault that strikes what another one has struck',
      '{ f: { fault: link-down, from: near, to: far, at: 1m }, g: { fault: link-down, from: far, to: near, at: 2m } }',
      'f strikes the link far → near at the same time',
    ],
  ])('%s', (_title, faults, message) => {
    expect(problemsOf(pair(faults)).join()).toContain(message);
  });

  test('an outage whose callers wait without end', () => {
    const yaml = pair('{ f: { fault: link-down, from: near, to: far, at: 1m } }');
    expect(problemsOf(yaml)).toEqual([]);
    expect(problemsOf(yaml.replace('client: { timeout: 1m }, ', '')).join()).toContain('w waits for answers');
  });
});

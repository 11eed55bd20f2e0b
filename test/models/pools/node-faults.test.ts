import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { designOf, problemsOf, runOf } from '../harness.ts';

const pooled = (fault: string, mix = 'on-demand: 100%') => `
run: { duration: 15m, warmUp: 0s }
regions: { a: { zones: 3 }, b: {} }
origins: { o: { location: nowhere } }
network: { preset: none }
workloads:
  w: { arrivals: { rate: 60/s, process: deterministic }, from: { o: 100% }, client: { timeout: 1s }, call: s.x }
pools:
  p: { regions: [a], node: { name: box, cores: 4 }, system: 0, mix: { ${mix} }, startup: 60s, interruptions: none }
services:
  s: { pool: p, regions: [a], instances: 12, balancing: round-robin, cpu: { cores: 1 }, startup: 10s, operations: { x: [ work: 1ms ] } }
faults: { f: ${fault} }
`;

function readyAt(yaml: string, instants: readonly number[]): number[] {
  const assembly = new Assembly(designOf(yaml), 1, 0);
  const seen: number[] = [];
  for (const at of instants) {
    const look = () => seen.push(assembly.component<ServiceModel>('services.s').readyIn(0).length);
    assembly.simulation.agenda().at(at * 1e9, { fire: look });
  }
  assembly.run();
  return seen;
}

describe('a node that dies', () => {
  const yaml = pooled('{ fault: node-crash, pool: p, region: a, count: 1, at: 1m }');

  test('takes what runs on it along: given up 340 s later, and ready elsewhere after a node and an instance have started', () => {
    expect(readyAt(yaml, [59, 61, 399, 469, 471])).toEqual([12, 8, 8, 8, 12]);
  });

  test('is sent requests for 40 s, which hear nothing', () => {
    const { failures } = runOf(yaml).records()['workloads.w'] as WorkloadRecord;
    expect(Object.keys(failures)).toEqual(['timed-out']);
    // Four of twelve turns, of 40 s at 60/s.
    expect(Math.abs((failures as Record<string, number>)['timed-out'] - 800)).toBeLessThanOrEqual(4);
  });
});

describe('a wave of interruptions', () => {
  const yaml = pooled('{ fault: spot-wave, pool: p, region: a, share: 100%, at: 1m }', 'spot: 100%');

  test('gives each spot node its notice at once: two minutes are enough to be somewhere else', () => {
    const run = runOf(yaml);
    expect(run.readings().get('pools.p.interruptions')?.num).toBe(3);
    // Who is noticed takes no new requests, and nobody else is there before 60 + 10 s have gone: that is the price.
    expect(readyAt(yaml, [59, 61, 129, 131])).toEqual([12, 0, 0, 12]);
  });

  test('takes the share that it says', () => {
    const half = pooled('{ fault: spot-wave, pool: p, share: 50%, at: 1m }', 'on-demand: 34%, spot: 66%');
    expect(runOf(half).readings().get('pools.p.interruptions')?.num).toBe(1);
  });
});

test.each([
  ['{ fault: spot-wave, pool: p, share: 50%, at: 1m }', 'p has no spot nodes'],
  ['{ fault: node-crash, pool: p, region: b, at: 1m }', 'p has no nodes in b'],
  ['{ fault: node-crash, pool: q, at: 1m }', '"q"'],
])('refused is %s', (fault, message) => {
  expect(problemsOf(pooled(fault)).join()).toContain(message);
});

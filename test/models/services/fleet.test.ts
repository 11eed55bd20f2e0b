import { describe, expect, it } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { PoolModel } from '../../../src/models/pools/model.ts';
import type { Fleet } from '../../../src/models/services/fleet.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import { designOf, readingOf } from '../harness.ts';

const second = 1e9;

const yaml = (service: string, rest = '', load = '10/s') => `
name: test
run: { duration: 10m, warmUp: 1m }
regions: { here: us-east-1 }
workloads: { a: { arrivals: { rate: ${load}, process: deterministic }, call: desk.serve } }
services:
  desk: { instances: 4, startup: 20s, ${service}, operations: { serve: [ { work: 1ms } ], sleep: [ { wait: 5m } ] } }
${rest}`;

function started(text: string): { run: Assembly; fleet: Fleet; until: (seconds: number) => void } {
  const run = new Assembly(designOf(text), 1, 0);
  const fleet = run.component<ServiceModel>('services.desk').fleetIn('here');
  return { run, fleet, until: (seconds) => run.simulation.run(seconds * second) };
}

const numbers = ({ members }: Fleet) => members.map(({ number }) => number);

describe('a fleet that grows', () => {
  it('is ready when room, node and instance have had their time', () => {
    const pool = 'pools: { web: { node: { name: box, cores: 2 }, system: 0, startup: 60s } }';
    const { fleet, until } = started(yaml('pool: web, cpu: { cores: 1 }', pool));
    until(1);
    expect(fleet.ready).toHaveLength(4);
    fleet.scale(7);
    until(80.9);
    expect(fleet.ready).toHaveLength(4);
    until(81.1);
    expect(fleet.ready).toHaveLength(7);
    // Two nodes were bought for three instances: there is room for one more.
    fleet.scale(8);
    until(101);
    expect(fleet.ready).toHaveLength(7);
    until(101.2);
    expect(fleet.ready).toHaveLength(8);
  });
});

describe('a fleet that shrinks', () => {
  it('lets go first who waits for room, then who starts, then who became ready last', () => {
    const pool =
      'pools: { web: { node: { name: box, cores: 1 }, system: 0, startup: 5s, nodes: { max: 7 } } }';
    const { fleet, until } = started(yaml('pool: web, cpu: { cores: 1 }', pool));
    until(1);
    fleet.scale(5);
    until(40);
    fleet.scale(9);
    until(50);
    // 0 to 4 are ready, 4 the last; 5 and 6 start; 7 and 8 find no node.
    const gone = [8, 7, 6, 5, 4, 3].map((size) => {
      const before = new Set(numbers(fleet));
      fleet.scale(size);
      for (const number of numbers(fleet)) before.delete(number);
      return [...before];
    });
    expect(gone).toEqual([[8], [7], [6], [5], [4], [3]]);
  });

  it('never gets an instance ready that was let go while it started', () => {
    const { fleet, until } = started(yaml('cpu: { cores: 1 }'));
    until(1);
    fleet.scale(6);
    until(10);
    fleet.scale(4);
    until(60);
    expect(fleet.ready).toHaveLength(4);
    expect(fleet.size).toBe(4);
  });

  it('counts the cores of an instance from its becoming ready to its being let go', () => {
    const { run, fleet } = started(yaml('cpu: { cores: 2 }'));
    const at = (seconds: number, act: () => void) =>
      run.simulation.agenda().at(seconds * second, { fire: act });
    // One is ready from 120 s to 220 s; another is let go while it starts.
    at(100, () => fleet.scale(5));
    at(220, () => fleet.scale(4));
    at(300, () => fleet.scale(5));
    at(310, () => fleet.scale(4));
    run.run();
    expect(fleet.usage.coreTotal / second).toBeCloseTo(2 * (4 * 540 + 100), 6);
    // A millisecond of work ten times a second.
    expect(fleet.usage.coreBusy / second).toBeCloseTo(540 * 10 * 0.001, 1);
  });

  it('keeps the room of a busy instance for its grace of 30 seconds, then ends what it does', () => {
    const pool = 'pools: { web: { node: { name: box, cores: 1 }, system: 0, scaleDown: 0s } }';
    const text = yaml('pool: web, cpu: { cores: 1 }, balancing: round-robin', pool, '0.1/s');
    const { run, fleet } = started(text.replace('call: desk.serve', 'call: desk.sleep'));
    const nodes: number[] = [];
    const web = run.component<PoolModel>('pools.web').nodesIn('here');
    const at = (seconds: number, act: () => void) =>
      run.simulation.agenda().at(seconds * second, { fire: act });
    at(100, () => fleet.scale(1));
    for (const seconds of [99, 101, 125, 131]) at(seconds, () => nodes.push(web.nodes.length));
    run.run();
    expect(nodes).toEqual([4, 4, 4, 1]);
    // Ten sleepers had come by then; those on the three that were let go were ended.
    expect(readingOf(run, 'workloads.a.goodputRatio')).toBeLessThan(1);
    const { failures } = (run.records() as Record<string, { failures: Record<string, number> }>)[
      'workloads.a'
    ];
    expect(Object.keys(failures)).toContain('terminated');
  });
});

describe('a fleet on spot nodes', () => {
  it('asks for a successor at the notice, and nobody is cut off who is done in two minutes', () => {
    const pool = `pools: { web: { node: { name: box, cores: 2 }, system: 0, startup: 60s, mix: { spot: 100% }, interruptions: { rate: 6/h } } }`;
    const { run, fleet } = started(
      yaml('pool: web, cpu: { cores: 1 }', pool, '50/s').replace('instances: 4', 'instances: 12'),
    );
    const least = { ready: 12, size: 12 };
    const look = () => {
      least.ready = Math.min(least.ready, fleet.ready.length);
      least.size = Math.min(least.size, fleet.size);
      run.simulation.agenda().after(second, { fire: look });
    };
    run.simulation.agenda().at(0, { fire: look });
    run.run();
    expect(run.readings().get('pools.web.interruptions')?.num).toBeGreaterThan(2);
    expect(least.size).toBe(12);
    expect(least.ready).toBeLessThan(12);
    expect(least.ready).toBeGreaterThan(2);
    expect(readingOf(run, 'workloads.a.goodputRatio')).toBe(1);
  });

  it('loses what still runs when the two minutes are over', () => {
    const pool = `pools: { web: { node: { name: box, cores: 2 }, system: 0, mix: { spot: 100% }, interruptions: { rate: 20/h } } }`;
    const text = yaml('pool: web, cpu: { cores: 1 }', pool, '1/s').replace(
      'call: desk.serve',
      'call: desk.sleep',
    );
    const { run } = started(text);
    run.run();
    const { failures } = (run.records() as Record<string, { failures: Record<string, number> }>)[
      'workloads.a'
    ];
    expect(failures.interrupted).toBeGreaterThan(0);
  });
});

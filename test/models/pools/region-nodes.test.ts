import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tenant } from '../../../src/models/contracts/placer.ts';
import { RegionNodes, type RegionNodesOptions } from '../../../src/models/pools/region-nodes.ts';
import { constant } from '../../../src/sim/distributions/index.ts';
import { stream } from '../../../src/sim/random/streams.ts';
import { Simulation } from '../../../src/sim/simulation.ts';

const second = 1e9;

class Lodger implements Tenant {
  placedAt: number | undefined;
  noticedAt: number | undefined;
  goneAt: number | undefined;
  lostAt: number | undefined;
  placed(now: number): void {
    this.placedAt = now;
  }
  noticed(now: number, goneAt: number): void {
    this.noticedAt = now;
    this.goneAt = goneAt;
  }
  lost(now: number): void {
    this.lostAt = now;
  }
}

/** Nodes of four cores without a system, on demand, up 60 s after they are bought, kept empty for 100 s. */
function region(options: Partial<RegionNodesOptions> = {}) {
  const simulation = new Simulation();
  const notices: number[] = [];
  const refusals: number[] = [];
  const nodes: RegionNodes = new RegionNodes(
    {
      node: 'box',
      cores: 4,
      room: 4000,
      mix: { reserved: 0, 'on-demand': 1, spot: 0 },
      min: 0,
      max: Number.POSITIVE_INFINITY,
      startup: constant(60),
      size: undefined,
      choice: 'most-allocated',
      keepEmpty: 100 * second,
      spotRate: 0,
      startups: stream(1, 0, 'startups'),
      interruptions: stream(1, 0, 'interruptions'),
      ...options,
    },
    simulation.agenda(),
    simulation,
    {
      changed: () => {},
      interrupted: (now) => notices.push(now),
      refused: (_now, count) => refusals.push(count),
    },
  );
  const ask = (cores: number): Lodger => {
    const lodger = new Lodger();
    nodes.place(cores, lodger);
    return lodger;
  };
  return { simulation, nodes, notices, refusals, ask };
}

describe('nodes of a region', () => {
  it('are up at once for what is there at the start, and after their start for what comes later', () => {
    const { simulation, nodes, ask } = region();
    const first = Array.from({ length: 5 }, () => ask(1));
    expect(first.map(({ placedAt }) => placedAt)).toEqual([0, 0, 0, 0, 0]);
    nodes.settle();
    expect(nodes.nodes).toHaveLength(2);
    simulation.run(10 * second);
    const later = Array.from({ length: 8 }, () => ask(1));
    expect(later.map(({ placedAt }) => placedAt)).toEqual(
      [10, 10, 10, ...Array(5).fill(undefined)].map((at) => at && at * second),
    );
    expect(nodes.nodes).toHaveLength(4);
    expect(nodes.pending).toBe(5);
    simulation.run(69.9 * second);
    expect(nodes.pending).toBe(5);
    simulation.run(70 * second);
    expect(later.every(({ placedAt }) => placedAt !== undefined)).toBe(true);
    expect(later.at(-1)?.placedAt).toBe(70 * second);
  });

  it('refuse what no node can be bought for, once, and place it when room is given back', () => {
    const { simulation, nodes, refusals, ask } = region({ max: 1 });
    const [first] = Array.from({ length: 4 }, () => ask(1));
    nodes.settle();
    const waiting = ask(1);
    ask(1);
    expect(refusals).toEqual([1, 1]);
    expect(nodes.nodes).toHaveLength(1);
    simulation.run(5 * second);
    nodes.remove(first);
    expect(waiting.placedAt).toBe(5 * second);
    expect(nodes.pending).toBe(1);
    expect(refusals).toEqual([1, 1]);
  });

  it('let a small instance pass a large one that waits', () => {
    const { nodes, ask } = region({ max: 1 });
    ask(3);
    nodes.settle();
    const large = ask(2);
    const small = ask(1);
    expect(large.placedAt).toBeUndefined();
    expect(small.placedAt).toBe(0);
  });

  it('are given back when they have been empty for a while, and not if somebody came in between', () => {
    const { simulation, nodes, ask } = region();
    const lodgers = Array.from({ length: 8 }, () => ask(1));
    nodes.settle();
    simulation.run(10 * second);
    for (const lodger of lodgers.slice(4)) nodes.remove(lodger);
    simulation.run(50 * second);
    const guest = ask(4);
    expect(guest.placedAt).toBe(50 * second);
    simulation.run(115 * second);
    expect(nodes.nodes).toHaveLength(2);
    nodes.remove(guest);
    simulation.run(214.9 * second);
    expect(nodes.nodes).toHaveLength(2);
    simulation.run(215 * second);
    expect(nodes.nodes).toHaveLength(1);
  });

  it('are kept for ever when reserved, and as many as the least number', () => {
    const { simulation, nodes, ask } = region({ mix: { reserved: 0.5, 'on-demand': 0.5, spot: 0 }, min: 3 });
    const lodgers = Array.from({ length: 16 }, () => ask(1));
    nodes.settle();
    expect([nodes.bought('reserved'), nodes.bought('on-demand')]).toEqual([2, 2]);
    for (const lodger of lodgers) nodes.remove(lodger);
    simulation.run(3600 * second);
    expect([nodes.bought('reserved'), nodes.bought('on-demand')]).toEqual([2, 1]);
  });

  it('of a size larger than what is there have their reserved share all the same', () => {
    const { nodes, ask } = region({ mix: { reserved: 0.3, 'on-demand': 0.5, spot: 0.2 }, size: 20 });
    ask(1);
    nodes.settle();
    expect(nodes.nodes).toHaveLength(6);
    expect(nodes.bought('reserved')).toBe(6);
  });

  it('never hold more than they have room for, whoever comes and goes', () => {
    const step = fc.record({
      cores: fc.constantFrom(0.1, 0.25, 0.5, 1, 1.5, 3, 4),
      leaves: fc.integer({ min: 0, max: 3 }),
      wait: fc.integer({ min: 0, max: 90 }),
    });
    const choice = fc.constantFrom('most-allocated' as const, 'least-allocated' as const);
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        choice,
        fc.integer({ min: 1, max: 6 }),
        (steps, policy, max) => {
          const mix = { reserved: 0.2, 'on-demand': 0.3, spot: 0.5 };
          const { simulation, nodes, ask } = region({ choice: policy, max, mix, spotRate: 1 / 300 });
          const present: { lodger: Lodger; cores: number }[] = [];
          nodes.settle();
          for (const { cores, leaves, wait } of steps) {
            present.push({ lodger: ask(cores), cores });
            for (const { lodger } of present.splice(0, leaves)) nodes.remove(lodger);
            simulation.run(simulation.now + wait * second);
            for (const node of nodes.nodes) {
              expect(node.free).toBeGreaterThanOrEqual(0);
              expect(node.requested + node.free).toBe(4000);
            }
            expect(nodes.nodes.filter(({ isLeaving }) => !isLeaving).length).toBeLessThanOrEqual(max);
            // Whoever is still here and was not lost is on a node or waits; requests add up.
            const here = present.filter(({ lodger }) => lodger.lostAt === undefined);
            const placed = here.filter(({ lodger }) => lodger.placedAt !== undefined);
            expect(nodes.pending).toBe(here.length - placed.length);
            const requested = nodes.nodes.reduce((sum, node) => sum + node.requested, 0);
            expect(requested).toBe(placed.reduce((sum, { cores: each }) => sum + each * 1000, 0));
          }
        },
      ),
      { seed: 4, numRuns: 150 },
    );
  });
});

describe('a spot node', () => {
  const spot = { mix: { reserved: 0, 'on-demand': 0, spot: 1 } };

  it('is gone exactly two minutes after its notice, and nobody is put on it in between', () => {
    const { simulation, nodes, notices, ask } = region({ ...spot, spotRate: 1 / 600 });
    const lodger = ask(1);
    nodes.settle();
    const [node] = nodes.nodes;
    while (notices.length === 0) simulation.run(simulation.now + second);
    const [at] = notices;
    expect(lodger.noticedAt).toBe(at);
    expect(lodger.goneAt).toBe(at + 120 * second);
    const guest = ask(1);
    expect(guest.placedAt).toBeUndefined();
    simulation.run(at + 120 * second - 1);
    expect(lodger.lostAt).toBeUndefined();
    expect(nodes.nodes).toContain(node);
    simulation.run(at + 120 * second);
    expect(lodger.lostAt).toBe(at + 120 * second);
    expect(nodes.nodes).not.toContain(node);
    expect(guest.placedAt).toBeLessThanOrEqual(at + 61 * second);
  });

  it('is taken away at the rate of a Poisson process', () => {
    // 50 nodes kept at one interruption an hour each, replaced after a second: 2000 expected in 40 h.
    const perHour = { ...spot, min: 50, spotRate: 1 / 3600, startup: constant(1) };
    const { simulation, nodes, notices } = region(perHour);
    nodes.settle();
    const hours = 40;
    simulation.run(hours * 3600 * second);
    const expected = 50 * hours;
    // 99.9% of a Poisson count lies within 3.29 standard deviations; what is being replaced (a second an hour) is lost.
    expect(Math.abs(notices.length - expected)).toBeLessThan(3.29 * Math.sqrt(expected) + expected / 3600);
    // Counts of 20-minute buckets vary as much as their mean: index of dispersion, χ² with 119 degrees, 99.9% interval (Wilson and Hilferty).
    const buckets = new Array<number>(hours * 3).fill(0);
    for (const at of notices) buckets[Math.floor(at / (1200 * second))] += 1;
    const mean = notices.length / buckets.length;
    const dispersion = buckets.reduce((sum, count) => sum + (count - mean) ** 2, 0) / mean;
    expect(dispersion).toBeGreaterThan(74.6);
    expect(dispersion).toBeLessThan(176.4);
  });

  it('is never taken away at rate 0, nor is a node that is not spot', () => {
    for (const options of [spot, { spotRate: 1 / 60 }]) {
      const { simulation, nodes, notices, ask } = region({ min: 5, ...options });
      ask(1);
      nodes.settle();
      simulation.run(3600 * second);
      expect(notices).toEqual([]);
    }
  });
});

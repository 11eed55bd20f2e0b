import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseNode } from '../../../../src/models/algorithms/placement/choose-node.ts';
import { nodesNeeded } from '../../../../src/models/algorithms/placement/nodes-needed.ts';

const rooms = (...free: number[]) => free.map((each) => ({ free: each }));

describe('the choice of a node', () => {
  it('packs onto the fullest node that has room, or spreads to the emptiest', () => {
    const nodes = rooms(500, 3000, 1000, 3000, 1000);
    expect(chooseNode(nodes, 1000, 'most-allocated')).toBe(nodes[2]);
    expect(chooseNode(nodes, 1000, 'least-allocated')).toBe(nodes[1]);
  });

  it('finds none where no node has room', () => {
    expect(chooseNode(rooms(999, 0), 1000, 'most-allocated')).toBeUndefined();
    expect(chooseNode([], 0, 'least-allocated')).toBeUndefined();
  });
});

const group = fc.record({
  request: fc.integer({ min: 1, max: 4000 }),
  count: fc.integer({ min: 0, max: 40 }),
});
const groups = fc.array(group, { maxLength: 5 });

/** First fit decreasing as a textbook has it, instance by instance. */
function firstFitDecreasing(all: readonly { request: number; count: number }[], room: number): number {
  const requests = all.flatMap(({ request, count }) => new Array<number>(count).fill(request));
  const free: number[] = [];
  for (const request of requests.sort((a, b) => b - a)) {
    const at = free.findIndex((space) => space >= request);
    if (at < 0) free.push(room - request);
    else free[at] -= request;
  }
  return free.length;
}

describe('the nodes that instances need', () => {
  it('are as many as first fit decreasing opens, instance by instance', () => {
    fc.assert(
      fc.property(groups, (all) => {
        expect(nodesNeeded(all, 4000)).toBe(firstFitDecreasing(all, 4000));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('are one for three instances of one core, where a node has 3.92 for them', () => {
    expect(nodesNeeded([{ request: 1000, count: 12 }], 3920)).toBe(4);
    expect(nodesNeeded([{ request: 1000, count: 13 }], 3920)).toBe(5);
    expect(nodesNeeded([], 3920)).toBe(0);
  });

  it('are without number where an instance is larger than a node', () => {
    expect(nodesNeeded([{ request: 5000, count: 1 }], 4000)).toBe(Number.POSITIVE_INFINITY);
  });
});

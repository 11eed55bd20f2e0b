import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LostHistory } from '../../../../src/models/databases/failover/lost-history.ts';

const second = 1e9;

describe('a recovery point', () => {
  it('lies at the oldest acknowledged write that is lost, counted back from when its history ended', () => {
    const loss = new LostHistory(90 * second, 'f');
    loss.add(80 * second, 81 * second, 1);
    loss.add(70 * second, 71 * second, 2);
    expect(loss.point).toEqual({ fault: 'f', seconds: 20, lost: 3 });
  });

  it('of a history that goes on is told as far as that has come, and ends once', () => {
    const loss = new LostHistory(Number.POSITIVE_INFINITY, undefined);
    loss.add(80 * second, 80 * second, 1);
    loss.add(110 * second, 112 * second, 1);
    expect(loss.point.seconds).toBe(32);
    loss.ends(115 * second);
    loss.ends(200 * second);
    expect(loss.point.seconds).toBe(35);
  });

  it('is above 0 exactly where something was lost before the end', () => {
    const instant = fc.integer({ min: 0, max: 1e12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(instant, fc.integer({ min: 1, max: 9 }))), instant, (writes, spare) => {
        const end = Math.max(0, ...writes.map(([committedAt]) => committedAt)) + 1 + spare;
        const loss = new LostHistory(end, 'f');
        for (const [committedAt, rows] of writes) loss.add(committedAt, committedAt, rows);
        const { lost, seconds } = loss.point;
        expect(seconds > 0).toBe(lost > 0);
        expect(lost).toBe(writes.reduce((sum, [, rows]) => sum + rows, 0));
      }),
    );
  });
});

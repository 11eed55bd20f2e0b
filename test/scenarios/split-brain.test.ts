import { describe, expect, it } from 'vitest';
import { play, totalOf } from './shipped.ts';

/** The cut from 3 to 6 minutes, a fifth of the trades. */
const cut = [
  'run.duration=9m',
  'run.warmUp=1m',
  'workloads.trades.arrivals.rate=200k/day',
  'faults.cut-off.at=3m',
  'faults.cut-off.for=3m',
  'faults.cut-off.settle=1m',
];
const played = (fencing: string) =>
  play('split-brain', [...cut, `databases.trades.failover.fencing=${fencing}`]);
const of = (assembly: ReturnType<typeof played>, metric: string) =>
  totalOf(assembly, `databases.trades.${metric}`);

describe('split-brain: a primary is cut off from all but its own callers', () => {
  it('goes on beside the new one without fencing, and all that it accepted is lost', () => {
    const open = played('none');
    expect(of(open, 'failovers')).toBe(1);
    expect(of(open, 'splitBrainWrites')).toBeGreaterThan(100);
    expect(of(open, 'lostWrites')).toBeGreaterThan(of(open, 'splitBrainWrites'));
    expect(of(open, 'discardedWrites')).toBeGreaterThanOrEqual(of(open, 'lostWrites'));
  });

  it('stops with its lease: there is never a second primary, and its callers get no answers', () => {
    const [open, fenced] = [played('none'), played('lease')];
    expect(of(fenced, 'failovers')).toBe(1);
    expect(of(fenced, 'splitBrainWrites')).toBe(0);
    // What it accepted until its lease ran out is lost all the same, since replicas follow.
    expect(of(fenced, 'lostWrites')).toBeGreaterThan(0);
    expect(of(fenced, 'lostWrites')).toBeLessThan(of(open, 'lostWrites'));
    const unanswered = (assembly: typeof open) =>
      totalOf(assembly, 'faults.cut-off.workload.trades.from.US.unanswered');
    expect(unanswered(fenced)).toBeGreaterThan(5 * unanswered(open));
  });
});

import { describe, expect, test } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import { readingOf, runOf } from '../harness.ts';

/** Ten entries a second, at 0.1 s, 0.2 s, …, on one instance. */
const steady = (options: string, flush = 'wait: 50ms', service = '') => `
name: flushes
run: { duration: 10s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, call: s.append } }
services: { s: { ${service} operations: { append: [ batch: { name: b, ${options}, do: [ ${flush} ] } ] } } }
`;

const total = (assembly: Assembly, meter: string): number =>
  assembly.readings().get(meter)?.num ?? Number.NaN;
const latencyOf = (assembly: Assembly) => assembly.readings().get('workloads.w.answeredLatency');

describe('whoever adds an entry', () => {
  test('goes on at once, but for the one that fills the batch: it waits for the flush', () => {
    const latency = latencyOf(runOf(steady('size: 5, maxAge: 1h')));
    // One in five waits 50 ms.
    expect(latency?.num).toBeCloseTo((((latency?.n ?? 0) / 5) | 0) * 0.05, 9);
    expect(latency?.max).toBeCloseTo(0.05, 9);
  });

  test('waits until its batch is flushed where it asks for that', () => {
    const latency = latencyOf(runOf(steady('size: 5, maxAge: 1h, await: true')));
    // The five wait 0.4, 0.3, 0.2, 0.1 and 0 s for the last of them, and 50 ms for the flush.
    expect((latency?.num ?? 0) / (latency?.n ?? 1)).toBeCloseTo(0.25, 2);
    expect(latency?.max).toBeCloseTo(0.45, 9);
  });

  test('fails with the flush if it waits for it, and does not hear of it otherwise', () => {
    const failing = 'call: t.x';
    const yaml = (options: string) =>
      `${steady(options, failing)}  t: { threads: 1, queue: 0, operations: { x: [ wait: 1h ] } }\n`
        .replace('services: { s:', 'services:\n  s:')
        .replace('} } }\n  t:', '} }\n  t:');
    const fills = runOf(yaml('size: 5, maxAge: 1h, overlap: 100'));
    // The first flush never ends; each later one is rejected, and with it who filled the batch.
    const batches = Math.floor(total(fills, 'workloads.w.arrivals') / 5);
    expect(total(fills, 'workloads.w.rejected') + total(fills, 'workloads.w.failed')).toBe(batches - 1);
    expect(total(fills, 'batches.b.failed')).toBe((batches - 1) * 5);
    const waits = runOf(yaml('size: 5, maxAge: 1h, overlap: 100, await: true'));
    expect(total(waits, 'workloads.w.rejected') + total(waits, 'workloads.w.failed')).toBe(
      total(waits, 'workloads.w.arrivals') - 5,
    );
  });

  test('has its time credited: until the flush begins to the batch, from then on to what the flush does', () => {
    const assembly = runOf(steady('size: 5, maxAge: 1h, await: true', 'wait: 20ms, work: 30ms'));
    const record = assembly.records()['workloads.w'] as {
      waterfall: { from: number; count: number; seconds: number[] }[];
    };
    const phases = assembly.segmentList.map(({ phase }) => phase);
    const seconds = (phase: string) =>
      record.waterfall.reduce((sum, bucket) => sum + bucket.seconds[phases.indexOf(phase)], 0);
    const calls = total(assembly, 'workloads.w.arrivals');
    expect(seconds('waits for others') / calls).toBeCloseTo(0.02, 9);
    expect(seconds('works') / calls).toBeCloseTo(0.03, 9);
    const all = phases.reduce((sum, phase) => sum + seconds(phase), 0);
    expect(all).toBeCloseTo(latencyOf(assembly)?.num ?? Number.NaN, 6);
  });
});

describe('a timer', () => {
  test('of a batch runs from its first entry', () => {
    const assembly = runOf(steady('size: 100, maxAge: 450ms'));
    // The first entry and four more within 450 ms; then the next one begins anew.
    expect(readingOf(assembly, 'batches.b.size')).toBeCloseTo(5, 9);
    expect(assembly.readings().get('batches.b.wait')?.max).toBeCloseTo(0.45, 9);
    expect(total(assembly, 'batches.b.ageFlushes')).toBe(total(assembly, 'batches.b.flushes'));
  });

  test('of an instance runs whatever batches do: they are as full as the interval makes them', () => {
    const assembly = runOf(steady('size: 100, tick: 500ms'));
    expect(readingOf(assembly, 'batches.b.size')).toBeGreaterThan(4.7);
    expect(assembly.readings().get('batches.b.size')?.max).toBe(5);
    expect(assembly.readings().get('batches.b.wait')?.max).toBeLessThan(0.5);
    expect(total(assembly, 'batches.b.tickFlushes')).toBe(total(assembly, 'batches.b.flushes'));
  });

  test('of an instance flushes the rest of what a full batch has left', () => {
    const assembly = runOf(steady('size: 3, tick: 500ms'));
    // Of the five of an interval three are full, two are left to the tick.
    const full = total(assembly, 'batches.b.fullFlushes');
    expect(Math.abs(full - total(assembly, 'batches.b.tickFlushes'))).toBeLessThanOrEqual(1);
  });
});

describe('flushes of an instance', () => {
  const wait = (assembly: Assembly) => assembly.readings().get('batches.b.flushWait')?.max ?? Number.NaN;

  test('come one after the other: those that are due wait', () => {
    // A batch of two every 0.2 s, a flush of 0.3 s: the k-th waits 0.1 s longer than the one before.
    const assembly = runOf(steady('size: 2, maxAge: 1h', 'wait: 300ms'));
    expect(wait(assembly)).toBeGreaterThan(2.9);
    expect(readingOf(assembly, 'batches.b.throughput')).toBeCloseTo(2 / 0.3, 0);
  });

  test('overlap as far as they may', () => {
    const assembly = runOf(steady('size: 2, maxAge: 1h, overlap: 2', 'wait: 300ms'));
    expect(wait(assembly)).toBe(0);
  });

  test('reach no more than their batches over the time of a flush, and the result says how much that is', () => {
    const assembly = runOf(steady('size: 2, maxAge: 1h', 'wait: 300ms'));
    expect(readingOf(assembly, 'batches.b.reachableThroughput')).toBeCloseTo(2 / 0.3, 9);
  });

  test('hold the memory that bounds what comes: then who adds an entry waits', () => {
    const assembly = runOf(steady('size: 2, maxAge: 1h, capacity: 4', 'wait: 300ms'));
    expect(assembly.readings().get('batches.b.inMemory')?.max).toBe(4);
    expect(latencyOf(assembly)?.max).toBeGreaterThan(1);
  });
});

describe('a list that nothing guards', () => {
  test('is cleared with what came while it was written: that is lost', () => {
    // A tick every 500 ms, a flush of 250 ms: of the five entries of an interval those of its first half are lost.
    const assembly = runOf(steady('size: 100, tick: 500ms, locking: none', 'wait: 250ms'));
    const [lost, stored] = [total(assembly, 'batches.b.lost'), total(assembly, 'batches.b.throughput')];
    const flushes = total(assembly, 'batches.b.flushes');
    // Two or three of five, as the tick stands to the entries; at the run's ends a flush more or less.
    expect(Math.min(Math.abs(lost - 2 * flushes), Math.abs(lost - 3 * flushes))).toBeLessThanOrEqual(5);
    // Nobody died.
    expect(total(assembly, 'batches.b.cleared')).toBe(lost);
    expect(readingOf(assembly, 'batches.b.lostRatio')).toBeCloseTo(lost / (lost + stored), 9);
    const guarded = runOf(steady('size: 100, tick: 500ms', 'wait: 250ms'));
    expect(total(guarded, 'batches.b.lost')).toBe(0);
  });

  test('is full for everybody who adds to it while it is being written', () => {
    // The fourth entry and each after it, until the first flush ends 250 ms later, find four or more in the list.
    const assembly = runOf(steady('size: 4, tick: 1h, locking: none', 'wait: 250ms'));
    expect(readingOf(assembly, 'batches.b.size')).toBeLessThan(4);
    expect(assembly.readings().get('batches.b.size')?.max).toBe(4);
  });
});

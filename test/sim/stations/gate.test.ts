import { describe, expect, test } from 'vitest';
import { Gate } from '../../../src/sim/stations/gate.ts';

function customer(log: string[], name: string) {
  return { granted: () => log.push(name) };
}

describe('a Gate', () => {
  test('lets in at once while units are free, then in the order of coming', () => {
    const log: string[] = [];
    const gate = new Gate(1);
    expect(gate.acquire(0, customer(log, 'a'))).toBe('granted');
    expect(gate.acquire(1, customer(log, 'b'))).toBe('queued');
    expect(gate.acquire(2, customer(log, 'c'))).toBe('queued');
    gate.release(3);
    expect(log).toEqual(['b']);
    gate.release(4);
    expect(log).toEqual(['b', 'c']);
    expect(gate.held).toBe(1);
  });

  test('refuses whoever finds the queue full, and counts it', () => {
    const gate = new Gate(1, 1);
    gate.acquire(0, customer([], 'a'));
    expect(gate.acquire(0, customer([], 'b'))).toBe('queued');
    expect(gate.acquire(0, customer([], 'c'))).toBe('full');
    expect(gate.observe(0).refused).toBe(1);
  });

  test('forgets who leaves the queue', () => {
    const log: string[] = [];
    const gate = new Gate(1);
    const b = customer(log, 'b');
    gate.acquire(0, customer(log, 'a'));
    gate.acquire(0, b);
    gate.acquire(0, customer(log, 'c'));
    expect(gate.leave(1, b)).toBe(true);
    expect(gate.queueLength).toBe(1);
    gate.release(2);
    expect(log).toEqual(['c']);
    expect(gate.queueLength).toBe(0);
  });

  test('integrates holding and waiting over time', () => {
    const gate = new Gate(2);
    gate.acquire(0, customer([], 'a'));
    gate.acquire(10, customer([], 'b'));
    gate.acquire(20, customer([], 'c'));
    gate.release(50);
    expect(gate.observe(100)).toEqual({
      heldTicks: 10 + 2 * 90,
      waitingTicks: 30,
      unitTicks: 200,
      refused: 0,
      longestQueue: 1,
    });
  });

  test('more units let in who waits; fewer units take from nobody', () => {
    const log: string[] = [];
    const gate = new Gate(1);
    for (const name of ['a', 'b', 'c']) gate.acquire(0, customer(log, name));
    gate.changeUnits(1, 2);
    expect(log).toEqual(['b']);
    gate.changeUnits(2, 1);
    gate.release(3);
    expect(log).toEqual(['b']);
    gate.release(4);
    expect(log).toEqual(['b', 'c']);
  });

  test('stays in order over a queue longer than a thousand', () => {
    const log: string[] = [];
    const gate = new Gate(1);
    for (let at = 0; at < 5000; at += 1) gate.acquire(at, customer(log, String(at)));
    for (let at = 0; at < 4999; at += 1) gate.release(5000 + at);
    expect(log).toEqual(Array.from({ length: 4999 }, (_, at) => String(at + 1)));
  });
});

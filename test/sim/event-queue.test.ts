import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventQueue } from '../../src/sim/event-queue.ts';

interface Planned {
  at: number;
  rank: number;
  high: number;
  low: number;
  word: number;
}

const inOrder = (a: Planned, b: Planned): number =>
  a.at - b.at || a.rank - b.rank || a.high - b.high || a.low - b.low || a.word - b.word;

/** Near and far instants and many ties, so that heap, both wheels and what lies beyond them are all used. */
const planned = fc.record({
  at: fc.oneof(
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 0, max: 3_000_000 }),
    fc.integer({ min: 0, max: 5_000_000_000 }),
    fc.integer({ min: 0, max: 60_000_000_000_000 }),
  ),
  rank: fc.integer({ min: 0, max: 2 }),
  high: fc.integer({ min: 0, max: 2 }),
  low: fc.integer({ min: 0, max: 0xffffffff }),
  word: fc.integer({ min: 0, max: 0xffffffff }),
});

function popAll(queue: EventQueue, until = Number.MAX_SAFE_INTEGER): number[] {
  const tokens: number[] = [];
  while (queue.pop(until) !== null) tokens.push(queue.token);
  return tokens;
}

const nobody = { fire: () => {} };

describe('the event queue', () => {
  test('pops in order of time, rank, identity and word, whatever the order of scheduling', () => {
    fc.assert(
      fc.property(fc.array(planned, { maxLength: 300 }), (events) => {
        const queue = new EventQueue();
        events.forEach((event, token) => {
          queue.push(event.at, event.rank, event.high, event.low, event.word, nobody, token);
        });
        expect(queue.size).toBe(events.length);
        const popped = popAll(queue).map((token) => events[token]);
        expect(popped).toEqual([...events].sort(inOrder));
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test('stays ordered when events are scheduled while others are popped', () => {
    fc.assert(
      fc.property(
        fc.array(planned, { minLength: 2, maxLength: 200 }),
        fc.integer({ min: 1, max: 5 }),
        (events, each) => {
          const queue = new EventQueue();
          const pending: (Planned & { token: number })[] = [];
          let now = 0;
          events.forEach((event, token) => {
            const at = now + event.at;
            queue.push(at, event.rank, event.high, event.low, event.word, nobody, token);
            pending.push({ ...event, at, token });
            if (token % each !== 0) return;
            pending.sort(inOrder);
            const expected = pending.shift();
            expect(queue.pop(Number.MAX_SAFE_INTEGER)).not.toBeNull();
            expect(queue.at).toBe(expected?.at);
            now = queue.at;
          });
        },
      ),
      { numRuns: 200, seed: 2 },
    );
  });

  test('gives what is due by an instant and no more, in order, however far the clock is moved between', () => {
    const step = fc.record({
      forward: fc.oneof(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 0, max: 3_000_000_000 }),
        fc.integer({ min: 0, max: 30_000_000_000_000 }),
      ),
      events: fc.array(planned, { maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        const queue = new EventQueue();
        let pending: (Planned & { token: number })[] = [];
        let now = 0;
        let token = 0;
        for (const { forward, events } of steps) {
          for (const event of events) {
            const at = now + event.at;
            queue.push(at, event.rank, event.high, event.low, event.word, nobody, token);
            pending.push({ ...event, at, token });
            token += 1;
          }
          now += forward;
          const due = pending.filter(({ at }) => at <= now).sort(inOrder);
          pending = pending.filter(({ at }) => at > now);
          expect(popAll(queue, now)).toEqual(due.map((event) => event.token));
          expect(queue.size).toBe(pending.length);
        }
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test('answers null and keeps the event when it lies beyond `until`', () => {
    const queue = new EventQueue();
    queue.push(10_000_000_000, 2, 0, 0, 0, nobody, 7);
    expect(queue.pop(9_999_999_999)).toBeNull();
    queue.push(9_999_999_999.0, 2, 0, 0, 0, nobody, 8);
    expect(popAll(queue)).toEqual([8, 7]);
  });

  test('holds more events than it first had room for', () => {
    const queue = new EventQueue();
    const count = 50_000;
    for (let token = 0; token < count; token += 1)
      queue.push(((token * 7919) % count) * 1000, 2, 0, token, 0, nobody, token);
    let last = -1;
    let popped = 0;
    while (queue.pop(Number.MAX_SAFE_INTEGER) !== null) {
      expect(queue.at).toBeGreaterThanOrEqual(last);
      last = queue.at;
      popped += 1;
    }
    expect(popped).toBe(count);
  });
});

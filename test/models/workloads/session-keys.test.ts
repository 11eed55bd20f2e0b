import { describe, expect, test, vi } from 'vitest';
import type { ClientOperation } from '../../../src/models/workloads/client-operation.ts';
import { Ledger } from '../../../src/models/workloads/ledger.ts';
import { runOf } from '../harness.ts';

/** Keys of every operation of a run, session by session (told apart by the value that is new for each session). */
function keysBySession(): number[][][] {
  const sessions = new Map<number, number[][]>();
  const { opened } = Ledger.prototype;
  const spy = vi.spyOn(Ledger.prototype, 'opened').mockImplementation(function (
    this: Ledger,
    operation: ClientOperation,
  ) {
    const [session] = operation.keys;
    sessions.set(session, [...(sessions.get(session) ?? []), [...operation.keys]]);
    opened.call(this, operation);
  });
  try {
    runOf(`
name: keys of sessions
run: { duration: 20s, warmUp: 0s, begin: empty }
keys:
  session: { each: session }
  message: { each: operation }
  account: { count: 50, skew: { zipf: 1 } }
  unused: { count: 10 }
workloads:
  w:
    arrivals: { rate: 10/s }
    keys: [session, message, account]
    session: { turns: 5, think: 100ms }
    call: a.x
services: { a: { operations: { x: [] } } }
`);
  } finally {
    spy.mockRestore();
  }
  return [...sessions.values()];
}

describe('the keys of a session', () => {
  const sessions = keysBySession();
  const whole = sessions.filter((calls) => calls.length === 5);

  test('belong to five calls each, and to one session only', () => {
    expect(whole.length).toBeGreaterThan(100);
    expect(Math.max(...sessions.map((calls) => calls.length))).toBe(5);
  });

  test('stay the same from call to call, but for those that each call has anew', () => {
    for (const calls of whole) {
      expect(new Set(calls.map(([, , account]) => account)).size).toBe(1);
      expect(new Set(calls.map(([, message]) => message)).size).toBe(5);
    }
    const messages = sessions.flat().map(([, message]) => message);
    expect(new Set(messages).size).toBe(messages.length);
  });

  test('say nothing of keys that the workload does not carry', () => {
    expect(sessions.flat().every(([, , , unused]) => Number.isNaN(unused))).toBe(true);
  });
});

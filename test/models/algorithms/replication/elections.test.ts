import { describe, expect, test } from 'vitest';
import { electLeader } from '../../../../src/models/algorithms/replication/elect-leader.ts';
import {
  including,
  isCaughtUp,
  mayRejoin,
  without,
} from '../../../../src/models/algorithms/replication/in-sync.ts';

/** Four replicas; `leader` leads, some are in sync, some alive. */
const elected = (
  { inSync, leader, alive }: { inSync: number[]; leader: number; alive: number[] },
  rules: { isUncleanAllowed?: boolean; isPreferred?: boolean } = {},
) =>
  electLeader(
    { replicas: [3, 1, 0, 2], inSync, leader },
    { isAlive: (broker) => alive.includes(broker), isUncleanAllowed: false, ...rules },
  );

describe('a leader is', () => {
  test('who leads already, if it is alive and in sync', () => {
    expect(elected({ inSync: [3, 0, 1], leader: 0, alive: [0, 1, 3] })).toEqual({ leader: 0, isClean: true });
  });

  test('else the first of the assignment’s order that is both', () => {
    expect(elected({ inSync: [0, 2], leader: 3, alive: [0, 1, 2] }).leader).toBe(0);
    expect(elected({ inSync: [1, 2], leader: 3, alive: [0, 1, 2] }).leader).toBe(1);
  });

  test('else nobody, or the first that is alive where that is allowed', () => {
    expect(elected({ inSync: [3], leader: 3, alive: [0, 2] })).toEqual({ leader: -1, isClean: true });
    expect(elected({ inSync: [3], leader: 3, alive: [0, 2] }, { isUncleanAllowed: true })).toEqual({
      leader: 0,
      isClean: false,
    });
    expect(elected({ inSync: [3], leader: 3, alive: [] }, { isUncleanAllowed: true }).leader).toBe(-1);
  });

  test('the preferred one when that is asked for, if it is alive and in sync', () => {
    const state = { inSync: [3, 0], leader: 0, alive: [0, 1, 2, 3] };
    expect(elected(state, { isPreferred: true }).leader).toBe(3);
    expect(elected({ ...state, inSync: [0] }, { isPreferred: true }).leader).toBe(0);
    expect(elected({ ...state, alive: [0] }, { isPreferred: true }).leader).toBe(0);
  });
});

describe('in sync is', () => {
  test('who has all, or had all at some instant of the last thirty seconds', () => {
    expect([isCaughtUp(5, 5, 0, 100), isCaughtUp(4, 5, 70, 100), isCaughtUp(4, 5, 69.9, 100)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('again who has all below the high watermark', () => {
    expect([mayRejoin(5, 5), mayRejoin(4, 5)]).toEqual([true, false]);
  });

  test('always somebody: the last one is not left out', () => {
    expect(without([3, 1], 3)).toEqual([1]);
    expect(without([3], 3)).toEqual([3]);
  });

  test('kept in the assignment’s order', () => {
    expect(including([0, 2], 1, [3, 1, 0, 2])).toEqual([1, 0, 2]);
  });
});

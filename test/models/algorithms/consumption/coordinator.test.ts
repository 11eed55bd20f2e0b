import { describe, expect, test } from 'vitest';
import { Coordinator } from '../../../../src/models/algorithms/consumption/index.ts';

/** A coordinator in seconds, and what it says, in order. */
function group(settled: readonly string[] = []) {
  const said: string[] = [];
  const alarms: { at: number; token: number }[] = [];
  const coordinator = new Coordinator<string>(
    { rebalanceTimeout: 300, initialDelay: 3 },
    {
      preparing: () => said.push('preparing'),
      joined: (member, generation, leads) =>
        said.push(`${member} joined ${generation}${leads ? ' leads' : ''}`),
      synced: (member, generation) => said.push(`${member} synced ${generation}`),
      refused: (member) => said.push(`${member} refused`),
      expelled: (member) => said.push(`${member} expelled`),
      wake: (at, token) => alarms.push({ at, token }),
    },
  );
  coordinator.settle(settled);
  return {
    coordinator,
    /** What was said since the last look. */
    said: () => said.splice(0),
    /** The last alarm rings. */
    ring: () => {
      const alarm = alarms[alarms.length - 1];
      coordinator.timeUp(alarm.token, alarm.at);
      return alarm.at;
    },
    alarms,
  };
}

describe('an empty group', () => {
  test('lets the first in after a delay, together with whoever came meanwhile, and only once nobody came for as long', () => {
    const { coordinator, said, ring } = group();
    coordinator.join('a', 10);
    coordinator.join('b', 11);
    expect(said()).toEqual([]);
    expect(ring()).toBe(13);
    expect(said()).toEqual([]);
    expect(ring()).toBe(16);
    expect(said()).toEqual(['a joined 1 leads', 'b joined 1']);
  });

  test('does not wait for ever: the delay is prolonged up to the rebalance timeout', () => {
    const { coordinator, said, ring } = group();
    coordinator.join('m0', 0);
    let at = 0;
    for (let member = 1; said().length === 0; member += 1) {
      coordinator.join(`m${member}`, at);
      at = ring();
    }
    expect(at).toBe(300);
  });
});

describe('a settled group', () => {
  test('prepares when somebody joins, waits for all, and answers syncs once the leader has said who gets what', () => {
    const { coordinator, said } = group(['a', 'b']);
    coordinator.join('c', 5);
    expect(said()).toEqual(['preparing']);
    coordinator.join('b', 6);
    expect(said()).toEqual([]);
    coordinator.join('a', 7);
    expect(said()).toEqual(['a joined 2 leads', 'b joined 2', 'c joined 2']);
    coordinator.sync('c', 2);
    expect(said()).toEqual([]);
    coordinator.sync('a', 2);
    expect(said()).toEqual(['c synced 2', 'a synced 2']);
    coordinator.sync('b', 2);
    expect(said()).toEqual(['b synced 2']);
    expect(coordinator.state).toBe('stable');
  });

  test('throws out who has not joined when the rebalance timeout is over', () => {
    const { coordinator, said, ring } = group(['a', 'b']);
    coordinator.join('a', 5);
    expect(ring()).toBe(305);
    expect(said()).toEqual(['preparing', 'b expelled', 'a joined 2 leads']);
  });

  test('has another leader when its own leaves, and is empty when the last one does', () => {
    const { coordinator, said } = group(['a', 'b']);
    coordinator.remove('a', 5);
    coordinator.join('b', 6);
    expect(said()).toEqual(['preparing', 'b joined 2 leads']);
    coordinator.remove('b', 7);
    expect(coordinator.state).toBe('empty');
  });

  test('a barrier does not wait for one who leaves', () => {
    const { coordinator, said } = group(['a', 'b', 'c']);
    coordinator.join('a', 5);
    coordinator.join('b', 5);
    said();
    coordinator.remove('c', 6);
    expect(said()).toEqual(['a joined 2 leads', 'b joined 2']);
  });

  test('a join in the middle of the syncs begins anew, and syncs of the old generation are refused', () => {
    const { coordinator, said } = group(['a', 'b']);
    coordinator.remove('b', 5);
    coordinator.join('a', 6);
    coordinator.join('c', 7);
    coordinator.join('a', 8);
    said();
    coordinator.sync('c', 3);
    coordinator.join('d', 9);
    expect(said()).toEqual(['c refused', 'preparing']);
    coordinator.sync('a', 3);
    expect(said()).toEqual(['a refused']);
  });

  test('a member that joins a second time while all wait is still one member', () => {
    const { coordinator } = group(['a', 'b']);
    coordinator.join('a', 5);
    coordinator.join('a', 6);
    expect(coordinator.members).toEqual(['a', 'b']);
  });
});

import { describe, expect, test } from 'vitest';
import { withoutRepetition } from '../../src/report/reading/repeated.ts';

const missed = (at: number, component = 'consumers.a') => ({ at, component, what: 'a member is missed' });

describe('what one component does again and again in a moment', () => {
  test('is told once, with its times', () => {
    const told = withoutRepetition([missed(42), missed(43.5), missed(45)]);
    expect(told).toEqual([{ ...missed(42), times: [42, 43.5, 45] }]);
  });

  test('is told again where it happens later, elsewhere, or with something between', () => {
    const other = { at: 43, component: 'consumers.a', what: 'a generation begins' };
    const times = (list: Parameters<typeof withoutRepetition>[0]) =>
      withoutRepetition(list).map((each) => each.times);
    expect(times([missed(42), missed(48)])).toEqual([[42], [48]]);
    expect(times([missed(42), missed(42, 'consumers.b')])).toEqual([[42], [42]]);
    expect(times([missed(42), other, missed(44)])).toEqual([[42], [43], [44]]);
  });
});

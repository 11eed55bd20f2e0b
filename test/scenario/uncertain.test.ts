import { describe, expect, it } from 'vitest';
import {
  type LocatedNode,
  nodeAt,
  plainValue,
  uncertainInputs,
  withValueAt,
} from '../../src/scenario/index.ts';
import { load } from './desk.ts';

describe('uncertain inputs', () => {
  const { document } = load(`a: { low: 1/s, mid: 2/s, high: 4/s }
list: [ 1, { x: { high: 3, low: 1, mid: 2 } } ]
no: { low: 1, mid: 2 }
neither: { low: 1, mid: 2, high: [3] }
`);
  const root = document as LocatedNode;

  it('are the maps of low, mid and high', () => {
    expect(uncertainInputs(root)).toEqual([
      { path: ['a'], low: '1/s', mid: '2/s', high: '4/s' },
      { path: ['list', 1, 'x'], low: 1, mid: 2, high: 3 },
    ]);
  });

  it('can be replaced by a draw, which stands where the range stood', () => {
    const drawn = withValueAt(withValueAt(root, ['a'], '3/s'), ['list', 1, 'x'], 2.5);
    expect(plainValue(drawn)).toMatchObject({ a: '3/s', list: [1, { x: 2.5 }], no: { low: 1, mid: 2 } });
    expect(nodeAt(drawn, ['a'])?.at).toEqual(nodeAt(root, ['a'])?.at);
    expect(plainValue(root)).toMatchObject({ a: { low: '1/s' } });
  });
});

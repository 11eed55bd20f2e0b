import { describe, expect, it } from 'vitest';
import { nodeAt, plainValue } from '../../src/scenario/index.ts';
import { type Files, load } from './desk.ts';

function merged(base: string, over: string): unknown {
  const { document, problems } = load({ 'over.yaml': `extends: base.yaml\n${over}`, 'base.yaml': base });
  expect(problems).toEqual([]);
  return document && plainValue(document);
}

describe('extends', () => {
  const merges: [string, string, string, unknown][] = [
    [
      'merges maps, keys of the base first',
      'a: { x: 1, y: 2 }',
      'b: 3\na: { z: 4, x: 5 }',
      { a: { x: 5, y: 2, z: 4 }, b: 3 },
    ],
    ['replaces lists', 'a: [1, 2, 3]', 'a: [4]', { a: [4] }],
    ['replaces scalars by maps and back', 'a: 1\nb: { x: 1 }', 'a: { x: 1 }\nb: 1', { a: { x: 1 }, b: 1 }],
    ['deletes with ~', 'a: { x: 1, y: 2 }\nb: 1', 'a: { x: ~ }\nb: null', { a: { y: 2 } }],
    ['deletes what was never there', 'a: 1', 'b: ~', { a: 1 }],
    ['keeps a value that was left out', 'a: { x: 1 }', 'a: { x: }', { a: { x: null } }],
    ['deletes nothing in a list', 'a: 1', 'a: [1, ~]', { a: [1, null] }],
    [
      'replaces a map whose mode changes',
      'a: { mode: async, lag: 5 }',
      'a: { mode: sync }',
      { a: { mode: 'sync' } },
    ],
    [
      'merges a map whose mode stays',
      'a: { mode: async, lag: 5 }',
      'a: { mode: async, x: 1 }',
      { a: { mode: 'async', lag: 5, x: 1 } },
    ],
    [
      'merges a map that names no mode',
      'a: { mode: async, lag: 5 }',
      'a: { lag: 6 }',
      { a: { mode: 'async', lag: 6 } },
    ],
    [
      'replaces a map whose policy changes',
      'a: { policy: lru, x: 1 }',
      'a: { policy: lfu }',
      { a: { policy: 'lfu' } },
    ],
    ['replaces a map whose fault changes', 'a: { fault: f, x: 1 }', 'a: { fault: g }', { a: { fault: 'g' } }],
    [
      'replaces a map whose function changes',
      'a: { function: f, x: 1 }',
      'a: { function: g }',
      { a: { function: 'g' } },
    ],
    ['replaces a map whose shape changes', 'a: { shape: f, x: 1 }', 'a: { shape: g }', { a: { shape: 'g' } }],
    [
      'replaces a distribution by another',
      'a: { exponential: 1ms }',
      'a: { lognormal: { cv: 2 } }',
      { a: { lognormal: { cv: 2 } } },
    ],
    [
      'replaces a distribution by itself',
      'a: { lognormal: { mean: 1, cv: 1 } }',
      'a: { lognormal: { cv: 2 } }',
      { a: { lognormal: { cv: 2 } } },
    ],
    [
      'replaces a distribution by a range',
      'a: { lognormal: { mean: 1, cv: 1 } }',
      'a: { low: 1, mid: 2, high: 3 }',
      { a: { low: 1, mid: 2, high: 3 } },
    ],
    [
      'replaces a range by a distribution',
      'a: { low: 1, mid: 2, high: 3 }',
      'a: { lognormal: { mean: 1, cv: 1 } }',
      { a: { lognormal: { mean: 1, cv: 1 } } },
    ],
    [
      'changes a part of a range',
      'a: { low: 1, mid: 2, high: 3 }',
      'a: { high: 4 }',
      { a: { low: 1, mid: 2, high: 4 } },
    ],
    [
      'merges maps with one key that is no verb',
      'a: { x: { p: 1 } }',
      'a: { y: { q: 2 } }',
      { a: { x: { p: 1 }, y: { q: 2 } } },
    ],
  ];

  it.each(merges)('%s', (_what, base, over, value) => {
    expect(merged(base, over)).toEqual(value);
  });

  it('merges operations that are called as steps are', () => {
    expect(merged('operations: { read: [1] }', 'operations: { write: [2] }')).toEqual({
      operations: { read: [1], write: [2] },
    });
  });

  it('keeps the order of the base, and adds behind it', () => {
    expect(Object.keys(merged('c: 1\na: 1', 'b: 2\na: 2') as object)).toEqual(['c', 'a', 'b']);
  });

  it('lays several files over each other, the last on top, relative to the file that names them', () => {
    const files: Files = {
      'x/top.yaml': 'extends: [../one.yaml, y/two.yaml]\nd: 4\n',
      'one.yaml': 'a: 1\nb: 1\nc: 1\n',
      'x/y/two.yaml': 'extends: three.yaml\nb: 2\nc: ~\n',
      'x/y/three.yaml': 'b: 3\nc: 3\ne: 3\n',
    };
    const { document, problems, sources } = load(files);
    expect(problems).toEqual([]);
    expect(document && plainValue(document)).toEqual({ a: 1, b: 2, e: 3, d: 4 });
    expect([...sources.keys()]).toEqual(['x/top.yaml', 'one.yaml', 'x/y/two.yaml', 'x/y/three.yaml']);
  });

  it('takes a file twice on different ways: that is no circle', () => {
    const files = {
      'a.yaml': 'extends: [b.yaml, c.yaml]',
      'b.yaml': 'extends: d.yaml',
      'c.yaml': 'extends: d.yaml',
      'd.yaml': 'x: 1',
    };
    expect(load(files).problems).toEqual([]);
  });

  it('says each file in which a value stands', () => {
    const { document } = load({
      'over.yaml': 'extends: base.yaml\na: { x: 2 }\n',
      'base.yaml': 'a:\n  x: 1\n  y: 1\n',
    });
    expect(document && nodeAt(document, ['a', 'x'])?.at).toMatchObject({
      file: 'over.yaml',
      line: 2,
      column: 9,
    });
    expect(document && nodeAt(document, ['a', 'y'])?.at).toMatchObject({
      file: 'base.yaml',
      line: 3,
      column: 6,
    });
  });

  const wrong: [string, Files, [string, string, number, number]][] = [
    ['a file that is not there', { 'a.yaml': 'extends: b.yaml' }, ['no-such-file', 'a.yaml', 1, 10]],
    ['a directory', { 'a.yaml': 'extends: [d]', 'd/b.yaml': '' }, ['file-is-directory', 'a.yaml', 1, 11]],
    ['an empty file', { 'a.yaml': 'extends: b.yaml', 'b.yaml': '' }, ['empty-file', 'b.yaml', 1, 1]],
    ['a map', { 'a.yaml': 'extends: { b: c }' }, ['bad-extends', 'a.yaml', 1, 10]],
    ['a number', { 'a.yaml': 'extends: 3' }, ['bad-extends', 'a.yaml', 1, 10]],
    ['itself', { 'a.yaml': 'extends: a.yaml' }, ['extends-circle', 'a.yaml', 1, 10]],
  ];

  it.each(wrong)('refuses %s', (_what, files, problem) => {
    expect(load(files).problems.map(({ code, file, line, column }) => [code, file, line, column])).toEqual([
      problem,
    ]);
  });

  it('gives no document when a file that it extends is missing: the rest would seem wrong', () => {
    expect(load({ 'a.yaml': 'extends: b.yaml\nx: 1\n' }).document).toBeUndefined();
  });
});

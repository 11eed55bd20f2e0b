import { describe, expect, it } from 'vitest';
import { nodeAt, plainValue } from '../../src/scenario/index.ts';
import { load, shown } from './desk.ts';

const codes = (text: string | Uint8Array) =>
  load({ 'a.yaml': text }).problems.map(({ code, line, column }) => [code, line, column]);

describe('the reading of YAML', () => {
  const refused: [string, string | Uint8Array, [string, number, number][]][] = [
    ['only a comment', '# nothing\n', [['empty-file', 1, 1]]],
    ['only null', '~\n', [['empty-file', 1, 1]]],
    ['a list', '- a\n', [['not-a-map', 1, 1]]],
    ['a word', 'hello\n', [['not-a-map', 1, 1]]],
    ['two documents', 'a: 1\n---\nb: 2\n', [['several-documents', 2, 1]]],
    ['a key twice', 'a: 1\nb:\n  c: 1\n  c: 2\n', [['duplicate-key', 4, 3]]],
    ['a key twice in braces', '{a: 1, "a": 2}\n', [['duplicate-key', 1, 8]]],
    [
      'keys that are not text',
      '1: a\ntrue: b\n~: c\n? [x]\n: d\n',
      [
        ['key-is-not-text', 1, 1],
        ['key-is-not-text', 2, 1],
        ['key-is-not-text', 3, 1],
        ['key-is-not-text', 4, 3],
      ],
    ],
    ['a key that is missing', ': 1\n', [['key-is-not-text', 1, 1]]],
    ['the key __proto__', '__proto__: 1\n', [['reserved-key', 1, 1]]],
    ['a tab as indentation', 'a:\n\tb: 1\n', [['tab', 2, 1]]],
    ['a tag', 'a: !secret b\n', [['unknown-tag', 1, 4]]],
    ['a directive', '%YAML 1.1\n---\na: yes\n', [['directive', 1, 1]]],
    ['a list without its end', 'a: [1, 2\nb: 3\n', [['bad-yaml', 2, 1]]],
    ['a wrong indentation', 'a:\n  b: 1\n c: 2\n', [['bad-yaml', 3, 1]]],
    ['an anchor that is not there', 'a: &one 1\nb: *two\n', [['no-such-anchor', 2, 4]]],
    ['an alias before its anchor', 'a: *one\nb: &one 1\n', [['no-such-anchor', 1, 4]]],
    ['an alias inside its anchor', 'a: &one [1, *one]\n', [['alias-of-itself', 1, 13]]],
    ['text that is not UTF-8', new Uint8Array([0x61, 0x3a, 0x20, 0xe9, 0x0a]), [['not-utf8', 1, 1]]],
    ['brackets without end', `a: ${'['.repeat(100_000)}`, [['nested-too-deep', 1, 104]]],
    ['lists in a list in a line', `a:\n  ${'- '.repeat(5000)}x\n`, [['nested-too-deep', 2, 203]]],
  ];

  it.each(refused)('refuses %s', (_what, text, problems) => {
    expect(codes(text)).toEqual(problems);
  });

  it('counts the levels of aliases, too', () => {
    const lines = ['a0: &a0 [1]'];
    for (let level = 1; level <= 12; level += 1)
      lines.push(`a${level}: &a${level} ${'['.repeat(9)}*a${level - 1}${']'.repeat(9)}`);
    expect(codes(lines.slice(0, 11).join('\n'))).toEqual([]);
    expect(codes(lines.join('\n'))).toEqual([
      ['nested-too-deep', 12, 20],
      ['nested-too-deep', 13, 20],
    ]);
  });

  it('follows anchors that stand for a little', () => {
    const { document, problems } = load('a: &x { rate: 1 }\nb: *x\nc: [*x, *x]\n');
    expect(problems).toEqual([]);
    expect(document && plainValue(document)).toEqual({
      a: { rate: 1 },
      b: { rate: 1 },
      c: [{ rate: 1 }, { rate: 1 }],
    });
  });

  it('lets a mistake in an anchored value be seen once, where it stands', () => {
    const text = `workloads:
  a: &w { arrivals: { rate: 1 }, call: desk.serve }
  b: *w
services: { desk: { operations: { serve: [] } } }
`;
    expect(shown(text)).toContain('desk.yaml:2:29 error 1 has no unit');
    expect(shown(text)).toContain('1 error\n');
  });

  it('reads values as YAML 1.2 does', () => {
    const { document } = load('{ a: yes, b: 0o17, c: 1e3, d: "1", e: 2026-01-14T14:25Z, f: 10:30, g: true }');
    expect(document && plainValue(document)).toEqual({
      a: 'yes',
      b: 15,
      c: 1000,
      d: '1',
      e: '2026-01-14T14:25Z',
      f: '10:30',
      g: true,
    });
  });

  it('knows where keys and values stand, with Windows line ends and a byte order mark too', () => {
    const { document } = load('\uFEFFname: x\r\nworkloads:\r\n  a: { rate: "80/s" }\r\n');
    const rate = document && nodeAt(document, ['workloads', 'a', 'rate']);
    expect(rate).toMatchObject({ value: '80/s', at: { file: 'desk.yaml', line: 3, column: 14, length: 6 } });
    const workloads = document?.kind === 'map' ? document.entries[1] : undefined;
    expect(workloads).toMatchObject({ key: 'workloads', keyAt: { line: 2, column: 1, length: 9 } });
  });

  it('throws what is no mistake of the user', () => {
    const read = () => {
      throw new TypeError('ours');
    };
    expect(() => load({}, { file: 'a.yaml', read })).toThrow('ours');
  });

  it('says why a file cannot be read', () => {
    const read = () => {
      throw Object.assign(new Error('EACCES: …'), { code: 'EACCES' });
    };
    expect(load({}, { file: 'a.yaml', read }).problems[0].message).toBe(
      'cannot read a.yaml: permission denied',
    );
  });
});

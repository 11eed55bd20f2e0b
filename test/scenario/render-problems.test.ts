import { describe, expect, it } from 'vitest';
import { type Problem, renderProblems, sortProblems } from '../../src/scenario/index.ts';

function problem(detail: Partial<Problem>): Problem {
  return {
    code: 'x',
    message: 'wrong',
    severity: 'error',
    path: [],
    file: 'a.yaml',
    offset: 0,
    line: 1,
    column: 1,
    length: 1,
    ...detail,
  };
}

const sources = (text: string) => new Map([['a.yaml', text]]);

describe('renderProblems', () => {
  it('shows nothing without problems', () => {
    expect(renderProblems([])).toBe('');
  });

  it('counts errors and warnings apart', () => {
    const problems = [
      problem({}),
      problem({ line: 2, severity: 'warning', message: 'odd', offset: 3 }),
      problem({ line: 3, offset: 9 }),
    ];
    expect(renderProblems(problems, { sources: sources('aa\nbb\ncc\n') })).toBe(`a.yaml:1:1 error wrong
  1 | aa
    | ^

a.yaml:2:1 warning odd
  2 | bb
    | ^

a.yaml:3:1 error wrong
  3 | cc
    | ^

2 errors, 1 warning
`);
  });

  it('marks a value of several lines on its first line only', () => {
    expect(
      renderProblems([problem({ column: 3, length: 100 })], { sources: sources('  abc \n  def\n') }),
    ).toContain('  1 |   abc \n    |   ^^^\n');
  });

  it('keeps the mark under its word behind tabs and before Windows line ends', () => {
    expect(
      renderProblems([problem({ column: 4, length: 3 })], { sources: sources('a\tb\tc d\r\n') }),
    ).toContain('  1 | a b c d\n    |    ^^^\n');
  });

  it.each([40, 60, 80, 200])('cuts long lines to %d columns and keeps the mark under its word', (columns) => {
    const text = `${'a'.repeat(90)} WORD ${'b'.repeat(90)}`;
    const [, line, mark] = renderProblems([problem({ column: 92, length: 4 })], {
      sources: sources(text),
      columns,
    }).split('\n');
    expect(line.length).toBeLessThanOrEqual(columns);
    expect(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1)).toBe('WORD');
    expect(line.includes('…')).toBe(columns < 193);
  });

  it('colors only when asked to, and then nothing but the color changes', () => {
    const problems = [problem({ hint: 'right' }), problem({ severity: 'warning', line: 2, offset: 3 })];
    const plain = renderProblems(problems, { sources: sources('aa\nbb') });
    const colored = renderProblems(problems, { sources: sources('aa\nbb'), color: true });
    expect(plain).not.toContain('\u001b');
    expect(colored).toContain('\u001b[31merror\u001b[39m');
    expect(colored).toContain('\u001b[33mwarning\u001b[39m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colors are made of.
    expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  it('says what was expected unless the message did', () => {
    expect(renderProblems([problem({ message: 'expected a, found b', expected: 'a' })])).toBe(
      'error expected a, found b\n\n1 error\n',
    );
    expect(renderProblems([problem({ expected: 'a' })])).toBe('error wrong\n      expected a\n\n1 error\n');
  });
});

describe('sortProblems', () => {
  it('goes by file as they were read, then line, then column, and drops repetitions', () => {
    const problems = [
      problem({ file: 'z.yaml', offset: 5, line: 2, column: 1 }),
      problem({ file: 'b.yaml', offset: 9, line: 3, column: 7 }),
      problem({ file: 'b.yaml', offset: 2, line: 1, column: 9 }),
      problem({ file: 'b.yaml', offset: 8, line: 3, column: 2 }),
      problem({ file: 'b.yaml', offset: 8, line: 3, column: 2 }),
      problem({ file: 'a.yaml' }),
    ];
    const order = sortProblems(problems, ['z.yaml', 'b.yaml']).map(
      ({ file, line, column }) => `${file}:${line}:${column}`,
    );
    expect(order).toEqual(['z.yaml:2:1', 'b.yaml:1:9', 'b.yaml:3:2', 'b.yaml:3:7', 'a.yaml:1:1']);
  });
});

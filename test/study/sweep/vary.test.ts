import { describe, expect, it } from 'vitest';
import type { SweepVariable } from '../../../src/result/index.ts';
import { combinations } from '../../../src/study/sweep/points.ts';
import { parseVary } from '../../../src/study/sweep/vary.ts';
import { parseWhere } from '../../../src/study/sweep/where.ts';

const valuesOf = (text: string) => {
  const read = parseVary(`a.b=${text}`);
  return 'problem' in read ? read.problem : read.values;
};

describe('what is varied', () => {
  it.each([
    ['1,2,4', ['1', '2', '4']],
    [' sync , async ', ['sync', 'async']],
    ['2,2,3', ['2', '3']],
    ['{ mode: sync, x: 1 },{ mode: async }', ['{ mode: sync, x: 1 }', '{ mode: async }']],
    ['"a,b",c', ['"a,b"', 'c']],
    ['1..4', ['1', '2', '3', '4']],
    ['1..20 step 5', ['1', '6', '11', '16']],
    ['0.1..0.3 step 0.1', ['0.1', '0.2', '0.3']],
    ['10ms..30ms step 10ms', ['10ms', '20ms', '30ms']],
    ['20%..60% step 20', ['20%', '40%', '60%']],
    ['1..64 step x4', ['1', '4', '16', '64']],
    ['5..5', ['5']],
  ])('%s is %j', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it.each([
    ['5..1', '5..1 is empty: it ends before it begins'],
    ['1..9 step 0', 'a step of 0 leads nowhere'],
    ['1..9 step x1', 'a step of x1 leads nowhere'],
    ['0..9 step x2', '0 cannot be multiplied up to 9'],
    ['1ms..9s', '1ms and 9s have different units'],
    ['1..20 stp 5', 'stp in 1..20 stp 5 is no word of a range'],
    ['1ms..9ms step 2s', 'a step of 2s does not fit values in ms'],
    ['a..c', 'a..c is no range'],
    ['1,,2', 'a value is missing in 1,,2'],
    ['1..1e9', '1..1e9 has more than 10000 values'],
    ['', 'has no values'],
  ])('%s is refused', (text, problem) => {
    expect(valuesOf(text)).toContain(problem);
  });

  it('names a path', () => {
    expect(parseVary('=1,2')).toMatchObject({ problem: expect.stringContaining('names no path') });
    expect(parseVary('a..b=1')).toMatchObject({ problem: expect.stringContaining('single dots') });
  });
});

const variables: SweepVariable[] = [
  { path: 'services.a.threads', values: ['1', '2', '4'] },
  { path: 'services.b.threads', values: ['1', '3'] },
  { path: 'services.a.wait', values: ['900ms', '2s'] },
];

const kept = (where: string): string[] => {
  const constraint = parseWhere(where, variables);
  if ('problem' in constraint) throw new Error(constraint.problem);
  return combinations(variables, [constraint]).points.map((point) => point.join(' '));
};

describe('constraints', () => {
  it('compare variables with each other and with values, as numbers where they are', () => {
    expect(kept('services.a.threads > services.b.threads').map((point) => point.slice(0, 3))).toEqual([
      '2 1',
      '2 1',
      '4 1',
      '4 1',
      '4 3',
      '4 3',
    ]);
    expect(kept('wait <= 1s')).toHaveLength(6);
    expect(kept('a.threads != 2')).toHaveLength(8);
    expect(kept('services.a.threads * services.b.threads = 12')).toHaveLength(2);
  });

  it.each([
    ['threads > 1', 'threads may be services.a.threads or services.b.threads'],
    ['services.c.threads > 1', 'services.c.threads is not varied'],
    ['1 < 2', 'names nothing that is varied'],
    ['services.a.threads', 'compares nothing'],
  ])('%s is refused', (where, problem) => {
    expect(parseWhere(where, variables)).toMatchObject({ problem: expect.stringContaining(problem) });
  });

  it('leave points out, and say how many', () => {
    const constraint = parseWhere('a.threads < 4', variables) as never;
    expect(combinations(variables, [constraint])).toMatchObject({ leftOut: 4, points: { length: 8 } });
    expect(combinations(variables, []).points.slice(0, 3)).toEqual([
      ['1', '1', '900ms'],
      ['1', '1', '2s'],
      ['1', '3', '900ms'],
    ]);
  });
});

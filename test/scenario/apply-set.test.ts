import { describe, expect, it } from 'vitest';
import { type LocatedNode, nodeAt, plainValue } from '../../src/scenario/index.ts';
import { check, load, shown } from './desk.ts';

const base = `a: { x: 1, mode: async }
work: { lognormal: { mean: 6ms, cv: 0.7 } }
list: [ 1, { y: 2 } ]
`;

function set(...sets: string[]): unknown {
  const { document, problems } = load(base, { sets });
  expect(problems).toEqual([]);
  return document && plainValue(document);
}

function codeOf(...sets: string[]): (string | number)[] {
  const [{ code, message, line, column }] = load(base, { sets }).problems;
  return [code, message, line, column];
}

describe('--set', () => {
  it('changes a value', () => {
    expect(set('a.x=2')).toMatchObject({ a: { x: 2, mode: 'async' } });
  });

  it('touches only what it names, also where extends would replace', () => {
    expect(set('a.mode=sync')).toMatchObject({ a: { x: 1, mode: 'sync' } });
    expect(set('work.lognormal.cv=2')).toMatchObject({ work: { lognormal: { mean: '6ms', cv: 2 } } });
  });

  it('puts another distribution in the place of one', () => {
    expect(set('work.exponential=5ms')).toMatchObject({ work: { exponential: '5ms' } });
    expect((set('work.exponential=5ms') as { work: object }).work).not.toHaveProperty('lognormal');
  });

  it('puts a distribution in the place of a range', () => {
    const { document } = load('work: { low: 1ms, mid: 2ms, high: 3ms }\n', {
      sets: ['work.exponential=5ms'],
    });
    expect(plainValue(document as LocatedNode)).toEqual({ work: { exponential: '5ms' } });
  });

  it('makes maps on the way', () => {
    expect(set('b.c.d=1')).toMatchObject({ b: { c: { d: 1 } } });
  });

  it('lays a map over a map as extends does', () => {
    expect(set('a={ z: 3 }')).toMatchObject({ a: { x: 1, mode: 'async', z: 3 } });
    expect(set('a={ mode: sync }')).toMatchObject({ a: { mode: 'sync' } });
  });

  it('deletes with ~', () => {
    expect(set('a.x=~', 'work=~')).toEqual({ a: { mode: 'async' }, list: [1, { y: 2 }] });
    expect(set('list.0=~')).toMatchObject({ list: [{ y: 2 }] });
  });

  it('reaches into lists by number, and adds at the end', () => {
    expect(set('list.1.y=3', 'list.2=4')).toMatchObject({ list: [1, { y: 3 }, 4] });
  });

  it('takes the value as YAML, = and all', () => {
    expect(set('a.x=[1, "b=c"]', 'a.y=k=v')).toMatchObject({ a: { x: [1, 'b=c'], y: 'k=v' } });
  });

  it('lets the last of two win', () => {
    expect(set('a.x=2', 'a.x=3')).toMatchObject({ a: { x: 3 } });
  });

  it('knows where on the command line a value stands', () => {
    const { document, sources } = load(base, { sets: ['a.x=2', 'b.c={ d: 3 }'] });
    expect(document && nodeAt(document, ['b', 'c', 'd'])?.at).toEqual({
      file: '--set',
      offset: 15,
      line: 2,
      column: 10,
      length: 1,
    });
    expect(sources.get('--set')?.slice(15, 16)).toBe('3');
  });

  it('is checked like a file', () => {
    const text =
      'workloads: { a: { arrivals: { rate: 1/s }, call: desk.serve } }\nservices: { desk: { operations: { serve: [] } } }\n';
    expect(check(text).problems).toEqual([]);
    expect(
      shown(text, { sets: ['services.desk.threads=64', 'services.desk.target=60'] }),
    ).toBe(`--set error 60 is not a ratio: it has no percent sign and is above 1
   | services.desk.target=60
   |                      ^^
     expected a ratio, such as 25% or 0.25
     write 60% or 0.6

1 error
`);
  });

  const wrong: [string, (string | number)[]][] = [
    ['a.x', ['bad-set', '--set a.x is not path=value', 1, 1]],
    ['a..x=1', ['bad-set', '--set a..x=1 is not path=value', 1, 1]],
    ['=1', ['bad-set', '--set =1 is not path=value', 1, 1]],
    ['a.x=', ['bad-set', '--set a.x= is not path=value', 1, 1]],
    ['a.x=[1', ['bad-yaml', 'not YAML: flow sequence must end with a ]', 1, 7]],
    ['a.x.y=1', ['set-into-value', 'a.x is 1: nothing can be set below it', 1, 1]],
    ['list.3=1', ['set-outside-list', 'list has no item 3', 1, 1]],
    ['list.first=1', ['set-outside-list', 'list has no item first', 1, 1]],
  ];

  it.each(wrong)('refuses %s', (setting, problem) => {
    expect(codeOf(setting)).toEqual(problem);
  });

  it('reports all that are wrong, and applies the others', () => {
    const { document, problems } = load(base, { sets: ['a', 'a.x=2', 'b='] });
    expect(problems.map(({ line }) => line)).toEqual([1, 3]);
    expect(document && plainValue(document)).toMatchObject({ a: { x: 2 } });
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkAgainst, keyedBy, type LocatedNode, named, reference } from '../../src/scenario/index.ts';
import { quantity } from '../../src/units/index.ts';
import { load } from './desk.ts';

function problems(schema: z.ZodType, text: string) {
  const { document } = load(text);
  return checkAgainst(schema, document as LocatedNode).problems;
}

const places = (schema: z.ZodType, text: string) =>
  problems(schema, text).map(({ message, line, column, hint }) => [
    `${line}:${column}`,
    message,
    ...(hint === undefined ? [] : [hint]),
  ]);

describe('checkAgainst', () => {
  it('gives the typed value and no problem when all is right', () => {
    const { document } = load('a: 40ms\n');
    expect(checkAgainst(z.strictObject({ a: quantity('duration') }), document as LocatedNode)).toEqual({
      value: { a: 0.04 },
      problems: [],
    });
  });

  it('points at the key of an unknown key, and names the nearest known one', () => {
    const schema = z.strictObject({
      a: z.strictObject({ threads: z.number().optional(), queue: z.number().optional() }),
    });
    expect(places(schema, 'a:\n  thread: 1\n  qeue: 2\n')).toEqual([
      ['2:3', 'unknown key "thread"', 'did you mean "threads"?'],
      ['3:3', 'unknown key "qeue"', 'did you mean "queue"?'],
    ]);
  });

  it('points at the parent key for a key that is missing, and at the item of a list', () => {
    const inner = z.strictObject({ rate: quantity('rate') });
    const schema = z.strictObject({ a: inner, list: z.array(inner), top: z.string() });
    expect(places(schema, '  a: {}\n  list:\n    - {}\n')).toEqual([
      ['1:3', 'missing key "rate"'],
      ['1:3', 'missing key "top"'],
      ['3:7', 'missing key "rate"'],
    ]);
  });

  it('tells a value that was left out from one that is missing', () => {
    expect(places(z.strictObject({ rate: quantity('rate') }), 'rate:\n')).toEqual([
      ['1:1', '"rate" has no value', 'write one, or leave the key away'],
    ]);
  });

  it('names the nearest of the words that can stand there', () => {
    const schema = z.strictObject({ policy: z.enum(['geo', 'latency', 'weighted']) });
    expect(places(schema, 'policy: latancy\n')).toEqual([
      ['1:9', 'expected geo, latency or weighted, found "latancy"', 'did you mean "latency"?'],
    ]);
    expect(places(schema, 'policy: [geo]\n')).toEqual([
      ['1:9', 'expected geo, latency or weighted, found a list'],
    ]);
  });

  it('says types in the words of YAML', () => {
    const schema = z.strictObject({
      a: z.strictObject({}),
      b: z.array(z.string()),
      c: z.string(),
      d: z.boolean(),
      e: z.number(),
    });
    expect(
      places(schema, 'a: 1\nb: { x: 1 }\nc: 3\nd: yes\ne: three\n').map(([, message]) => message),
    ).toEqual([
      'expected a map, found 1',
      'expected a list, found a map',
      'expected text, found 3',
      'expected true or false, found "yes"',
      'expected a number, found "three"',
    ]);
  });

  it('says bounds of lists and numbers', () => {
    const schema = z.strictObject({
      a: z.array(z.string()).min(1),
      b: z.number().max(3),
      c: z.number().gt(0),
      d: z.int(),
    });
    expect(places(schema, 'a: []\nb: 4\nc: 0\nd: 2.5\n').map(([, message]) => message)).toEqual([
      'expected at least 1 in the list, found 0',
      'expected at most 3, found 4',
      'expected above 0, found 0',
      'expected a whole number, found 2.5',
    ]);
  });

  it('points at the key of a record that is not one of its keys', () => {
    const words = z.strictObject({ a: z.partialRecord(z.enum(['spot', 'reserved']), quantity('ratio')) });
    expect(places(words, 'a: { spots: 1 }\n')).toEqual([
      ['1:6', 'unknown key "spots"', 'did you mean "spot"?'],
    ]);
    const pattern = z.strictObject({ a: z.record(z.string().regex(/^x/), z.number()) });
    expect(places(pattern, 'a: { y: 1 }\n')).toEqual([['1:6', 'expected text like /^x/, found "y"']]);
  });

  it('takes the message, hint and place of a check of the schema', () => {
    const schema = z.strictObject({
      a: z.strictObject({ low: z.number(), high: z.number() }).check((context) => {
        if (context.value.low > context.value.high) {
          context.issues.push({
            code: 'custom',
            message: 'low is above high',
            path: ['low'],
            input: context.value,
            params: { hint: 'swap them', at: 'key', code: 'order' },
          });
        }
      }),
    });
    expect(problems(schema, 'a: { low: 3, high: 2 }\n')).toMatchObject([
      {
        code: 'order',
        message: 'low is above high',
        hint: 'swap them',
        path: ['a', 'low'],
        line: 1,
        column: 6,
        length: 3,
      },
    ]);
  });

  describe('where several forms are allowed', () => {
    const regions = z.union([
      z.literal('all'),
      z.array(reference('regions')),
      keyedBy('regions', z.strictObject({ instances: quantity('count') })),
    ]);
    const schema = z.strictObject({ regions });

    it('reports the form of the same type only', () => {
      expect(places(schema, 'regions: { us-east: { instance: 3 } }\n')).toEqual([
        ['1:12', 'missing key "instances"'],
        ['1:23', 'unknown key "instance"', 'did you mean "instances"?'],
      ]);
      expect(places(schema, 'regions: [us-east, 3]\n')).toEqual([
        ['1:20', 'expected the name of a region, found 3'],
      ]);
    });

    it('names all forms when none is of the type, and the nearest word', () => {
      expect(places(schema, 'regions: al\n')).toEqual([
        ['1:10', 'expected all, a list or a map, found "al"', 'did you mean "all"?'],
      ]);
      expect(places(schema, 'x: 1\n')).toContainEqual(['1:1', 'missing key "regions"']);
    });

    it('prefers what is said of a quantity to what is said of a word', () => {
      const threads = z.strictObject({ threads: z.union([z.literal('unbounded'), quantity('duration')]) });
      expect(places(threads, 'threads: 40\n')).toEqual([
        ['1:10', '40 has no unit', 'write 40ms, 40s or 40m'],
      ]);
      expect(places(threads, 'threads: unbouned\n')).toEqual([
        ['1:10', 'expected unbounded or a duration, found "unbouned"', 'did you mean "unbounded"?'],
      ]);
    });

    it('takes the form whose literals fit', () => {
      const modes = z.strictObject({
        a: z.union([
          z.strictObject({ mode: z.literal('async'), lag: quantity('duration') }),
          z.strictObject({ mode: z.literal('sync'), acks: quantity('count'), wait: quantity('duration') }),
        ]),
      });
      expect(places(modes, 'a: { mode: sync }\n').map(([, message]) => message)).toEqual([
        'missing key "acks"',
        'missing key "wait"',
      ]);
    });

    it('asks for the key that decides, and for one of its words', () => {
      const modes = z.strictObject({
        a: z.discriminatedUnion('mode', [
          z.strictObject({ mode: z.literal('async') }),
          z.strictObject({ mode: z.literal('sync') }),
        ]),
      });
      expect(places(modes, 'a: {}\n')).toEqual([['1:1', 'missing key "mode"']]);
      expect(places(modes, 'a: { mode: asyn }\n')).toEqual([
        ['1:12', 'expected async or sync, found "asyn"', 'did you mean "async"?'],
      ]);
      expect(places(modes, 'a: { mode: [x] }\n')).toEqual([['1:12', 'expected async or sync, found a list']]);
      expect(places(modes, 'a: 3\n')).toEqual([['1:4', 'expected a map, found 3']]);
    });
  });

  it('checks what stands below a wrong name', () => {
    const schema = z.strictObject({ services: named(z.strictObject({ threads: quantity('count') })) });
    expect(
      places(schema, 'services: { a.b: { threads: x }, 9: { } }\n'.replace('9', '"9"')).map(
        ([place, message]) => [place, message],
      ),
    ).toEqual([
      ['1:13', 'a name cannot have a dot: "a.b"'],
      ['1:29', 'expected a count, such as 1000 or 200k, found "x"'],
      ['1:34', '"9" is not a name'],
      ['1:34', 'missing key "threads"'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Chosen, checkAgainst, type LocatedNode, oneKey, Reference } from '../../src/scenario/index.ts';
import { quantity } from '../../src/units/index.ts';
import { distribution, load, step } from './desk.ts';

function parse(schema: z.ZodType, yaml: string) {
  const { document } = load(`step: ${yaml}\n`);
  const { value, problems } = checkAgainst(z.strictObject({ step: schema }), document as LocatedNode);
  return {
    step: (value as { step: unknown } | undefined)?.step,
    problems: problems.map(({ code, path }) => [code, path.slice(1).join('.')]),
  };
}

describe('a map with one key', () => {
  it('is read as its verb and options', () => {
    const { step: parsed } = parse(step, '{ write: { to: trades } }');
    expect(parsed).toEqual({ verb: 'write', options: { to: new Reference('databases', 'trades') } });
    expect(parsed).toBeInstanceOf(Chosen);
  });

  it('has short forms that are the same as the long ones', () => {
    expect(parse(step, '{ write: trades }').step).toEqual(parse(step, '{ write: { to: trades } }').step);
    expect(parse(step, '{ parallel: [ [ write: a ] ] }').step).toEqual(
      parse(step, '{ parallel: { branches: [ [ write: { to: a } ] ] } }').step,
    );
    expect(parse(step, '{ work: 5ms }').step).toEqual(
      parse(step, '{ work: { time: { constant: { value: 5ms } } } }').step,
    );
    expect(parse(step, '{ work: { exponential: 5ms } }').step).toEqual(
      parse(step, '{ work: { time: { exponential: { mean: 5ms } } } }').step,
    );
    expect(parse(distribution, '5ms').step).toEqual(parse(distribution, '{ constant: 5ms }').step);
  });

  it('takes the range of a quantity wherever it takes the quantity bare', () => {
    const range = '{ low: 5ms, mid: 8ms, high: 20ms }';
    expect(parse(distribution, range).step).toEqual(parse(distribution, '8ms').step);
    expect(parse(step, `{ work: ${range} }`).step).toEqual(parse(step, '{ work: 8ms }').step);
    expect(parse(distribution, `{ exponential: ${range} }`).step).toEqual(
      parse(distribution, '{ exponential: 8ms }').step,
    );
    expect(parse(distribution, '{ low: 9ms, mid: 8ms, high: 20ms }').problems).toEqual([
      ['out-of-range', ''],
    ]);
    expect(parse(distribution, '{ exponential: { low: 5ms, mid: 8, high: 20ms } }').problems).toEqual([
      ['wrong-quantity', 'exponential.mid'],
    ]);
    // A range of what is no quantity is none.
    expect(parse(step, '{ write: { low: a, mid: b, high: c } }').problems[0]).toEqual([
      'missing-key',
      'write.to',
    ]);
  });

  it('takes a verb without options', () => {
    expect(parse(step, '{ flush: }').step).toEqual({ verb: 'flush', options: {} });
  });

  it('holds others of its kind, as deep as one likes', () => {
    const deep = `${'{ parallel: [ [ '.repeat(20)}write: a${' ] ] }'.repeat(20)}`;
    expect(parse(step, deep).problems).toEqual([]);
  });

  const wrong: [string, string, [string, string][]][] = [
    ['two verbs', '{ write: a, read: b }', [['several-verbs', 'read']]],
    ['three verbs', '{ write: a, read: b, flush: }', [['several-verbs', 'read']]],
    ['no verb', '{}', [['no-verb', '']]],
    ['an unknown verb', '{ wirte: a }', [['unknown-verb', 'wirte']]],
    [
      'an unknown verb beside a verb, whose options are read on',
      '{ write: { to: 3 }, zzz: 1 }',
      [
        ['wrong-type', 'write.to'],
        ['unknown-verb', 'zzz'],
      ],
    ],
    [
      'an option beside its verb',
      '{ write: a, waitFor: { replicas: 1 } }',
      [['option-beside-verb', 'waitFor']],
    ],
    ['a word', 'write', [['wrong-type', '']]],
    ['a list', '[write]', [['wrong-type', '']]],
    [
      'the options of another verb',
      '{ read: { to: a } }',
      [
        ['missing-key', 'read.from'],
        ['unknown-key', 'read.to'],
      ],
    ],
    ['a wrong option of a short form, at the value', '{ write: 3 }', [['wrong-type', 'write']]],
    [
      'a mistake inside a short list',
      '{ parallel: [ [ write: 3 ] ] }',
      [['wrong-type', 'parallel.0.0.write']],
    ],
    [
      'a mistake inside a short distribution',
      '{ work: { exponential: 5 } }',
      [['wrong-quantity', 'work.exponential']],
    ],
    ['a mistake in a bare distribution', '{ work: 5 }', [['wrong-quantity', 'work']]],
    ['nothing where an option is needed', '{ write: }', [['missing-key', 'write.to']]],
  ];

  it.each(wrong)('refuses %s', (_what, yaml, problems) => {
    expect(parse(step, yaml).problems).toEqual(problems);
  });

  it('asks for its variants only when it is needed', () => {
    let asked = 0;
    const schema = oneKey(() => {
      asked += 1;
      return {
        wait: { schema: z.strictObject({ time: quantity('duration') }), about: 'Waits.', short: 'time' },
      };
    }, 'pause');
    expect(asked).toBe(0);
    schema.parse({ wait: '1s' });
    schema.parse({ wait: '2s' });
    expect(asked).toBe(1);
  });

  it('knows the types of its verbs', () => {
    const schema = oneKey(
      () => ({ wait: { schema: z.strictObject({ time: quantity('duration') }), about: 'Waits.' } }),
      'pause',
    );
    const { verb, options } = schema.parse({ wait: { time: '1s' } });
    const time: number = options.time;
    expect([verb satisfies 'wait', time]).toEqual(['wait', 1]);
  });
});

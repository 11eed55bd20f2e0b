import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dimensionOf, dimensions, quantity } from '../../src/units/index.ts';

function issues(schema: z.ZodType, input: unknown) {
  return schema.safeParse(input).error?.issues.map((issue) => ({
    message: issue.message,
    path: issue.path,
    ...(issue as { params?: object }).params,
  }));
}

describe('quantity', () => {
  it('reads text and numbers into the base unit', () => {
    const schema = z.strictObject({ rate: quantity('rate'), threads: quantity('count') });
    expect(schema.parse({ rate: '10/m', threads: 64 })).toEqual({ rate: 10 / 60, threads: 64 });
  });

  it('takes its default as a user would write it', () => {
    const schema = z.strictObject({ linger: quantity('duration', { default: '5ms' }) });
    expect(schema.parse({})).toEqual({ linger: 0.005 });
  });

  it('keeps its parsing through describe, meta, optional and default', () => {
    const schema = z.strictObject({
      a: quantity('duration').describe('A.'),
      b: quantity('duration').meta({ title: 'B' }).optional(),
      c: quantity('duration').prefault('1s'),
    });
    expect(schema.parse({ a: '1ms', b: '2ms' })).toEqual({ a: 0.001, b: 0.002, c: 1 });
  });

  it('reads an uncertain quantity as its middle, and refuses one out of order', () => {
    const schema = quantity('rate');
    expect(schema.parse({ low: '1/s', mid: '2/s', high: '4/s' })).toBe(2);
    expect(issues(schema, { low: '3/s', mid: '2/s', high: '4/s' })?.[0].message).toBe(
      'low, mid and high are not in order',
    );
    expect(issues(schema, { low: '3', mid: '-2/s', high: '4/s' })?.map(({ path }) => path)).toEqual([
      ['low'],
      ['mid'],
    ]);
  });

  const refused: [string, z.ZodType, unknown, { message: string; expected: string; hint?: string }][] = [
    [
      'a negative rate',
      quantity('rate'),
      '-80/s',
      { message: '-80/s is negative', expected: 'a rate of at least 0' },
    ],
    [
      'zero where it must be positive',
      quantity('rate', { positive: true }),
      0,
      { message: '0 is zero', expected: 'a rate above 0' },
    ],
    ['a factor of zero', quantity('factor'), 0, { message: '0 is zero', expected: 'a factor above 0' }],
    [
      'less than the lowest',
      quantity('duration', { min: '1ms' }),
      '10us',
      { message: '10us is below 1 ms', expected: 'a duration of at least 1 ms' },
    ],
    [
      'more than the highest',
      quantity('duration', { max: 3600 }),
      '2h',
      { message: '2h is above 1 h', expected: 'a duration of at most 1 h' },
    ],
    [
      'more than the whole',
      quantity('ratio'),
      '150%',
      { message: '150% is above 100%', expected: 'a ratio of at most 100%' },
    ],
    [
      'half a thread',
      quantity('count', { integer: true }),
      2.5,
      { message: '2.5 is not a whole number', expected: 'a count, whole' },
    ],
    [
      'a list',
      quantity('count'),
      [1],
      { message: 'expected a count, found a list', expected: 'a count, such as 1000 or 200k' },
    ],
    [
      'another unit',
      quantity('rate'),
      '80ms',
      { message: '80ms is not a rate', expected: 'a rate, such as 80/s or 10M/day' },
    ],
    [
      'no unit',
      quantity('duration', { examples: ['30s'] }),
      40,
      { message: '40 has no unit', expected: 'a duration, such as 30s', hint: 'write 40ms, 40s or 40m' },
    ],
  ];

  it.each(refused)('refuses %s', (_what, schema, input, expected) => {
    expect(issues(schema, input)).toMatchObject([expected]);
  });

  it('throws on a limit that is itself no quantity: that is our mistake', () => {
    expect(() => quantity('duration', { min: '40' })).toThrow('40 has no unit');
  });

  it('says its dimension', () => {
    expect(dimensionOf(quantity('rate', { about: 'Calls.' }))).toBe('rate');
    expect(dimensionOf(z.string())).toBeUndefined();
  });
});

describe('the JSON schema of a quantity', () => {
  interface Json {
    anyOf?: Json[];
    pattern?: string;
    examples?: string[];
    properties?: object;
    required?: string[];
  }
  const jsonOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', target: 'draft-07' }) as Json;

  it('carries description, default, examples and pattern', () => {
    const json = jsonOf(
      z.strictObject({ linger: quantity('duration', { default: '5ms', about: 'How long a batch waits.' }) }),
    );
    expect(json.properties).toMatchObject({
      linger: { description: 'How long a batch waits.', default: '5ms', examples: ['40ms', '1.5s', '1h30m'] },
    });
    expect(json.required).toBeUndefined();
  });

  it.each(dimensions)('has a pattern for %s that takes its own examples and refuses words', (dimension) => {
    const json = jsonOf(quantity(dimension));
    const scalar = json.anyOf?.[0] ?? json;
    const pattern = new RegExp(scalar.pattern ?? '(?!)', 'u');
    for (const example of json.examples ?? []) expect(example).toMatch(pattern);
    for (const word of ['', 'lots', '12 parsecs', '1//s']) expect(word).not.toMatch(pattern);
  });

  it('takes bare numbers only where a bare number is a quantity', () => {
    const [rate] = jsonOf(quantity('rate')).anyOf ?? [];
    expect(rate).toMatchObject({ minimum: 0, maximum: 0 });
    const [count] = jsonOf(quantity('count', { min: 1 })).anyOf ?? [];
    expect(count).toMatchObject({ minimum: 1 });
    expect(count).not.toHaveProperty('maximum');
  });
});

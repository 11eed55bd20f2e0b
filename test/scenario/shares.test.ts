import { describe, expect, it } from 'vitest';
import { shares } from '../../src/scenario/index.ts';

const messages = (schema: ReturnType<typeof shares>, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ message }) => message);

describe('shares', () => {
  it('are read as ratios', () => {
    expect(shares().parse({ a: '60%', b: 0.25, c: '15%' })).toEqual({ a: 0.6, b: 0.25, c: 0.15 });
  });

  it('give what is left to the rest', () => {
    const { a, b } = shares().parse({ a: '60%', b: 'rest' });
    expect([a, b]).toEqual([0.6, 0.4]);
    expect(shares().parse({ a: '100%', b: 'rest' })).toEqual({ a: 1, b: 0 });
  });

  it('may be summed with the error of doubles', () => {
    expect(shares().safeParse({ a: '10%', b: '20%', c: '30%', d: '40%' }).success).toBe(true);
    expect(
      shares().safeParse(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`s${i}`, 0.1]))).success,
    ).toBe(true);
  });

  const wrong: [string, unknown, string[]][] = [
    ['too little', { a: '60%', b: '30%' }, ['the shares add up to 90%']],
    ['too much', { a: '60%', b: '60%' }, ['the shares add up to 120%']],
    ['a little too little', { a: '33.333333%', b: '66.666666%' }, ['the shares add up to 99.999999%']],
    ['a little too much', { a: '50%', b: '50.000001%' }, ['the shares add up to 100.000001%']],
    ['more than all beside a rest', { a: '60%', b: '60%', c: 'rest' }, ['the shares add up to 120%']],
    ['nothing', {}, ['the shares add up to 0%']],
    ['two rests', { a: 'rest', b: 'rest' }, ['two shares are the rest']],
    ['a list', ['60%', '40%'], ['expected a map, found a list']],
    ['a share that is no ratio, and says nothing of the sum', { a: 60, b: '30%' }, ['Invalid input']],
  ];

  it.each(wrong)('refuse %s', (_what, value, expected) => {
    expect(messages(shares(), value)).toEqual(expected);
  });

  it('refuse words that are not among theirs', () => {
    const mix = shares({ words: ['reserved', 'on-demand', 'spot'] });
    expect(messages(mix, { reserved: '30%', spots: '70%' })).toEqual(['unknown key "spots"']);
  });
});

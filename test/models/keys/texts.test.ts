import { describe, expect, test } from 'vitest';
import { randomUuid, TextFormat, uuidOfValue } from '../../../src/models/keys/texts.ts';
import { stream } from '../../../src/sim/random/streams.ts';

const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the text of a key', () => {
  test('is a version 4 UUID, the same each time, and no two numbers share one', () => {
    const seen = new Set<string>();
    for (let at = 0; at < 20_000; at += 1) {
      const value = at % 2 === 0 ? at : at * 2 ** 37 + at;
      const text = uuidOfValue(value);
      expect(text).toMatch(version4);
      expect(uuidOfValue(value)).toBe(text);
      seen.add(text);
    }
    expect(seen.size).toBe(20_000);
  });

  test('has digits that are evenly used, in every place that is free', () => {
    const random = stream(1, 0, 'uuids');
    for (const make of [(at: number) => uuidOfValue(at), () => randomUuid(random)]) {
      const counts = Array.from({ length: 36 }, () => new Map<string, number>());
      for (let at = 0; at < 16_000; at += 1) {
        [...make(at)].forEach((digit, place) => {
          counts[place].set(digit, (counts[place].get(digit) ?? 0) + 1);
        });
      }
      for (const [place, count] of counts.entries()) {
        if ([8, 13, 14, 18, 19, 23].includes(place)) continue;
        // Sixteen digits, 1,000 expected each: χ² of 15 degrees of freedom stays below 44.3 in 9,999 of 10,000 cases.
        const chi2 = [...count.values()].reduce((sum, seen) => sum + (seen - 1000) ** 2 / 1000, 0);
        expect([count.size, chi2 < 44.3]).toEqual([16, true]);
      }
    }
  });

  test.each([
    ['tenant-{n}', 'tenant-7'],
    ['{uuid}/{n}', 'x/7'],
    ['{n}{n}', '77'],
    ['{m} {n', '{m} {n'],
  ])('fills the format %s in', (format, text) => {
    expect(new TextFormat(format, () => 'x').text(7)).toBe(text);
  });

  test('asks for no UUID that its format does not show', () => {
    const never = () => {
      throw new Error('asked for');
    };
    expect(new TextFormat('acct-{n}', never).text(12)).toBe('acct-12');
  });
});

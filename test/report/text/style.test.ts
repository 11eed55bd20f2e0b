import { expect, it } from 'vitest';
import { type Style, styleOf } from '../../../src/report/text/style.ts';

const names: (keyof Style)[] = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'];

it('wraps a text in the sequences of its look', () => {
  const { bold, dim, red, green, yellow, cyan } = styleOf(true);
  expect([bold, dim, red, green, yellow, cyan].map((paint) => paint('x'))).toEqual([
    '\u001b[1mx\u001b[22m',
    '\u001b[2mx\u001b[22m',
    '\u001b[31mx\u001b[39m',
    '\u001b[32mx\u001b[39m',
    '\u001b[33mx\u001b[39m',
    '\u001b[36mx\u001b[39m',
  ]);
});

it('leaves texts as they are without colour', () => {
  for (const name of names) expect(styleOf(false)[name]('x')).toBe('x');
});

it('paints nothing around nothing', () => {
  for (const name of names) expect(styleOf(true)[name]('')).toBe('');
});

it('goes on with the outer look where an inner one ends', () => {
  const { red, green, bold } = styleOf(true);
  expect(red(`a ${green('b')} c`)).toBe('\u001b[31ma \u001b[32mb\u001b[39m\u001b[31m c\u001b[39m');
  expect(red(`a ${bold('b')} c`)).toBe('\u001b[31ma \u001b[1mb\u001b[22m c\u001b[39m');
});

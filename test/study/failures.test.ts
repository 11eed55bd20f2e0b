import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { meanings } from '../../src/study/failures-of.ts';

const sources = readdirSync('src/models', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(`src/models/${file}`, 'utf8'))
  .join('\n');

it('every reason that a model gives for a failure is told in words', () => {
  const given = [...sources.matchAll(/\b(?:fail|again|givenUp|died?)\((?:\w+, )?'([a-z -]+)'/g)].map(
    ([, reason]) => reason,
  );
  expect(given.length).toBeGreaterThan(15);
  expect([...new Set(given)].filter((reason) => meanings[reason] === undefined)).toEqual([]);
});

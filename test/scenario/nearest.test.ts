import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearestWord } from '../../src/scenario/index.ts';

/** Straight from the definition, without a table. */
function slowDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(0, -1), b.slice(0, -1)];
  const options = [
    slowDistance(restA, b) + 1,
    slowDistance(a, restB) + 1,
    slowDistance(restA, restB) + (a.at(-1) === b.at(-1) ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    options.push(slowDistance(a.slice(0, -2), b.slice(0, -2)) + 1);
  }
  return Math.min(...options);
}

describe('nearestWord', () => {
  const words = ['threads', 'regions', 'replication', 'minInsyncReplicas', 'us-east', 'eu-west', 'ttl', 'at'];
  const guesses: [string, string | undefined][] = [
    ['thread', 'threads'],
    ['tread', 'threads'],
    ['theards', 'threads'],
    ['THREADS', 'threads'],
    ['min-insync-replicas', 'minInsyncReplicas'],
    ['min_insync_replicas', 'minInsyncReplicas'],
    ['useast', 'us-east'],
    ['eu-wset', 'eu-west'],
    ['tl', 'ttl'],
    ['repl', 'replication'],
    ['zebra', undefined],
    ['x', undefined],
    ['', undefined],
    ['concurrency', undefined],
  ];

  it.each(guesses)('takes %s for %s', (word, nearest) => {
    expect(nearestWord(word, words)).toBe(nearest);
  });

  it('takes the first of words that are equally near', () => {
    expect(nearestWord('cat', ['car', 'can'])).toBe('car');
  });

  it('measures as the recursive definition does', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(slowDistance(a, b));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

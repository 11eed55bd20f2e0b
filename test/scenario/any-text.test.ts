import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderProblems } from '../../src/scenario/index.ts';
import { check, shown } from './desk.ts';

/** Pieces that YAML, and the scenario language, take for something. */
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '\n',
      '\n  ',
      '\n    ',
      ': ',
      '- ',
      '{ ',
      ' }',
      '[ ',
      ' ]',
      ', ',
      '? ',
      '"',
      "'",
      '#',
      '|',
      '>',
      '&a ',
      '*a',
      '!t ',
      '%',
      '---\n',
      '...\n',
      '\t',
      '~',
      '\r\n',
      '\uFEFF',
      '\u0000',
      '😀',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'workloads',
      'services',
      'regions',
      'operations',
      'desk',
      'arrivals',
      'rate',
      '80/s',
      'call',
      'write',
      'read',
      'work',
      'parallel',
      'mode',
      'low',
      'mid',
      'high',
      'extends',
      '60%',
      '-1',
      '40',
      'from',
      '<<',
      'all',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

/** Right scenarios with one thing wrong somewhere: these get further than noise. */
const right = `workloads:
  customers: { arrivals: { rate: 80/s }, from: { US: 60%, EU: rest }, call: desk.serve }
origins: { US: us-east-2, EU: eu-central-1 }
services:
  desk:
    threads: 4
    regions: all
    operations:
      serve: [ write: trades, parallel: [ [ work: { exponential: 5ms } ], [ read: { from: trades } ] ] ]
databases: { trades: { replication: { mode: async, lagAlert: 5s } } }
`
  .replace('write: trades, parallel', '{ write: trades }, { parallel')
  .replace('] ] ]\n', '] ] } ]\n');
const damaged = fc
  .tuple(fc.nat(right.length), fc.nat(12), fc.array(piece, { maxLength: 2 }))
  .map(([at, removed, pieces]) => right.slice(0, at) + pieces.join('') + right.slice(at + removed));

describe('whatever a file holds', () => {
  it('the scenario that the damaged ones are made of is right', () => {
    expect(shown(right)).toBe('');
  });

  it.each([
    ['noise', text],
    ['damage', damaged],
  ])('%s: nothing throws, and every problem stands in the text', (_what, content) => {
    fc.assert(
      fc.property(content, (file) => {
        const { problems, sources } = check({ 'desk.yaml': file });
        const lines = (sources.get('desk.yaml') ?? '').split('\n');
        for (const { line, column, offset, length, message } of problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual(lines[line - 1].length + 1);
          expect(offset + length).toBeLessThanOrEqual(file.length);
          expect(message).not.toMatch(/undefined|\[object|Invalid input|NaN/);
        }
        expect(() => renderProblems(problems, { sources })).not.toThrow();
      }),
      { seed: 1, numRuns: 400 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  checkReferences,
  collectReferences,
  keyedBy,
  type LocatedNode,
  nodeAt,
  plainValue,
  reference,
  shares,
} from '../../src/scenario/index.ts';
import { quantity } from '../../src/units/index.ts';
import { check, load, shown, step } from './desk.ts';

describe('references', () => {
  const text = `steps:
  - write: trades
  - read: { from: trades }
  - parallel: [ [ write: a ], [ read: b ] ]
  - parallel: { branches: [ [ write: c ] ] }
from: { US: 60%, EU: rest }
at: { us-east: 3 }
`;
  const schema = z.strictObject({
    steps: z.array(step),
    from: shares({ of: 'origins' }),
    at: keyedBy('regions', quantity('count')),
  });

  it('are all found, with the paths that they have in the text', () => {
    const { document } = load(text);
    const found = collectReferences(schema.parse(plainValue(document as LocatedNode)));
    expect(found.map(({ section, name, path, at }) => [section, name, path.join('.'), at])).toEqual([
      ['databases', 'trades', 'steps.0.write', 'value'],
      ['databases', 'trades', 'steps.1.read.from', 'value'],
      ['databases', 'a', 'steps.2.parallel.0.0.write', 'value'],
      ['databases', 'b', 'steps.2.parallel.1.0.read', 'value'],
      ['databases', 'c', 'steps.3.parallel.branches.0.0.write', 'value'],
      ['origins', 'US', 'from.US', 'key'],
      ['origins', 'EU', 'from.EU', 'key'],
      ['regions', 'us-east', 'at.us-east', 'key'],
    ]);
    for (const { path } of found) expect(nodeAt(document as LocatedNode, path)).toBeDefined();
  });

  it('to what is not there are problems, at the value or the key', () => {
    const { document } = load(text);
    const value = schema.parse(plainValue(document as LocatedNode));
    const sections = { databases: ['trades', 'a', 'b'], origins: ['US'], regions: [] };
    const problems = checkReferences(value, sections, document as LocatedNode);
    expect(
      problems.map(({ message, line, column, expected }) => [`${line}:${column}`, message, expected]),
    ).toEqual([
      ['5:38', 'no database "c"', 'trades, a or b'],
      ['6:18', 'no origin "EU"', 'US'],
      ['7:7', 'no region "us-east"', 'one of regions, but none is defined'],
    ]);
  });

  it('can be checked in a part of a document', () => {
    const { document } = load('a: { b: x }\n');
    const part = z.strictObject({ b: reference('topics') }).parse({ b: 'x' });
    expect(checkReferences(part, {}, document as LocatedNode, ['a'])).toMatchObject([
      { path: ['a', 'b'], line: 1, column: 9 },
    ]);
  });

  it('are found in services that are written in other files', () => {
    const files = {
      'a.yaml': 'extends: b.yaml\nworkloads: { w: { arrivals: { rate: 1/s }, call: desk.serve } }\n',
      'b.yaml': 'services: { desk: { operations: { serve: [ write: trades ] } } }\n',
    };
    expect(check(files).problems).toMatchObject([
      { code: 'not-defined', file: 'b.yaml', line: 1, column: 51 },
    ]);
    expect(shown(files)).toContain('expected one of databases, but none is defined');
  });
});

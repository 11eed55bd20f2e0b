import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type LocatedNode, plainValue, resolvedText, scenarioHash } from '../../src/scenario/index.ts';
import { load } from './desk.ts';

const read = (text: string): LocatedNode => {
  const { document, problems } = load(text);
  expect(problems).toEqual([]);
  return document as LocatedNode;
};

/** Maps at the top; in them anything that YAML can hold, words that look like numbers, dates and nulls among it. */
const trickyText = fc.constantFrom(
  '',
  '~',
  'null',
  'yes',
  '1',
  '1e3',
  '0x1F',
  '- a',
  'a: b',
  '# x',
  ' a ',
  'ä€😀',
  'a\nb\n',
  '*a',
  '&a',
  '!t',
  '%',
  '{',
  '[',
  '"',
  "'",
  '60%',
  '2026-01-14',
);
const key = fc
  .oneof(fc.string({ minLength: 1, maxLength: 8 }), trickyText)
  .filter((text) => text !== '__proto__');
const { value } = fc.letrec((tie) => ({
  scalar: fc.oneof(fc.string(), trickyText, fc.integer(), fc.double({ noNaN: true }), fc.boolean()),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof({ depthSize: 'small' }, tie('scalar'), tie('list'), tie('map')),
}));
const scenario = fc.dictionary(
  key.filter((word) => word !== 'extends'),
  value,
  { minKeys: 1, maxKeys: 5, noNullPrototype: true },
);

describe('resolvedText', () => {
  it('gives the same value when it is loaded again, whatever the words', () => {
    fc.assert(
      fc.property(scenario, (content) => {
        const document = read(stringify(content));
        expect(plainValue(document)).toEqual(content);
        expect(plainValue(read(resolvedText(document)))).toEqual(content);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('keeps values that were left out, which null would delete', () => {
    const document = read('a: { b: , c: [ , 1] }\nd:\n'.replace('[ ,', '[~,'));
    expect(plainValue(document)).toEqual({ a: { b: null, c: [null, 1] }, d: null });
    expect(plainValue(read(resolvedText(document)))).toEqual(plainValue(document));
  });

  it('holds everything: bases, files and settings', () => {
    const files = {
      'a.yaml': 'extends: b.yaml\nservices: { web: { threads: 4 } }\n',
      'b.yaml': 'name: "10"\nservices: { web: { manifest: hpa.yaml, threads: 2, queue: 5 } }\n',
      'hpa.yaml': 'maxReplicas: 9 # nine\n',
    };
    const { document } = load(files, { sets: ['services.web.queue=~'] });
    expect(resolvedText(document as LocatedNode)).toBe(`name: "10"
services:
  web:
    manifest:
      maxReplicas: 9
    threads: 4
`);
  });

  it('writes aliased values out', () => {
    expect(resolvedText(read('a: &x { b: 1 }\nc: *x\n'))).toBe('a:\n  b: 1\nc:\n  b: 1\n');
  });
});

describe('scenarioHash', () => {
  const hash = (text: string) => scenarioHash(read(text));

  it('is 16 hexadecimal digits of the SHA-256 of the sorted JSON', () => {
    // printf '{"a":[1,"x"],"b":true}' | sha256sum
    expect(hash('b: true\na: [1, x]\n')).toBe('c817ea2211dc960f');
  });

  it('does not see order of keys, comments, style, anchors or files', () => {
    const same = ['a: { x: 1, y: 2 }\nb: { x: 1, y: 2 }\n', '# c\nb: &q\n  y: 2\n  x: 0x1\na: *q\n'].map(
      hash,
    );
    expect(new Set(same).size).toBe(1);
    const { document } = load(
      { 'a.yaml': 'extends: b.yaml\nb: { y: 2, x: 1 }', 'b.yaml': 'a: { x: 1, y: 2 }\nz: 1' },
      { sets: ['z=~'] },
    );
    expect(scenarioHash(document as LocatedNode)).toBe(same[0]);
  });

  it('sees every value and the order of lists', () => {
    const different = [
      'a: [1, 2]',
      'a: [2, 1]',
      'a: [1, 2, 3]',
      'a: ["1", 2]',
      'b: [1, 2]',
      'a: [1, .inf]',
      'a: [1, ".inf"]',
      'a: {}',
      'a: []',
      'a:',
    ].map(hash);
    expect(new Set(different).size).toBe(different.length);
  });
});

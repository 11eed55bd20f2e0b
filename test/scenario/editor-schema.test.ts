import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { editorSchema } from '../../src/scenario/index.ts';
import { quantity } from '../../src/units/index.ts';
import { distribution, scenario, step } from './desk.ts';

type Json = { [key: string]: Json } & {
  anyOf: Json[];
  required: string[];
  enum: unknown[];
  type: string | string[];
};

const json = editorSchema(scenario, {
  title: 'Desk',
  description: 'A desk.',
  id: 'https://example.com/desk.json',
}) as Json;

/** Every schema in a schema, with the path to it. */
function everySchema(at: unknown, path = ''): [string, Json][] {
  if (Array.isArray(at)) return at.flatMap((item, index) => everySchema(item, `${path}/${index}`));
  if (typeof at !== 'object' || at === null) return [];
  return [
    [path, at as Json],
    ...Object.entries(at).flatMap(([key, below]) => everySchema(below, `${path}/${key}`)),
  ];
}

describe('the schema for editors', () => {
  it('is draft 07 with title, description and address', () => {
    expect(json).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: 'https://example.com/desk.json',
      title: 'Desk',
      description: 'A desk.',
      type: 'object',
      additionalProperties: false,
    });
  });

  it('offers extends beside the sections', () => {
    expect(Object.keys(json.properties)).toEqual([
      'extends',
      'name',
      'regions',
      'origins',
      'workloads',
      'services',
      'databases',
    ]);
  });

  it('has one definition of a step, which steps within steps refer to', () => {
    expect(Object.keys(json.definitions).sort()).toEqual(['distribution', 'step', 'uncertain']);
    const references = everySchema(json).filter(([, schema]) => schema.$ref !== undefined);
    for (const [, { $ref }] of references)
      expect(json.definitions).toHaveProperty([String($ref).replace('#/definitions/', '')]);
    expect(
      references.filter(
        ([path, { $ref }]) => path.startsWith('/definitions/step/') && String($ref) === '#/definitions/step',
      ),
    ).not.toEqual([]);
  });

  it('has a form for each verb, with its description, in long and short', () => {
    const forms = json.definitions.step.anyOf;
    expect(forms.map(({ title, required, maxProperties }) => [title, required, maxProperties])).toEqual(
      ['write', 'read', 'work', 'parallel', 'flush'].map((verb) => [verb, [verb], 1]),
    );
    const write = forms[0].properties.write;
    expect(write).toMatchObject({ description: 'Writes to a database.' });
    expect(write.anyOf).toMatchObject([{ type: 'object', properties: { to: {} } }, { type: 'string' }]);
  });

  it('takes a bare value for a distribution that has a scalar form', () => {
    expect(json.definitions.distribution.anyOf.slice(-2)).toEqual([
      { type: ['string', 'number'] },
      { $ref: '#/definitions/uncertain' },
    ]);
  });

  it('asks for no key but verbs, since a file may extend another', () => {
    const asking = everySchema(json).filter(([, schema]) => Array.isArray(schema.required));
    expect(asking.map(([, schema]) => schema.maxProperties)).toEqual(asking.map(() => 1));
    expect(asking.length).toBe(8);
  });

  it('takes ~ for every key, which takes away what another file brought', () => {
    const keyed = everySchema(json).filter(
      ([path]) => /\/properties\/[^/]+$/.test(path) && !/^\/definitions|^\/properties\/extends/.test(path),
    );
    expect(keyed.length).toBeGreaterThan(10);
    for (const [, schema] of keyed) expect(JSON.stringify(schema)).toContain('"null"');
  });

  it('is JSON', () => {
    expect(JSON.parse(JSON.stringify(json))).toStrictEqual(json);
  });

  it('can be made of a part: zod gives steps and distributions as any other schema', () => {
    expect(() => z.toJSONSchema(z.array(step), { io: 'input' })).not.toThrow();
    expect(z.toJSONSchema(distribution, { io: 'input' })).toMatchObject({ $defs: {} });
    expect(z.toJSONSchema(quantity('rate').optional(), { io: 'input' })).toHaveProperty('anyOf');
  });
});

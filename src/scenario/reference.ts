/** References from one part of a scenario to what another part names: `topic: trade-events`. */

import type { z } from 'zod';
import { schemaClass } from '../units/schema-class.ts';
import type { LocatedNode, Path } from './located-node.ts';
import { addText, describe, jsonOfEntries, parseEntries } from './nested-schema.ts';
import { Chosen } from './one-key.ts';
import { type Problem, problemIn } from './problem.ts';
import { nameOfOne, notDefined, wrongType } from './problems.ts';

/** The name of something in a section: what `topic: trade-events` is read as. */
export class Reference<Section extends string = string> {
  readonly section: Section;
  readonly name: string;

  constructor(section: Section, name: string) {
    this.section = section;
    this.name = name;
  }

  toString(): string {
    return this.name;
  }
}

/** A reference, and where in the document it stands. */
export interface FoundReference {
  readonly section: string;
  readonly name: string;
  readonly path: Path;
  readonly at: 'key' | 'value';
}

/**
 * A schema for the name of something in a section. The section need not be one of the scenario's: `operations` may hold
 * `desk.serve`; whoever checks says what it holds.
 */
export function reference<Section extends string>(
  section: Section,
  about?: string,
): z.ZodType<Reference<Section>, string> {
  const schema = referenceSchema({ section }) as z.ZodType<Reference<Section>, string>;
  return about === undefined ? schema : schema.describe(about);
}

/** What a JSON schema says of a name, or of a map's keys: the section that they are of. Editors read past it. */
export const sectionKeyword = 'x-section';

const referenceSchema = schemaClass<{ section: string }>('HeadroomReference', {
  parse({ section }, payload, _context, schema) {
    if (typeof payload.value === 'string' && payload.value !== '')
      payload.value = new Reference(section, payload.value);
    else addText(payload, schema, wrongType(nameOfOne(section), describe(payload.value)));
    return payload;
  },
  json({ section }, json) {
    json.type = 'string';
    json.minLength = 1;
    json[sectionKeyword] = section;
  },
});

const keySection = Symbol('the section that the keys of a map refer to');

/** A map whose keys are references: `from: { US: 60%, EU: 40% }` is `keyedBy('origins', quantity('ratio'))`. */
export function keyedBy<Value extends z.ZodType>(
  section: string,
  value: Value,
  about?: string,
): z.ZodType<Record<string, z.output<Value>>, Record<string, z.input<Value>>> {
  const schema = keyedBySchema({ section, value });
  return (about === undefined ? schema : schema.describe(about)) as never;
}

const keyedBySchema = schemaClass<{ section: string; value: z.ZodType }>('HeadroomKeyedBy', {
  parse({ section, value }, payload, context, schema) {
    parseEntries(payload, context, schema, value, () => {});
    markKeys(payload.value, section);
    return payload;
  },
  json({ section, value }, json, context, params) {
    jsonOfEntries(value, json, context, params);
    json[sectionKeyword] = section;
  },
});

/** Notes on a parsed map that its keys are references. */
export function markKeys(value: unknown, section: string): void {
  if (typeof value === 'object' && value !== null)
    Object.defineProperty(value, keySection, { value: section });
}

/** All references in a parsed value, with the paths that they have in the document. */
export function collectReferences(value: unknown, path: Path = []): FoundReference[] {
  if (value instanceof Reference) return [{ section: value.section, name: value.name, path, at: 'value' }];
  if (value instanceof Chosen)
    return value.below(path).flatMap(([below, at]) => collectReferences(below, at));
  if (Array.isArray(value)) return value.flatMap((item, index) => collectReferences(item, [...path, index]));
  if (!isPlainMap(value)) return [];
  const section = (value as { [keySection]?: string })[keySection];
  const keys =
    section === undefined
      ? []
      : Object.keys(value).map((name) => ({ section, name, path: [...path, name], at: 'key' as const }));
  return [
    ...keys,
    ...Object.entries(value).flatMap(([key, below]) => collectReferences(below, [...path, key])),
  ];
}

/** What a schema made into an object of its own (a distribution, say) holds no references, and may hold itself. */
function isPlainMap(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A problem for each reference to something that is not there.
 *
 * @param value what `checkAgainst` gave, or a part of it
 * @param sections the names that each section defines
 * @param path where the value stands in the document
 */
export function checkReferences(
  value: unknown,
  sections: Readonly<Record<string, readonly string[]>>,
  document: LocatedNode,
  path: Path = [],
): Problem[] {
  return collectReferences(value, path)
    .filter(({ section, name }) => !sections[section]?.includes(name))
    .map(({ section, name, path, at }) =>
      problemIn(document, path, notDefined(section, name, sections[section] ?? []), { at }),
    );
}

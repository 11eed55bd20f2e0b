import {
  definitionOf,
  discriminatorOf,
  formsOf,
  type SchemaNode,
  type SchemaRoot,
  wordsOf,
} from './schema-node.ts';
import { code, valueText } from './value-text.ts';

/** One key of the language: a line of a reference table. */
export interface KeyRow {
  /** From the entry on: `replication.mode`, `from.<origin>`, `links[].between`. */
  readonly path: string;
  readonly value: string;
  readonly default?: string;
  readonly isRequired: boolean;
  readonly about: string;
  /** Where only some forms of the map around it have the key: the words of those forms. */
  readonly only: readonly string[];
}

/** All keys below a node, in the order of the schema; keys of several forms once, with the forms that have them. */
export function keyRows(node: SchemaNode, root: SchemaRoot, path = ''): KeyRow[] {
  const forms = formsOf(node).map((form) => followed(form, root));
  const discriminator = discriminatorOf(forms);
  const maps = forms.filter(({ properties }) => properties !== undefined);
  const rows = maps.flatMap((form) => {
    const words = discriminator === undefined ? [] : wordsOf(form.properties?.[discriminator]);
    return rowsOfMap(form, root, path)
      .filter(({ path: at }) => at !== join(path, discriminator ?? ''))
      .map((row) => ({ row, words }));
  });
  return [
    ...(discriminator === undefined ? [] : [discriminatorRow(maps, discriminator, path)]),
    ...merged(rows, maps.length),
    ...forms.flatMap((form) => rowsBelow(form, root, path)),
  ];
}

function rowsOfMap(form: SchemaNode, root: SchemaRoot, path: string): KeyRow[] {
  return Object.entries(form.properties ?? {}).flatMap(([key, value]) => [
    {
      path: join(path, key),
      value: valueText(value),
      ...defaultOf(value),
      isRequired: form.required?.includes(key) === true,
      about: aboutOf(value, root),
      only: [],
    },
    ...keyRows(value, root, join(path, key)),
  ]);
}

/** Keys of the entries of a map of names, and of the items of a list. */
function rowsBelow(
  { additionalProperties, items, 'x-section': section }: SchemaNode,
  root: SchemaRoot,
  path: string,
) {
  if (typeof additionalProperties === 'object')
    return keyRows(additionalProperties, root, join(path, `<${section?.replace(/s$/, '') ?? 'name'}>`));
  const item = Array.isArray(items) ? undefined : (items as SchemaNode | undefined);
  return item === undefined || definitionOf(item) === 'step' ? [] : keyRows(item, root, `${path}[]`);
}

/** The row of the key that tells forms apart: all its words, each with what its form is. */
function discriminatorRow(maps: readonly SchemaNode[], key: string, path: string): KeyRow {
  const about = maps.map((form) => {
    const own = form.properties?.[key];
    const said = own?.description ?? form.description;
    return said === undefined ? undefined : `${wordsOf(own).map(code).join(', ')}: ${said}`;
  });
  const first = maps[0].properties?.[key] as SchemaNode;
  return {
    path: join(path, key),
    value: maps.flatMap((form) => wordsOf(form.properties?.[key]).map(code)).join(', '),
    ...defaultOf(first),
    isRequired: maps[0].required?.includes(key) === true,
    about: about.filter((text) => text !== undefined).join('<br>'),
    only: [],
  };
}

/** Rows that say the same once; a row that all forms have is everybody's, else it is of the forms with these words. */
function merged(rows: readonly { row: KeyRow; words: readonly string[] }[], forms: number): KeyRow[] {
  const bySaying = new Map<string, { row: KeyRow; words: string[]; count: number }>();
  for (const { row, words } of rows) {
    const saying = JSON.stringify(row);
    const same = bySaying.get(saying) ?? { row, words: [], count: 0 };
    bySaying.set(saying, { row, words: [...same.words, ...words], count: same.count + 1 });
  }
  return [...bySaying.values()].map(({ row, words, count }) =>
    count === forms || row.only.length > 0
      ? row
      : { ...row, only: words, isRequired: row.isRequired && words.length > 0 },
  );
}

/** Definitions whose keys are told where they are used; distributions and steps have pages of their own. */
function followed(node: SchemaNode, root: SchemaRoot): SchemaNode {
  const definition = definitionOf(node);
  if (definition === undefined || hasPage(definition)) return node;
  const { $ref, ...own } = node;
  const target = root.definitions[definition];
  return { ...oneKeyMap(target), ...own };
}

const hasPage = (definition: string): boolean =>
  definition === 'step' || definition.startsWith('__') || definition.endsWith('-distribution');

/** A map with one key out of several, as a map whose keys are all optional. */
function oneKeyMap(node: SchemaNode): SchemaNode {
  const forms = node.anyOf ?? [];
  if (!forms.some(({ maxProperties }) => maxProperties === 1)) return node;
  return {
    ...node,
    anyOf: undefined,
    properties: Object.assign({}, ...forms.map(({ properties }) => properties)),
  };
}

function aboutOf(node: SchemaNode, root: SchemaRoot): string {
  if (node.description !== undefined) return node.description;
  const definition = definitionOf(node);
  if (definition === undefined || hasPage(definition)) return '';
  return root.definitions[definition]?.description ?? '';
}

/** Defaults as an author would write them; an empty map says nothing. */
function defaultOf({ default: value }: SchemaNode): { default?: string } {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object') return { default: String(value) };
  return Object.keys(value).length === 0 ? {} : { default: JSON.stringify(value) };
}

const join = (path: string, key: string): string =>
  path === '' ? key : key === '' ? path : `${path}.${key}`;

import type { MeterFamily } from '../metrics/index.ts';
import type { Kind } from '../models/kind.ts';
import { type KeyRow, keyRows } from './key-rows.ts';
import { page, plainText, table } from './markdown.ts';
import { betterText, byPlace, viewsText } from './metric-rows.ts';
import { discriminatorOf, formsOf, type SchemaNode, type SchemaRoot, wordsOf } from './schema-node.ts';
import { code } from './value-text.ts';

/** The page of one kind: what it is, its keys, and the ids of its metrics. */
export function kindPage(kind: Kind, root: SchemaRoot): string {
  const { section, about, families } = kind;
  return page([
    [`# ${section}`],
    [about],
    shapeOf(kind),
    stepsOf(kind),
    ...(kind.shape === 'implied' ? [] : keyBlocks(entryOf(kind, root), root)),
    ...metricBlocks(families),
  ]);
}

function shapeOf({ shape, section, noun }: Kind): string[] {
  if (shape === 'named')
    return [`A map of names: \`${section}: { my-${noun.replaceAll(' ', '-')}: { … } }\`.`];
  if (shape === 'single') return [`One map: \`${section}: { … }\`.`];
  return ['There is no such section: what it is about stands in the steps of operations.'];
}

function stepsOf({ steps = [], faults = [] }: Kind): string[] {
  const verbs = steps.map(({ verb }) => `[${code(verb)}](steps.md#${verb.toLowerCase()})`);
  const words = faults.map(({ fault }) => `[${code(fault)}](faults.md#fault-${fault})`);
  return [
    ...(verbs.length === 0 ? [] : [`Steps: ${verbs.join(', ')}.`]),
    ...(words.length === 0 ? [] : [`Faults: ${words.join(', ')}.`]),
  ];
}

/** The schema of one entry: of a map of names, what stands below a name. */
function entryOf({ shape, section }: Kind, root: SchemaRoot): SchemaNode {
  const node = root.properties[section];
  return shape === 'named' ? (node.additionalProperties as SchemaNode) : node;
}

/** Keys that many forms have, then a heading a form with its own: of an entry in one form, one table. */
export function keyBlocks(entry: SchemaNode, root: SchemaRoot): string[][] {
  const rows = keyRows(entry, root);
  const forms = formsOf(entry);
  const discriminator = discriminatorOf(forms);
  if (discriminator === undefined) return rows.length === 0 ? [] : [['## Keys'], keyTable(rows)];
  const isCommon = ({ path, only }: KeyRow) =>
    path === discriminator || only.length === 0 || only.length > forms.length / 2;
  return [
    ['## Keys'],
    keyTable(rows.filter(isCommon)),
    ...forms.flatMap((form) =>
      formBlocks(
        form,
        discriminator,
        rows.filter((row) => !isCommon(row)),
      ),
    ),
  ];
}

/** What one form of an entry is, with the keys that few others have. */
function formBlocks({ properties, description }: SchemaNode, discriminator: string, rows: readonly KeyRow[]) {
  const key = properties?.[discriminator];
  return wordsOf(key).flatMap((word) => [
    [`### ${discriminator}: ${word}`],
    [plainText(key?.description ?? description ?? '')],
    keyTable(rows.filter(({ only }) => only.includes(word)).map((row) => ({ ...row, only: [] }))),
  ]);
}

/** Rows as a table in Markdown. */
export const keyTable = (rows: readonly KeyRow[]): string[] =>
  table(
    ['key', 'takes', 'default', 'what it is'],
    rows.map((row) => [
      code(row.path),
      row.value,
      row.isRequired ? '**needed**' : row.default === undefined ? '' : code(row.default),
      [row.only.length === 0 ? '' : `(${row.only.map(code).join(', ')})`, plainText(row.about)]
        .filter((text) => text !== '')
        .join(' '),
    ]),
  );

function metricBlocks(families: readonly MeterFamily[]): string[][] {
  if (families.length === 0) return [];
  return [
    ['## Metrics'],
    ...byPlace(families).flatMap(([of, all]) => [
      [`### ${code(of)}`],
      ...all.flatMap(({ where, meters }) => [
        where === undefined ? [] : [`${where[0].toUpperCase()}${where.slice(1)}:`],
        table(
          ['metric', 'views', 'unit', 'better', 'what is counted'],
          meters.map((meter) => [
            code(meter.metric),
            viewsText(meter),
            meter.unit,
            betterText(meter),
            plainText(meter.about),
          ]),
        ),
      ]),
    ]),
  ];
}

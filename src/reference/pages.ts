import { kinds, verbs } from '../models/kinds.ts';
import { scenarioSchema } from '../models/parse.ts';
import { extendsProperty, wholeSchema } from '../scenario/index.ts';
import { distributionsPage } from './distributions-page.ts';
import { keyRows } from './key-rows.ts';
import { keyTable, kindPage } from './kind-page.ts';
import { page, plainText, table } from './markdown.ts';
import { metricsPage } from './metrics-page.ts';
import type { SchemaNode, SchemaRoot } from './schema-node.ts';
import { stepsPage } from './steps-page.ts';
import { valueText } from './value-text.ts';

export interface ReferencePage {
  /** In docs/reference: `databases.md`. */
  readonly name: string;
  readonly content: string;
}

/** The reference of the whole language, in Markdown: out of the schemas that parse it and the meters that are declared. */
export function referencePages(): ReferencePage[] {
  const root = wholeSchema(scenarioSchema) as unknown as SchemaRoot;
  const sections = new Set(kinds.map(({ section }) => section));
  const others = Object.entries(root.properties).filter(
    ([key, node]) => !sections.has(key) && keyRows(node, root).length > 0,
  );
  return [
    { name: 'README.md', content: indexPage(root) },
    ...kinds.map((kind) => ({ name: `${kind.section}.md`, content: kindPage(kind, root) })),
    ...others.map(([key, node]) => ({ name: `${key}.md`, content: settingsPage(key, node, root) })),
    { name: 'steps.md', content: stepsPage(verbs, kinds, root) },
    { name: 'distributions.md', content: distributionsPage(root) },
    { name: 'metrics.md', content: metricsPage(kinds) },
  ];
}

/** A section that is no kind's: `run`, `targets`, `check`. */
const settingsPage = (key: string, node: SchemaNode, root: SchemaRoot): string =>
  page([
    [`# ${key}`],
    [plainText(node.description ?? '')],
    [`Takes ${valueText(node)}.`],
    ['## Keys'],
    keyTable(keyRows(node, root)),
  ]);

function indexPage(root: SchemaRoot): string {
  const kindsByName = new Map(kinds.map((kind) => [kind.section, kind]));
  const properties = { extends: extendsProperty as SchemaNode, ...root.properties };
  const rows = Object.entries(properties).map(([key, node]) => {
    const hasPage = kindsByName.has(key) || keyRows(node, root).length > 0;
    return [hasPage ? `[\`${key}\`](${key}.md)` : `\`${key}\``, plainText(node.description ?? '')];
  });
  const implied = kinds.filter(({ shape }) => shape === 'implied');
  return page([
    ['# Reference'],
    [
      'Every key of a scenario and every id of a metric, out of the schemas that parse scenarios: `npm run reference` writes these',
      'pages, and a test keeps them true. How the parts fit together is told in [docs/scenarios.md](../scenarios.md).',
    ],
    ['## Sections of a scenario'],
    table(['section', 'what it is'], rows),
    ['## Parts that several sections use'],
    [
      '* [Steps](steps.md) of operations',
      '* [Distributions](distributions.md) of what varies',
      ...implied.map(({ section, about }) => `* [${section}](${section}.md): ${about}`),
      '* [Metric ids](metrics.md)',
    ],
    ['## Quantities'],
    [
      'Any quantity may be a range that its author is not sure of: `{ low: 5ms, mid: 8ms, high: 20ms }`, its 5th, 50th and 95th',
      'percentile.',
    ],
    table(['takes', 'written'], quantityRows(root)),
  ]);
}

/** Every dimension that the language has, with examples out of its schemas. */
function quantityRows(root: SchemaRoot): string[][] {
  const found = new Map<string, string>();
  collectQuantities(root, found);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, such]) => [what, such]);
}

function collectQuantities(node: unknown, found: Map<string, string>): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    const match = key === 'patternErrorMessage' ? /^expected (.+), such as (.+)$/.exec(String(value)) : null;
    if (match === null) collectQuantities(value, found);
    else
      found.set(
        match[1],
        match[2]
          .split(' or ')
          .map((text) => `\`${text}\``)
          .join(', '),
      );
  }
}

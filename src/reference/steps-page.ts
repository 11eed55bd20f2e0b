import type { Kind } from '../models/kind.ts';
import type { StepDefinition } from '../models/step.ts';
import { keyRows } from './key-rows.ts';
import { keyTable } from './kind-page.ts';
import { page, plainText } from './markdown.ts';
import { formsOf, type SchemaNode, type SchemaRoot } from './schema-node.ts';
import { code, valueText } from './value-text.ts';

/** The page of all steps that an operation can have: those of control flow first, then those that kinds bring. */
export function stepsPage(
  verbs: readonly StepDefinition[],
  kinds: readonly Kind[],
  root: SchemaRoot,
): string {
  const nodes = new Map(
    root.definitions.step.anyOf?.map((form) => [form.title, form.properties?.[form.title ?? '']]),
  );
  return page([
    ['# Steps'],
    [
      'An operation is a list of steps; a step is a map with exactly one key, the verb, and its options below it. Where a short',
      'form is told, what is no map of options stands for that option.',
    ],
    ...verbs.flatMap((step) => {
      const owner = kinds.find(({ steps }) => steps?.includes(step));
      return stepBlocks(step, nodes.get(step.verb) as SchemaNode, root, owner);
    }),
  ]);
}

function stepBlocks(
  { verb, about, short }: StepDefinition,
  node: SchemaNode,
  root: SchemaRoot,
  owner?: Kind,
) {
  const whose = owner === undefined ? '' : ` Of [${owner.section}](${owner.section}.md).`;
  const rows = keyRows(node, root);
  return [
    [`## ${verb}`],
    [`${plainText(about)}${whose}`],
    typeof short === 'string' ? [`Short: ${code(`${verb}: …`)} is ${code(`${verb}: { ${short}: … }`)}.`] : [],
    rows.length === 0 ? [`Takes ${valueText({ anyOf: formsOf(node) })}.`] : keyTable(rows),
  ];
}

/** A scenario as one text: files inlined, settings applied, in the order of its author. */

import { Scalar, stringify } from 'yaml';
import { type LocatedNode, plainValue } from './located-node.ts';
import { isDeleted } from './merge.ts';

/** Canonical YAML that gives the same value when loaded again, without any other file. */
export function resolvedText(document: LocatedNode): string {
  // A value left out must stay left out: null would delete it. What phases delete must still be deleted when they come.
  return stringify(textValue(document), { nullStr: '', lineWidth: 0, aliasDuplicateObjects: false });
}

function textValue(node: LocatedNode): unknown {
  if (node.kind === 'list') return node.items.map(textValue);
  if (node.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, textValue(value)]));
  return isDeleted(node) ? Object.assign(new Scalar(null), { source: '~' }) : plainValue(node);
}

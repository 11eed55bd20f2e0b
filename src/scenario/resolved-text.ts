/** A scenario as one text: files inlined, settings applied, in the order of its author. */

import { stringify } from 'yaml';
import { type LocatedNode, plainValue } from './located-node.ts';

/** Canonical YAML that gives the same value when loaded again, without any other file. */
export function resolvedText(document: LocatedNode): string {
  // A value left out must stay left out: null would delete it.
  return stringify(plainValue(document), { nullStr: '', lineWidth: 0, aliasDuplicateObjects: false });
}

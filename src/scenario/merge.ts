/**
 * Lays one tree over another: what `extends` does.
 *
 * Maps merge, in the order of the base, new keys behind. Lists and scalars replace; so do maps whose kind changes (both
 * sides name a different `mode`, `policy`, `fault`, `function` or `shape`) and maps with a verb as their only key
 * (distributions), and where one side is such a map and the other a range. `~` deletes: it stays in the tree until `withoutDeleted`, so that it works over any number of files.
 */

import { entryOf, type LocatedNode, type MapEntry, type MapNode } from './located-node.ts';
import { rangeOf } from './uncertain.ts';

const kindKeys = ['mode', 'policy', 'fault', 'function', 'shape'];

export function merge(
  base: LocatedNode,
  overlay: LocatedNode,
  oneKeyVerbs: ReadonlySet<string>,
): LocatedNode {
  if (base.kind !== 'map' || overlay.kind !== 'map') return overlay;
  if (kindChanges(base, overlay) || isOtherDistribution(base, overlay, oneKeyVerbs)) return overlay;
  const kept = base.entries.map((entry): MapEntry => {
    const over = entryOf(overlay, entry.key);
    return over ? { ...over, value: merge(entry.value, over.value, oneKeyVerbs) } : entry;
  });
  const added = overlay.entries.filter(({ key }) => !entryOf(base, key));
  return { ...overlay, entries: [...kept, ...added] };
}

function kindChanges(base: MapNode, overlay: MapNode): boolean {
  return kindKeys.some((key) => {
    const before = entryOf(base, key)?.value;
    const after = entryOf(overlay, key)?.value;
    return (
      before?.kind === 'scalar' &&
      after?.kind === 'scalar' &&
      !isDeleted(after) &&
      before.value !== after.value
    );
  });
}

/** Whether both sides say how a quantity varies, in a map of one verb or as a range. */
function isOtherDistribution(base: MapNode, overlay: MapNode, verbs: ReadonlySet<string>): boolean {
  const isWhole = (node: MapNode) => hasOneVerb(node, verbs) || rangeOf(node) !== undefined;
  return isWhole(base) && isWhole(overlay);
}

function hasOneVerb({ entries }: MapNode, verbs: ReadonlySet<string>): boolean {
  return entries.length === 1 && verbs.has(entries[0].key);
}

/** `~`, in contrast to a value that was left out. */
export function isDeleted(node: LocatedNode): boolean {
  return node.kind === 'scalar' && node.value === null && node.text !== '';
}

/** The tree without the entries that `~` deletes. In a list it deletes nothing: places there have no names. */
export function withoutDeleted(node: LocatedNode): LocatedNode {
  if (node.kind === 'list') return { ...node, items: node.items.map(withoutDeleted) };
  if (node.kind === 'scalar') return node;
  const kept = node.entries.filter(({ value }) => !isDeleted(value));
  return { ...node, entries: kept.map((entry) => ({ ...entry, value: withoutDeleted(entry.value) })) };
}

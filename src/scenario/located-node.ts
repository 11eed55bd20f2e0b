/**
 * A tree over YAML in which every node, and every key, knows the file and range that it stands in; also after `extends`
 * and `--set` have mixed several files. It is never changed: an operation on it gives another tree.
 */

/** Where a piece of text stands: `line` and `column` count from 1, `offset` and `length` are characters. */
export interface Location {
  readonly file: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As it was written; `''` is a value left out (`key:` and nothing after it). */
  readonly text: string;
  readonly at: Location;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly LocatedNode[];
  readonly at: Location;
}

export interface MapEntry {
  readonly key: string;
  readonly keyAt: Location;
  readonly value: LocatedNode;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly at: Location;
}

export type LocatedNode = ScalarNode | ListNode | MapNode;

/** Where something is in a document: keys of maps and indices of lists, from the root. */
export type Path = readonly (string | number)[];

export function entryOf(node: LocatedNode | undefined, key: string | number): MapEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The node below this one at a key or an index. */
export function childOf(node: LocatedNode | undefined, key: string | number): LocatedNode | undefined {
  return node?.kind === 'list' ? node.items[Number(key)] : entryOf(node, key)?.value;
}

/** The node at a path, if there is one. */
export function nodeAt(root: LocatedNode, path: Path): LocatedNode | undefined {
  let node: LocatedNode | undefined = root;
  for (const key of path) node = childOf(node, key);
  return node;
}

/** The deepest node that a path reaches, and how many of its steps lead there. */
export function deepestAt(root: LocatedNode, path: Path): { node: LocatedNode; depth: number } {
  let node = root;
  for (let depth = 0; depth < path.length; depth += 1) {
    const child = childOf(node, path[depth]);
    if (!child) return { node, depth };
    node = child;
  }
  return { node, depth: path.length };
}

/** The tree as plain values, for zod and for hashing. */
export function plainValue(node: LocatedNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainValue);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]));
}

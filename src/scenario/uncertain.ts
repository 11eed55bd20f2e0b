/** Inputs that their author does not know well: quantities written `{ low, mid, high }`. */

import type { LocatedNode, MapNode, Path } from './located-node.ts';

/** A quantity with its 5th, 50th and 95th percentile, as written; `path` names it. */
export interface UncertainInput {
  readonly path: Path;
  readonly low: string | number;
  readonly mid: string | number;
  readonly high: string | number;
}

/** What an input is called, and `--set` takes: `workloads.trades.arrivals.rate`. */
export const inputName = ({ path }: Pick<UncertainInput, 'path'>): string => path.join('.');

/** All uncertain inputs of a document, in its order. */
export function uncertainInputs(node: LocatedNode, path: Path = []): UncertainInput[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list')
    return node.items.flatMap((item, index) => uncertainInputs(item, [...path, index]));
  const range = rangeOf(node);
  if (range) return [{ path, ...range }];
  return node.entries.flatMap(({ key, value }) => uncertainInputs(value, [...path, key]));
}

/** The amounts of a map that is a range; undefined of any other. */
export function rangeOf({ entries }: MapNode): Omit<UncertainInput, 'path'> | undefined {
  if (entries.length !== 3) return undefined;
  const values = new Map(
    entries.map(({ key, value }) => [key, value.kind === 'scalar' ? value.value : null]),
  );
  const [low, mid, high] = ['low', 'mid', 'high'].map((key) => values.get(key));
  return isAmount(low) && isAmount(mid) && isAmount(high) ? { low, mid, high } : undefined;
}

function isAmount(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** The tree with a value in the place of what stands at a path; it keeps the place's location. */
export function withValueAt(node: LocatedNode, path: Path, value: string | number): LocatedNode {
  if (path.length === 0) return { kind: 'scalar', value, text: String(value), at: node.at };
  const [key, ...rest] = path;
  if (node.kind === 'list') {
    return {
      ...node,
      items: node.items.map((item, index) => (index === key ? withValueAt(item, rest, value) : item)),
    };
  }
  if (node.kind === 'scalar') return node;
  const entries = node.entries.map((entry) =>
    entry.key === key ? { ...entry, value: withValueAt(entry.value, rest, value) } : entry,
  );
  return { ...node, entries };
}

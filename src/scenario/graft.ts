/** Puts a file's content in the place of its name: `autoscale: { manifest: hpa.yaml }`. */

import type { LocatedNode, MapEntry, Path } from './located-node.ts';
import { relativeTo, type SourceFiles } from './source-files.ts';

/** Whether a path, or its first steps, are of a pattern such as `services.*.autoscale.manifest`. */
function isAlong(pattern: readonly string[], path: Path): boolean {
  return (
    path.length <= pattern.length &&
    path.every((key, index) => pattern[index] === '*' || pattern[index] === String(key))
  );
}

export class Grafts {
  readonly #patterns: readonly (readonly string[])[];
  readonly #files: SourceFiles;

  constructor(patterns: readonly string[], files: SourceFiles) {
    this.#patterns = patterns.map((pattern) => pattern.split('.'));
    this.#files = files;
  }

  /** The node that stands for this one: the file's content if it is the name of a file. */
  resolve(node: LocatedNode, path: Path): LocatedNode {
    if (node.kind !== 'scalar' || typeof node.value !== 'string' || !this.#isFile(path)) return node;
    const file = relativeTo(node.at.file, node.value);
    return this.#files.yaml(file, node.at).document ?? { ...node, value: null, text: '~' };
  }

  /** The whole tree with all files grafted in. */
  everywhere(node: LocatedNode, path: Path = []): LocatedNode {
    if (!this.#patterns.some((pattern) => isAlong(pattern, path))) return node;
    const grafted = this.resolve(node, path);
    if (grafted !== node || node.kind === 'scalar') return grafted;
    if (node.kind === 'list')
      return { ...node, items: node.items.map((item, index) => this.everywhere(item, [...path, index])) };
    const entries = node.entries.map(
      (entry): MapEntry => ({ ...entry, value: this.everywhere(entry.value, [...path, entry.key]) }),
    );
    return { ...node, entries };
  }

  #isFile(path: Path): boolean {
    return this.#patterns.some((pattern) => pattern.length === path.length && isAlong(pattern, path));
  }
}

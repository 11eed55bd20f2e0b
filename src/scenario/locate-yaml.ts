/** Builds the located tree from the `yaml` package's nodes, and refuses what a scenario must not hold. */

import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  type Scalar,
} from 'yaml';
import type { ListNode, LocatedNode, Location, MapEntry, MapNode, ScalarNode } from './located-node.ts';
import { type Problem, type ProblemText, problemAt } from './problem.ts';
import {
  aliasBomb,
  aliasOfItself,
  duplicateKey,
  keyIsNotText,
  nestedTooDeep,
  noSuchAnchor,
  reservedKey,
} from './problems.ts';

/** How many values aliases may stand for in a file, all together. */
export const aliasLimit = 10_000;
/** How deep maps and lists may be nested. */
export const depthLimit = 100;

/** Where a piece of YAML begins in the file that it is shown in; a `--set` holds its value further right. */
export interface Origin {
  readonly file: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

interface Anchored {
  readonly node: LocatedNode;
  /** How many values it holds, itself included. */
  readonly size: number;
  /** How many levels of maps and lists it is high. */
  readonly height: number;
}

/** Reads nodes in the order of the text, so that an alias sees the anchors above it. */
export class YamlLocator {
  readonly problems: Problem[] = [];
  /** Whether aliases were not followed, so that the tree is not what its author wrote. */
  isCut = false;
  readonly #source: string;
  readonly #lines: LineCounter;
  readonly #origin: Origin;
  readonly #anchors = new Map<string, Anchored | 'open'>();
  #size = 0;
  #aliasedSize = 0;
  #deepest = 0;

  constructor(source: string, lines: LineCounter, origin: Origin) {
    this.#source = source;
    this.#lines = lines;
    this.#origin = origin;
  }

  locate(document: Document.Parsed): LocatedNode {
    return this.#node(document.contents as Node | null, 0, 0);
  }

  /** The location of a stretch of the text; the parser may point behind its end. */
  at(from: number, to: number): Location {
    const start = Math.min(from, this.#source.length);
    const end = Math.max(start, Math.min(to, this.#source.length));
    const { line, col } = this.#lines.linePos(start);
    const { file, offset, line: firstLine, column } = this.#origin;
    return {
      file,
      offset: offset + start,
      line: firstLine + line - 1,
      column: line === 1 ? column + col - 1 : col,
      length: end - start,
    };
  }

  #report(at: Location, text: ProblemText): void {
    this.problems.push(problemAt(at, [], text));
  }

  #node(node: Node | null, offset: number, depth: number): LocatedNode {
    if (node === null) return this.#nothing(this.at(offset, offset));
    if (isAlias(node)) return this.#alias(node, depth);
    const anchor = (node as Scalar).anchor;
    if (anchor === undefined) return this.#value(node, depth);
    this.#anchors.set(anchor, 'open');
    const [sizeBefore, deepestBefore] = [this.#size, this.#deepest];
    this.#deepest = depth;
    const located = this.#value(node, depth);
    this.#anchors.set(anchor, {
      node: located,
      size: this.#size - sizeBefore,
      height: this.#deepest - depth,
    });
    this.#deepest = Math.max(this.#deepest, deepestBefore);
    return located;
  }

  #value(node: Node, depth: number): LocatedNode {
    this.#size += 1;
    this.#deepest = Math.max(this.#deepest, depth);
    if (isScalar(node)) return this.#scalar(node);
    const at = this.#rangeOf(node);
    if (isSeq(node)) {
      return {
        kind: 'list',
        items: node.items.map((item) => this.#node(item as Node | null, at.offset, depth + 1)),
        at,
      } satisfies ListNode;
    }
    if (isMap(node))
      return {
        kind: 'map',
        entries: this.#entries(node.items as Pair<Node, Node | null>[], depth),
        at,
      } satisfies MapNode;
    return this.#nothing(at);
  }

  #scalar(node: Scalar): ScalarNode {
    const at = this.#rangeOf(node);
    const [start, end] = node.range ?? [0, 0];
    const { value } = node;
    const isPlain =
      value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return {
      kind: 'scalar',
      value: isPlain ? value : String(value),
      text: this.#source.slice(start, end),
      at,
    };
  }

  #entries(pairs: readonly Pair<Node, Node | null>[], depth: number): MapEntry[] {
    const entries: MapEntry[] = [];
    const seen = new Set<string>();
    for (const pair of pairs) {
      const keyAt = this.#rangeOf(pair.key);
      const key = this.#key(pair.key, keyAt, depth + 1);
      const value = this.#node(pair.value, pair.key.range?.[1] ?? 0, depth + 1);
      if (key === undefined) continue;
      if (seen.has(key)) this.#report(keyAt, duplicateKey(key));
      else entries.push({ key, keyAt, value });
      seen.add(key);
    }
    return entries;
  }

  #key(node: Node | null, at: Location, depth: number): string | undefined {
    const target = isAlias(node) || isScalar(node) ? this.#node(node, at.offset, depth) : undefined;
    if (target?.kind === 'scalar' && typeof target.value === 'string') {
      if (target.value !== '__proto__') return target.value;
      this.#report(at, reservedKey(target.value));
      return undefined;
    }
    const [start, end] = node?.range ?? [0, 0];
    this.#report(at, keyIsNotText(this.#source.slice(start, end)));
    return undefined;
  }

  #alias(alias: Alias, depth: number): LocatedNode {
    const at = this.#rangeOf(alias);
    const anchored = this.#anchors.get(alias.source);
    if (anchored === undefined) this.#report(at, noSuchAnchor(alias.source, [...this.#anchors.keys()]));
    else if (anchored === 'open') this.#report(at, aliasOfItself(alias.source));
    if (anchored === undefined || anchored === 'open') {
      this.isCut = true;
      return this.#nothing(at);
    }
    const wasWithin = this.#aliasedSize <= aliasLimit;
    this.#aliasedSize += anchored.size;
    this.#size += anchored.size;
    this.#deepest = Math.max(this.#deepest, depth + anchored.height);
    const isTooDeep = depth + anchored.height > depthLimit;
    if (this.#aliasedSize <= aliasLimit && !isTooDeep) return anchored.node;
    this.isCut = true;
    if (isTooDeep) this.#report(at, nestedTooDeep(depthLimit));
    else if (wasWithin) this.#report(at, aliasBomb(alias.source, aliasLimit));
    return this.#nothing(at);
  }

  #nothing(at: Location): ScalarNode {
    return { kind: 'scalar', value: null, text: '', at };
  }

  #rangeOf(node: Node | null): Location {
    const [start, end] = node?.range ?? [0, 0];
    return this.at(start, end);
  }
}

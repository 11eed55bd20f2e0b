/** A user's mistake, as a value: collected, never thrown, shown all at once. */

import { deepestAt, entryOf, type LocatedNode, type Location, nodeAt, type Path } from './located-node.ts';

/** What is wrong, without the place. Each one is made by a factory in a `problems.ts`. */
export interface ProblemText {
  /** Names the kind of mistake, in kebab-case; stable, for tests and editors. */
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
}

export interface Problem extends ProblemText, Location {
  readonly severity: 'error' | 'warning';
  readonly path: Path;
}

export interface ProblemPlacing {
  /** Point at the key that holds the value instead of at the value. */
  readonly at?: 'key' | 'value';
  readonly severity?: 'error' | 'warning';
}

/** A problem at a location. */
export function problemAt(
  at: Location,
  path: Path,
  text: ProblemText,
  severity: 'error' | 'warning' = 'error',
): Problem {
  return { ...text, ...at, severity, path };
}

/**
 * A problem at a path of a document. A path that does not exist there points at the deepest part of it that does:
 * something is missing below that key.
 */
export function problemIn(
  document: LocatedNode,
  path: Path,
  text: ProblemText,
  placing: ProblemPlacing = {},
): Problem {
  return problemAt(locate(document, path, placing.at ?? 'value'), path, text, placing.severity);
}

/** Problems by file (in the order of `files`, then by name), line and column, each once. */
export function sortProblems(problems: readonly Problem[], files: readonly string[] = []): Problem[] {
  const rank = (file: string) => (files.includes(file) ? files.indexOf(file) : files.length);
  const distinct = new Map(
    problems.map((problem) => [`${problem.file}\n${problem.offset}\n${problem.message}`, problem]),
  );
  return [...distinct.values()].sort(
    (a, b) =>
      rank(a.file) - rank(b.file) || compare(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function locate(document: LocatedNode, path: Path, at: 'key' | 'value'): Location {
  const { node, depth } = deepestAt(document, path);
  const missing = depth < path.length;
  if (!missing && at === 'value') return node.at;
  if (node.kind === 'scalar' && missing) return node.at;
  return keyLocation(document, path.slice(0, depth)) ?? startOf(node.at);
}

/** The key that holds the node at a path; in a list, the start of the item. */
function keyLocation(document: LocatedNode, path: Path): Location | undefined {
  if (path.length === 0) return undefined;
  const parent = nodeAt(document, path.slice(0, -1));
  return entryOf(parent, path[path.length - 1])?.keyAt;
}

function startOf(at: Location): Location {
  return { ...at, length: Math.min(at.length, 1) };
}

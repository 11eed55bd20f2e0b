/** Reads one YAML document into a located tree. Nothing in it throws on what a user wrote. */

import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import { aliasLimit, depthLimit, type Origin, YamlLocator } from './locate-yaml.ts';
import type { LocatedNode } from './located-node.ts';
import { type Problem, problemAt } from './problem.ts';
import { badYaml, nestedTooDeep, severalDocuments, tabAsIndent, unknownTag } from './problems.ts';

export { aliasLimit, depthLimit };

export interface ReadYaml {
  /** Absent when the text is not YAML, or holds nothing. */
  readonly document?: LocatedNode;
  readonly problems: readonly Problem[];
}

/**
 * Reads YAML 1.2. Refused: several documents, duplicate keys, keys that are not text, unknown tags, tabs as
 * indentation, aliases that stand for too much, nesting without end.
 */
export function readYaml(
  text: string,
  file: string,
  origin: Origin = { file, offset: 0, line: 1, column: 1 },
): ReadYaml {
  const lines = new LineCounter();
  const locator = new YamlLocator(text, lines, origin);
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      merge: false,
      logLevel: 'silent',
    });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0)
      return { problems: distinctLines(faults.map((fault) => problemOf(fault, locator))) };
    if (document.contents === null) return { problems: [] };
    const root = locator.locate(document);
    return { document: root, problems: locator.problems };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { problems: [problemAt(locator.at(0, 1), [], nestedTooDeep(depthLimit))] };
  }
}

function problemOf(fault: YAMLError, locator: YamlLocator): Problem {
  const at = locator.at(fault.pos[0], Math.max(fault.pos[1], fault.pos[0] + 1));
  switch (fault.code) {
    case 'TAB_AS_INDENT':
      return problemAt(at, [], tabAsIndent());
    case 'MULTIPLE_DOCS':
      return problemAt({ ...at, length: 3 }, [], severalDocuments());
    case 'TAG_RESOLVE_FAILED':
      return problemAt(at, [], unknownTag(/![^\s,]*/.exec(fault.message)?.[0] ?? ''));
    default:
      return problemAt(at, [], badYaml(sentence(fault.message)));
  }
}

function sentence(message: string): string {
  const first = message.split('\n')[0].trim();
  return first.charAt(0).toLowerCase() + first.slice(1);
}

/** One slip makes the parser stumble several times over the rest of its line. */
function distinctLines(problems: readonly Problem[]): Problem[] {
  const lines = new Set<number>();
  return problems.filter(({ line }) => !lines.has(line) && lines.add(line));
}

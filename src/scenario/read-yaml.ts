/** Reads one YAML document into a located tree. Nothing in it throws on what a user wrote. */

import { Composer, type CST, LineCounter, Parser, type YAMLError } from 'yaml';
import { depthLimit, type Origin, YamlLocator } from './locate-yaml.ts';
import type { LocatedNode } from './located-node.ts';
import { type Problem, type ProblemText, problemAt } from './problem.ts';
import {
  badYaml,
  nestedTooDeep,
  severalDocuments,
  tabAsIndent,
  unknownTag,
  yamlDirective,
} from './problems.ts';

export interface ReadYaml {
  /** Absent when the text is not YAML, holds nothing, or has aliases that cannot be followed. */
  readonly document?: LocatedNode;
  readonly problems: readonly Problem[];
}

/**
 * Reads YAML 1.2. Refused: several documents, duplicate keys, keys that are not text, tags and directives, tabs as
 * indentation, aliases that stand for too much, nesting without end.
 */
export function readYaml(
  text: string,
  file: string,
  origin: Origin = { file, offset: 0, line: 1, column: 1 },
): ReadYaml {
  const lines = new LineCounter();
  const locator = new YamlLocator(text, lines, origin);
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const refused = refusedTokens(tokens);
  if (refused) return { problems: [problemAt(locator.at(refused.start, refused.end), [], refused.text)] };
  const [document] = new Composer({ uniqueKeys: false, merge: false }).compose(tokens, true, text.length);
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) return { problems: distinctLines(faults.map((fault) => problemOf(fault, locator))) };
  if (document.contents === null) return { problems: [] };
  const root = locator.locate(document);
  return { document: locator.isCut ? undefined : root, problems: locator.problems };
}

interface Refusal {
  readonly start: number;
  readonly end: number;
  readonly text: ProblemText;
}

/** What must be seen before nodes are composed: that recurses, and brackets without end would exhaust the stack. */
function refusedTokens(tokens: readonly CST.Token[]): Refusal | undefined {
  const directive = tokens.find((token) => token.type === 'directive');
  if (directive)
    return {
      start: directive.offset,
      end: directive.offset + directive.source.length,
      text: yamlDirective(),
    };
  const deep = tokens.map(tooDeepIn).find((offset) => offset !== undefined);
  if (deep !== undefined) return { start: deep, end: deep + 1, text: nestedTooDeep(depthLimit) };
  const [, second] = tokens.filter((token) => token.type === 'document');
  return second && { start: second.offset, end: second.offset + 3, text: severalDocuments() };
}

/** The offset of the first token that is nested too deep. Without recursion, whatever the depth. */
function tooDeepIn(root: CST.Token): number | undefined {
  const waiting: [CST.Token, number][] = [[root, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [token, depth] = next;
    if (depth > depthLimit) return token.offset;
    if (token.type === 'document' && token.value) waiting.push([token.value, depth]);
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) waiting.push([key, depth + 1]);
      if (value) waiting.push([value, depth + 1]);
    }
  }
  return undefined;
}

function problemOf(fault: YAMLError, locator: YamlLocator): Problem {
  const at = locator.at(fault.pos[0], Math.max(fault.pos[1], fault.pos[0] + 1));
  switch (fault.code) {
    case 'TAB_AS_INDENT':
      return problemAt(at, [], tabAsIndent());
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

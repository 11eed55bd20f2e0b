/** Turns zod's issues into problems: the text a person understands, at the node that it is about. */

import type { z } from 'zod';
import { setFile } from './apply-set.ts';
import { type LocatedNode, nodeAt, type Path } from './located-node.ts';
import { nearestWord } from './nearest.ts';
import { describe } from './nested-schema.ts';
import { type Problem, type ProblemText, problemIn } from './problem.ts';
import {
  didYouMean,
  invalidValue,
  missingKey,
  noValue,
  outOfBounds,
  unknownKey,
  unknownWord,
  wrongType,
} from './problems.ts';
import {
  detailOf,
  expectationOf,
  isWrongType,
  likeliestBranch,
  literalsOf,
  wordsOf,
} from './union-branch.ts';

type Issue = z.core.$ZodIssue;

/** The problems that one issue stands for: usually one, but an issue may name several unknown keys. */
export function problemsOf(issue: Issue, document: LocatedNode, base: Path = []): Problem[] {
  const path = [...base, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  if (issue.code === 'unrecognized_keys') {
    const known = JSON.parse(issue.message) as string[];
    return issue.keys.map((key) =>
      problemIn(document, [...path, key], unknownKey(key, known), { at: 'key' }),
    );
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map((inner) =>
      problemIn(document, path, textOf({ ...inner, input: path[path.length - 1] } as Issue), { at: 'key' }),
    );
  }
  const absent = absence(issue, document, path);
  if (absent) return [problemIn(document, path, absent, { at: 'key' })];
  if (issue.code === 'invalid_union') {
    const likeliest = likeliestBranch(issue);
    if (likeliest) return likeliest.flatMap((inner) => problemsOf(inner, document, path));
  }
  const { at } = detailOf(issue);
  return [problemIn(document, path, textOf(issue), { at })];
}

/** What to say when the value is not there at all, or nothing is written behind its key. */
function absence(issue: Issue, document: LocatedNode, path: Path): ProblemText | undefined {
  const key = path[path.length - 1];
  if (!isWrongType(issue) || typeof key !== 'string') return undefined;
  const node = nodeAt(document, path);
  if (node === undefined) {
    if (foundIn(issue) !== undefined) return undefined;
    const hint = misspeltName(document, path.slice(0, -1));
    return { ...missingKey(key, expectationOf(issue)), ...(hint === undefined ? {} : { hint }) };
  }
  const isEmpty = node.kind === 'scalar' && node.value === null && node.text === '';
  return isEmpty ? noValue(key, expectationOf(issue)) : undefined;
}

/** A setting that makes a new entry, and not all of it, beside one of nearly the same name was most likely meant for that one. */
function misspeltName(document: LocatedNode, path: Path): string | undefined {
  const [name] = path.slice(-1);
  const section = path.slice(0, -1);
  const siblings = nodeAt(document, section);
  if (typeof name !== 'string' || siblings?.kind !== 'map' || nodeAt(document, path)?.at.file !== setFile)
    return undefined;
  const names = siblings.entries.flatMap(({ key, value }) => (value.at.file === setFile ? [] : [key]));
  return didYouMean(nearestWord(name, names), `${section.join('.')}.`);
}

function textOf(issue: Issue): ProblemText {
  const found = foundIn(issue);
  const words = wordsOf(issue);
  const isWord = typeof found === 'string' || typeof found === 'number';
  if (words && isWord) return unknownWord(String(found), words);
  if (isWrongType(issue)) {
    const nearest = isWord ? nearestWord(String(found), literalsOf(issue)) : undefined;
    return wrongType(expectationOf(issue), describe(found), didYouMean(nearest));
  }
  switch (issue.code) {
    case 'too_small':
      return outOfBounds('at least', Number(issue.minimum), issue.inclusive ?? true, issue.input);
    case 'too_big':
      return outOfBounds('at most', Number(issue.maximum), issue.inclusive ?? true, issue.input);
    case 'invalid_format':
      return wrongType(
        issue.pattern === undefined ? `text like ${issue.format}` : `text like ${issue.pattern}`,
        describe(issue.input),
      );
    case 'not_multiple_of':
      return wrongType(`a multiple of ${issue.divisor}`, describe(issue.input));
    default: {
      const { code, expected, found, hint } = detailOf(issue);
      return invalidValue(issue.message, { code, expected, found, hint });
    }
  }
}

/** What stands there; under a discriminator that fits no form, the discriminator's value. */
function foundIn(issue: Issue): unknown {
  const key = issue.code === 'invalid_union' && issue.errors.length === 0 ? issue.discriminator : undefined;
  return key === undefined ? issue.input : (issue.input as Record<string, unknown>)[key];
}

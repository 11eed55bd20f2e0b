/**
 * What the author of a value most likely meant, where a schema allows several forms and none fits.
 *
 * Rule: forms that accept this type of value come first; among them those whose literals (`mode: sync`) fit; then
 * those that get furthest with fewest issues. If no form accepts the type, all of them are expected.
 */

import type { z } from 'zod';
import type { IssueDetail } from '../units/schema-class.ts';
import { listed } from './problems.ts';

type Issue = z.core.$ZodIssue;
type Union = z.core.$ZodIssueInvalidUnion;

const typeWords: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  tuple: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
};

/** What our own schemas say about an issue, beyond its message. */
export function detailOf(issue: Issue): IssueDetail {
  return issue.code === 'custom' ? ((issue.params ?? {}) as IssueDetail) : {};
}

/** Whether the value is of a kind that the schema does not take at all, so that nothing inside it was looked at. */
export function isWrongType(issue: Issue): boolean {
  if (issue.code === 'invalid_union')
    return formsOf(issue).every((form) => form.some((inner) => isAtRoot(inner) && isWrongType(inner)));
  return (
    issue.code === 'invalid_type' || issue.code === 'invalid_value' || detailOf(issue).code === 'wrong-type'
  );
}

/** The words that would be right in the place of a value, where only words would be. */
export function wordsOf(issue: Issue): string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code !== 'invalid_union') return undefined;
  if (issue.discriminator !== undefined && issue.errors.length === 0)
    return ('options' in issue ? (issue.options ?? []) : []).map(String);
  const forms = formsOf(issue).map((form) =>
    form.length === 1 && isAtRoot(form[0]) ? wordsOf(form[0]) : undefined,
  );
  return forms.length > 0 && forms.every((words) => words !== undefined) ? forms.flat() : undefined;
}

/** The words among what would be right in the place of a value. */
export function literalsOf(issue: Issue): string[] {
  return wordsOf(issue) ?? (issue.code === 'invalid_union' ? rootIssues(issue).flatMap(literalsOf) : []);
}

/** What would be right in the place of a value: `a map`, `all, a list or a map`. */
export function expectationOf(issue: Issue): string {
  const words = wordsOf(issue);
  if (words) return listed(words);
  if (issue.code === 'invalid_type') return typeWords[issue.expected] ?? String(issue.expected);
  if (issue.code === 'invalid_union') return listed([...new Set(rootIssues(issue).flatMap(expectations))]);
  return detailOf(issue).expected ?? issue.message;
}

/** Without examples, which would be lost in a list. */
function expectations(issue: Issue): string[] {
  return wordsOf(issue) ?? [expectationOf(issue).split(', such as ')[0]];
}

function rootIssues(union: Union): Issue[] {
  return formsOf(union).flatMap((form) => form.filter(isAtRoot));
}

/** The issues of the form that was most likely meant; undefined when no form takes this type of value. */
export function likeliestBranch(union: Union): readonly Issue[] | undefined {
  const candidates = formsOf(union).filter(
    (form) => !form.some((issue) => isAtRoot(issue) && isWrongType(issue)),
  );
  return candidates.sort(byLikelihood)[0];
}

function byLikelihood(one: readonly Issue[], other: readonly Issue[]): number {
  return literalMisses(one) - literalMisses(other) || one.length - other.length || depth(other) - depth(one);
}

function literalMisses(form: readonly Issue[]): number {
  return form.filter((issue) => issue.code === 'invalid_value' && issue.path.length === 1).length;
}

function depth(form: readonly Issue[]): number {
  return Math.max(...form.map((issue) => issue.path.length));
}

/** The forms of a union, those of unions directly within it among them. */
function formsOf(union: Union): (readonly Issue[])[] {
  return union.errors.flatMap((form) => {
    const [only] = form;
    return form.length === 1 && only.code === 'invalid_union' && isAtRoot(only) && only.errors.length > 0
      ? formsOf(only)
      : [form];
  });
}

function isAtRoot(issue: Issue): boolean {
  return issue.path.length === 0;
}

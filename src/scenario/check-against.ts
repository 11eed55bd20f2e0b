/** Checks a document against a schema, and says each mistake where it stands. */

import type { z } from 'zod';
import { problemsOf } from './issue-problems.ts';
import { type LocatedNode, plainValue } from './located-node.ts';
import { type Problem, sortProblems } from './problem.ts';

export interface CheckedScenario<Value> {
  /** The typed value; absent when there are problems. */
  readonly value?: Value;
  readonly problems: readonly Problem[];
}

/**
 * Runs a zod schema over a document. Every issue becomes a problem at the node it is about: an unknown key at the key,
 * a missing one at the key of its parent, an issue of a union as that of the branch that was most likely meant.
 */
export function checkAgainst<Schema extends z.ZodType>(
  schema: Schema,
  document: LocatedNode,
): CheckedScenario<z.output<Schema>> {
  const result = schema.safeParse(plainValue(document), { error: knownKeys, reportInput: true });
  if (result.success) return { value: result.data, problems: [] };
  return { problems: sortProblems(result.error.issues.flatMap((issue) => problemsOf(issue, document))) };
}

/** An issue of unknown keys does not say which keys are known; its schema does, and only a message survives. */
function knownKeys(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const { shape, keyType } = (issue.inst?._zod.def ?? {}) as { shape?: object; keyType?: z.core.$ZodType };
  return JSON.stringify(shape ? Object.keys(shape) : [...(keyType?._zod.values ?? [])]);
}

import type { z } from 'zod';
import { oneKey } from '../scenario/index.ts';
import type { StepConfig, StepDefinition } from './step.ts';

const verbs = new Map<string, StepDefinition>();

/**
 * A list of steps. The verbs belong to the kinds, and the kinds' schemas contain steps: so the list is looked up when a
 * scenario is parsed, not when the schema is made. `registerVerbs` is called once, by the list of kinds.
 */
export const stepList = (): z.ZodType<StepConfig[]> => steps;

const step = oneKey(
  () => Object.fromEntries([...verbs].map(([verb, definition]) => [verb, definition])),
  'step',
);
const steps = step.array() as unknown as z.ZodType<StepConfig[]>;

export function registerVerbs(definitions: readonly StepDefinition[]): void {
  for (const definition of definitions) {
    const other = verbs.get(definition.verb);
    if (other !== undefined && other !== definition)
      throw new Error(`two kinds bring the step ${definition.verb}`);
    verbs.set(definition.verb, definition);
  }
}

export const allVerbs = (): ReadonlyMap<string, StepDefinition> => verbs;

/** A list and all lists inside it. */
export function* walkLists(list: readonly StepConfig[]): Generator<readonly StepConfig[]> {
  yield list;
  for (const { verb, options } of list) {
    for (const child of verbs.get(verb)?.children?.(options) ?? []) yield* walkLists(child);
  }
}

/**
 * Every step of a list and of the lists inside, with how often it runs for one pass through the list.
 * @param isLeast how often at least: a cache may hit each time, a group may be one for many
 */
export function* walkSteps(
  list: readonly StepConfig[],
  times = 1,
  isLeast = false,
): Generator<{ step: StepConfig; times: number }> {
  for (const config of list) {
    yield { step: config, times };
    const definition = verbs.get(config.verb);
    const children = definition?.children?.(config.options) ?? [];
    for (const [at, child] of children.entries()) {
      const least = isLeast ? definition?.leastTimes : undefined;
      const each = least ?? definition?.times?.(config.options, at) ?? 1;
      if (each > 0 || !isLeast) yield* walkSteps(child, times * each, isLeast);
    }
  }
}

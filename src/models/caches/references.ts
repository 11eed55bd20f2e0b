import type { Design } from '../design.ts';
import { keyReach } from '../key-reach.ts';
import { type Load, operationsOf } from '../load.ts';
import type { StepConfig } from '../step.ts';
import { allVerbs, walkSteps } from '../steps.ts';
import { type CacheConfig, type KeyConfig, keyNames } from './config.ts';
import { type GetOptions, get } from './get.ts';
import { type InvalidateOptions, invalidate } from './invalidate.ts';
import { type PutOptions, put } from './put.ts';

/** What a step that is no lookup does to entries, in the caller's region or everywhere. */
export type Writing = 'here' | 'everywhere' | 'removes' | 'removes-everywhere';

export const removes = (writes: Writing | undefined): boolean =>
  writes === 'removes' || writes === 'removes-everywhere';

export const isEverywhere = (writes: Writing | undefined): boolean =>
  writes === 'everywhere' || writes === 'removes-everywhere';

/** What one run of an operation asks of a cache. */
export interface CacheReference {
  readonly cache: string;
  /** Region of the caller. */
  readonly region: string;
  /** The operation that asks. */
  readonly operation: string;
  /** undefined where neither the step nor the cache says. */
  readonly keys: readonly string[] | undefined;
  /** How often, on the mean, each time that what is around it runs. */
  readonly times: number;
  /** For a `put` or an `invalidate`: whether it writes or removes everywhere; undefined for a `get`. */
  readonly writes: Writing | undefined;
  /** What is asked of caches when this one misses; for a `get`. */
  readonly misses: readonly CacheReference[];
  /** Whether a miss loads something that then fills the cache. */
  readonly loads: boolean;
}

/** What a step does to a cache; undefined for a step of another kind. */
export function useOf({ verb, options }: StepConfig): CacheUse | undefined {
  if (verb === get.verb) {
    const { from, key, miss } = options as GetOptions;
    return { cache: from.name, key, writes: undefined, miss };
  }
  if (verb === put.verb) {
    const { to, key, everywhere } = options as PutOptions;
    return { cache: to.name, key, writes: everywhere ? 'everywhere' : 'here', miss: [] };
  }
  if (verb === invalidate.verb) {
    const { in: from, key, everywhere } = options as InvalidateOptions;
    return { cache: from.name, key, writes: everywhere ? 'removes-everywhere' : 'removes', miss: [] };
  }
  return undefined;
}

interface CacheUse {
  readonly cache: string;
  readonly key: KeyConfig | undefined;
  readonly writes: Writing | undefined;
  readonly miss: readonly StepConfig[];
}

/** Whether any caller of the design gets to a step that looks entries of a cache up. */
export const isRead = (cache: string, design: Design): boolean =>
  keyReach(design).some(({ operation }) =>
    [...walkSteps(operation.steps)].some(
      ({ step }) => step.verb === get.verb && useOf(step)?.cache === cache,
    ),
  );

/**
 * The references of one run of an operation in a region, its calls to other operations included. Branches of `choose`
 * count with their shares, as if they were independent.
 */
export function referencesOf(
  load: Load,
  design: Design,
  operation: string,
  region: string,
  inside: readonly string[] = [],
): CacheReference[] {
  const callable = load.callable(operation);
  if (callable === undefined || inside.includes(operation)) return [];
  const here = [...inside, operation];
  const ofSteps = (steps: readonly StepConfig[], times: number): CacheReference[] =>
    steps.flatMap((step) => ofStep(step, times));
  const ofStep = (step: StepConfig, times: number): CacheReference[] => {
    const { verb, options } = step;
    const use = useOf(step);
    if (use !== undefined) {
      const config = design.entry<CacheConfig>('caches', use.cache);
      const keys = config === undefined ? undefined : keyNames(use.key, config);
      const { cache, writes, miss } = use;
      return [
        { cache, region, operation, keys, times, writes, misses: ofSteps(miss, 1), loads: miss.length > 0 },
      ];
    }
    const definition = allVerbs().get(verb);
    const below = (definition?.children?.(options) ?? []).flatMap((child, at) =>
      ofSteps(child, times * (definition?.times?.(options, at) ?? 1)),
    );
    const called = operationsOf(step).flatMap((name) => {
      const there = load.nearest(region, load.callable(name)?.regions ?? []);
      return there === undefined ? [] : scaled(referencesOf(load, design, name, there, here), times);
    });
    return [...below, ...called];
  };
  return ofSteps(callable.steps, 1);
}

/** A reference and all that are asked when it misses. */
export function* withMisses(references: readonly CacheReference[]): Generator<CacheReference> {
  for (const reference of references) {
    yield reference;
    yield* withMisses(reference.misses);
  }
}

const scaled = (references: readonly CacheReference[], factor: number): CacheReference[] =>
  references.map((reference) => ({ ...reference, times: reference.times * factor }));

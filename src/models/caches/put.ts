import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import type { Cursor } from '../cursor.ts';
import { defineStep, Step } from '../step.ts';
import type { CacheKey } from './cache-key.ts';
import { type KeyConfig, keySchema } from './config.ts';
import type { CacheModel } from './model.ts';
import { Write, WriteBeside } from './write.ts';

export interface PutOptions {
  readonly to: Reference;
  readonly key?: KeyConfig;
  readonly everywhere: boolean;
}

/** Whether a step stands under a `miss`: what it writes is what was loaded, and nothing new. */
const isLoad = (path: string): boolean => path.includes('.miss.');

/** A value is new: all entries that have another one are stale from now on. */
class Acknowledged extends Step {
  constructor(
    next: Step,
    private readonly cache: CacheModel,
    private readonly key: CacheKey,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const { cache, key, next } = this;
    const number = key.numberOf(cursor.operation.keys);
    // What was written nowhere else is committed now.
    if (cursor.committedAt < 0) cursor.committedAt = cursor.now;
    if (!Number.isNaN(number)) cache.acknowledged(key, number, cursor.committedAt);
    cursor.go(next);
  }
}

export const put = defineStep<PutOptions>({
  verb: 'put',
  about: 'Writes an entry into the cache of the caller’s region and waits for it.',
  schema: z.strictObject({
    to: reference('caches', 'The cache.'),
    key: keySchema.optional().describe('What names the entry: a key or several. Default: the cache’s key.'),
    everywhere: z
      .boolean()
      .default(false)
      .describe('Writes into the other regions too, at the same time and without waiting for them.'),
  }) as unknown as z.ZodType<PutOptions>,
  short: 'to',
  compile: ({ to, key: own, everywhere }, context) => {
    const cache = context.wiring.find<CacheModel>('caches', to.name);
    const key = cache.keyOf(own);
    const draws = context.wiring.draws(context.path);
    const isNew = !isLoad(context.path);
    const write = new Write(context.next, cache, key, draws, 0, isNew);
    const others = cache.regions.slice(1).map((_, at) => at + 1);
    const isEverywhere = everywhere && others.length > 0;
    const writes = isEverywhere ? new WriteBeside(write, cache, key, draws, others, isNew, context) : write;
    return isNew ? new Acknowledged(writes, cache, key) : writes;
  },
});

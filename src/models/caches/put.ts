import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { defineStep } from '../step.ts';
import { type KeyConfig, keySchema } from './config.ts';
import type { CacheModel } from './model.ts';
import { Write, WriteBeside } from './write.ts';

export interface PutOptions {
  readonly to: Reference;
  readonly key?: KeyConfig;
  readonly everywhere: boolean;
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
    const write = new Write(context.next, cache, key, draws, 0);
    const others = cache.regions.slice(1).map((_, at) => at + 1);
    if (!everywhere || others.length === 0) return write;
    return new WriteBeside(write, cache, key, draws, others, context);
  },
});

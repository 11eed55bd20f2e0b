import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Cursor } from '../cursor.ts';
import { defineStep, Step } from '../step.ts';
import type { CacheKey } from './cache-key.ts';
import { type KeyConfig, keySchema } from './config.ts';
import { messageSize } from './defaults.ts';
import type { CacheModel } from './model.ts';
import { AtNode, drawsAVisit, Visit } from './visit.ts';

export interface InvalidateOptions {
  readonly in: Reference;
  readonly key?: KeyConfig;
  readonly everywhere: boolean;
}

/** Tells the other regions' caches, and removes the entry in the caller's own. */
class Invalidate extends Step {
  private readonly visit: Visit;

  constructor(
    next: Step,
    private readonly cache: CacheModel,
    private readonly key: CacheKey,
    private readonly draws: KeyedDraws,
    private readonly isEverywhere: boolean,
  ) {
    super(next);
    this.visit = new Visit(cache, key, draws, 0, cache.putTime, cache.segments.writes);
    this.visit.goesTo(new Removes(next, key, this.visit));
  }

  enter(cursor: Cursor): void {
    const { cache, key } = this;
    const number = key.numberOf(cursor.operation.keys);
    if (Number.isNaN(number)) {
      cursor.fail('no-key');
      return;
    }
    cache.acknowledged(key, number, cursor.committedAt < 0 ? cursor.now : cursor.committedAt);
    if (this.isEverywhere) this.tellOthers(cursor, number);
    this.visit.depart(cursor, messageSize);
  }

  private tellOthers({ high, low, place, word }: Cursor, number: number): void {
    const { cache, draws, key } = this;
    const order = cache.orderFrom(place);
    for (let at = 1; at < order.length; at += 1) {
      const uniform = draws.uniform(high, low, word | (at * drawsAVisit));
      cache.invalidations.send(place, order[at], key, number, uniform);
    }
  }
}

/** At a node that removes an entry. Whom no acknowledgement reaches goes on without. */
class Removes extends AtNode {
  constructor(
    next: Step,
    private readonly key: CacheKey,
    private readonly visit: Visit,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const { key, visit } = this;
    const region = visit.regionFor(cursor);
    const number = key.numberOf(cursor.operation.keys);
    const node = region.nodeOf(key, number);
    if (visit.isUnheard(cursor, region, node)) return;
    region.remove(node, number, cursor.now);
    const answerAt = visit.answerAt(cursor, region, node, messageSize);
    if (answerAt <= cursor.answerBy) cursor.resumeAt(answerAt, this.next);
    else visit.late(cursor, answerAt, this.next);
  }

  unanswered(cursor: Cursor): void {
    cursor.go(this.next);
  }
}

export const invalidate = defineStep<InvalidateOptions>({
  verb: 'invalidate',
  about:
    'Removes an entry from the cache of the caller’s region and waits for that; tells the other regions’ caches without waiting. Put it after the write that makes the entry untrue.',
  schema: z.strictObject({
    in: reference('caches', 'The cache.'),
    key: keySchema.optional().describe('What names the entry: a key or several. Default: the cache’s key.'),
    everywhere: z
      .boolean()
      .default(true)
      .describe('Whether the other regions are told, by the cache’s invalidation. Default: yes.'),
  }) as unknown as z.ZodType<InvalidateOptions>,
  short: 'in',
  compile: ({ in: to, key: own, everywhere }, context) => {
    const cache = context.wiring.find<CacheModel>('caches', to.name);
    const draws = context.wiring.draws(context.path);
    return new Invalidate(context.next, cache, cache.keyOf(own), draws, everywhere);
  },
});

import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { Brancher } from '../control/branch.ts';
import type { Cursor } from '../cursor.ts';
import { defineStep, Step, type StepConfig, type StepContext } from '../step.ts';
import { stepList } from '../steps.ts';
import { AskAll } from './ask-all.ts';
import { asksRemote, type KeyConfig, keySchema } from './config.ts';
import { Ask, AtLocalNode, AtRemoteNode, Begin, type LookupSite, visitAt } from './lookup.ts';
import type { CacheModel } from './model.ts';
import { Write, WriteBeside } from './write.ts';

export interface GetOptions {
  readonly from: Reference;
  readonly key?: KeyConfig;
  readonly miss: readonly StepConfig[];
}

/** The beginning of a load: where it reads nothing that says so itself, what it brings is current as of now. */
class BeginLoad extends Step {
  enter(cursor: Cursor): void {
    cursor.readAt = cursor.now;
    cursor.go(this.next);
  }
}

/** The end of a load that others wait for: leaves its frame, which tells them. */
class EndOfLoad extends Step {
  constructor() {
    super(undefined as unknown as Step);
  }

  enter(cursor: Cursor): void {
    cursor.pop();
  }
}

export const get = defineStep<GetOptions>({
  verb: 'get',
  about:
    'Looks an entry up in a cache: in the caller’s region, then in the others where the cache says so. On a miss runs the steps under `miss`, then fills the cache.',
  schema: z.strictObject({
    from: reference('caches', 'The cache.'),
    key: keySchema.optional().describe('What names the entry: a key or several. Default: the cache’s key.'),
    miss: stepList()
      .default([])
      .describe('What loads the entry, for example a read from a database. Without it nothing is filled.'),
  }) as unknown as z.ZodType<GetOptions>,
  short: 'from',
  children: ({ miss }) => [miss],
  leastTimes: 0,
  compile: (options, context) => {
    const cache = context.wiring.find<CacheModel>('caches', options.from.name);
    const key = cache.keyOf(options.key);
    const after = cache.config.singleFlight ? new EndOfLoad() : context.next;
    const fill = fillStep(cache, options, after, context);
    const nowhere =
      options.miss.length === 0 ? after : new BeginLoad(context.nested(options.miss, 'miss', fill));
    const draws = context.wiring.draws(context.path);
    const site: LookupSite = { cache, key, draws, found: fill, nowhere };
    const visit = visitAt(site, 0);
    const atNode = new AtLocalNode(context.next, site, visit, remoteLookups(site, context));
    return new Begin(site, visit, atNode);
  },
});

function fillStep(cache: CacheModel, options: GetOptions, after: Step, context: StepContext): Step {
  const key = cache.keyOf(options.key);
  const draws = context.wiring.draws(`${context.path}.fill`);
  switch (cache.config.fill) {
    case 'local':
      return new Write(after, cache, key, draws, 0, false);
    case 'local-async':
      return new WriteBeside(after, cache, key, draws, [0], false, context);
    case 'none':
      return after;
  }
}

/** What asks the other regions; undefined where nobody is to be asked. */
function remoteLookups(site: LookupSite, context: StepContext): Step | undefined {
  const { cache } = site;
  if (!asksRemote(cache.config) || cache.regions.length < 2) return undefined;
  if (cache.config.remote === 'parallel') {
    return new AskAll(site, new Brancher(context.wiring.cursors, context.path));
  }
  let ask: Step | undefined;
  for (let position = cache.regions.length - 1; position > 0; position -= 1) {
    const visit = visitAt(site, position);
    ask = new Ask(visit, new AtRemoteNode(site, visit, ask));
  }
  return ask;
}

import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import { databasesSection } from '../contracts/database.ts';
import { Brancher } from '../control/branch.ts';
import { defineStep } from '../step.ts';
import { consistency } from './config.ts';
import type { DatabaseModel } from './model.ts';
import { ageOption, whereOption } from './partitions/config.ts';
import { Read } from './read.ts';
import type { ReadOptions } from './read-policy.ts';
import { Scan } from './scan.ts';
import type { WriteOptions } from './uses.ts';
import { WriteRows } from './write-rows.ts';

const database = reference('databases', 'Database.');
const key = reference('keys', 'Key whose text is hashed for the shard. Default: that of shardBy.').optional();
const row = reference(
  'keys',
  'Key that names the row: an answer is stale while a committed write of the same row is not applied. Default: the key that places it; without any, all of a shard is one row.',
).optional();
const reading = {
  consistency: consistency
    .optional()
    .describe(
      'primary: the newest. replica: the nearest replica. nearest: the nearest copy. Default: the database’s readFrom.',
    ),
  maxStaleness: quantity('duration', {
    positive: true,
    about: 'Replicas further behind are passed by. Default: that of the database’s replication.',
  }).optional(),
};

interface FromOptions extends ReadOptions {
  readonly from: Reference;
}

interface ToOptions extends WriteOptions {
  readonly to: Reference;
}

const outbox = reference(
  'topics',
  'Topic of an event that is committed with the write and published by the outbox’s relay, at least once.',
).optional();

const waitFor = z
  .strictObject({
    replicas: quantity('count', { integer: true, min: 1, about: 'How many replicas must have answered.' }),
    until: z
      .enum(['received', 'flushed', 'applied'])
      .default('applied')
      .describe(
        'What an answer means. received: the replica has it in memory. flushed: on its disk. applied: whoever reads there sees it.',
      ),
    deadline: quantity('duration', {
      positive: true,
      about: 'How long to wait, from the commit on the primary. Default: as long as it takes.',
    }).optional(),
    else: z
      .enum(['fail', 'go-on'])
      .default('fail')
      .describe(
        'What becomes of a write whose deadline has passed; it is on the primary in any case. fail: the operation fails. go-on: as if nobody had waited.',
      ),
  })
  .describe('Replicas that must answer before the write is acknowledged: strong consistency.');

export const read = defineStep<FromOptions>({
  verb: 'read',
  about: 'Reads a row of a database, from the primary or a replica.',
  schema: z.strictObject({ from: database, key, row, ...reading, age: ageOption, where: whereOption }),
  short: 'from',
  compile: (options, { next, path, wiring }) =>
    new Read(next, wiring.find<DatabaseModel>(databasesSection, options.from.name), path, options),
});

export const write = defineStep<ToOptions>({
  verb: 'write',
  about:
    'Writes a row of a database on its shard’s primary and waits until it is on disk there. The flush of a batch writes all its rows, one statement a shard.',
  schema: z.strictObject({
    to: database,
    key,
    row,
    age: ageOption,
    where: whereOption,
    waitFor: waitFor.optional(),
    outbox,
  }),
  short: 'to',
  publishes: ({ outbox }) => outbox?.name,
  spans: (list, at, wiring) => {
    const { to } = list[at].options as ToOptions;
    return wiring.find<DatabaseModel>(databasesSection, to.name).spansOf(list, at);
  },
  compile: (options, { next, path, wiring }) => {
    const model = wiring.find<DatabaseModel>(databasesSection, options.to.name);
    return new WriteRows(next, model, path, options, new Brancher(wiring.cursors, path));
  },
});

export const scan = defineStep<FromOptions>({
  verb: 'scan',
  about: 'Asks all shards of a database side by side and waits for the last.',
  schema: z.strictObject({ from: database, ...reading, where: whereOption }),
  short: 'from',
  compile: (options, { next, path, wiring }) => {
    const model = wiring.find<DatabaseModel>(databasesSection, options.from.name);
    return new Scan(next, model, path, options, new Brancher(wiring.cursors, path));
  },
});

import { z } from 'zod';
import { name, type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import type { StepConfig } from '../step.ts';
import { stepList } from '../steps.ts';

const itsName = name(
  'What it is called in metrics: batches.<name>. Without a name it is not measured.',
).optional();

export const batchSchema = z.strictObject({
  name: itsName,
  size: quantity('count', {
    integer: true,
    min: 1,
    about: 'Entries that fill it: whoever adds the last one runs the flush and waits for it.',
  }),
  tick: quantity('duration', {
    positive: true,
    about: 'An instance flushes what it has this often, whenever it began: a timer an instance.',
  }).optional(),
  maxAge: quantity('duration', {
    positive: true,
    about: 'A batch is flushed this long after its first entry: a timer a batch.',
  }).optional(),
  await: z
    .boolean()
    .default(false)
    .describe('true: who adds an entry waits until it is flushed. false: goes on at once.'),
  locking: z
    .enum(['swap', 'none'])
    .default('swap')
    .describe(
      'swap: a flush takes the list, and a new one begins. none: a list that nothing guards, written and then cleared: what is added while it is written is cleared with it, and lost.',
    ),
  overlap: quantity('count', {
    integer: true,
    min: 1,
    about: 'Flushes of an instance that may be under way at once; more wait. Default: 1.',
  }).optional(),
  capacity: quantity('count', {
    integer: true,
    min: 1,
    about:
      'Entries in an instance’s memory, those being flushed included; then who adds one waits. Default: no bound.',
  }).optional(),
  onStop: z
    .enum(['flush', 'lose'])
    .default('flush')
    .describe('What an instance that is let go does with what it has in memory.'),
  do: stepList().describe(
    'The flush: runs once a batch. A write in it is one statement with a row an entry.',
  ),
});

export interface BatchOptions {
  readonly name?: string;
  readonly size: number;
  /** Seconds. */
  readonly tick?: number;
  /** Seconds. */
  readonly maxAge?: number;
  readonly await: boolean;
  readonly locking: 'swap' | 'none';
  readonly overlap?: number;
  readonly capacity?: number;
  readonly onStop: 'flush' | 'lose';
  readonly do: readonly StepConfig[];
}

export const groupBySchema = z.strictObject({
  name: itsName,
  keys: z
    .array(reference('keys'))
    .min(1)
    .describe('Records of a poll that have the same values of these keys are one group.'),
  parallel: quantity('count', {
    integer: true,
    min: 1,
    default: 1,
    about: 'Groups of a poll that are worked on at once.',
  }),
  onFailure: z
    .enum(['stop', 'go-on'])
    .default('stop')
    .describe(
      'stop: once a group has failed, the poll’s groups that have not begun fail with it, as a loop does that an exception leaves. go-on: the others are done all the same.',
    ),
  do: stepList().describe(
    'Runs once a group, when the poll’s last record is there: a write in it is one row.',
  ),
});

export interface GroupByOptions {
  readonly name?: string;
  readonly keys: readonly Reference[];
  readonly parallel: number;
  readonly onFailure: 'stop' | 'go-on';
  readonly do: readonly StepConfig[];
}

import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import type { AssignorName } from '../algorithms/consumption/index.ts';

export const consumerSchema = z.strictObject({
  topic: reference('topics', 'What it reads.'),
  call: reference(
    'operations',
    'What each record calls: service.operation, on the instances of that service.',
  ),
  maxPoll: quantity('count', {
    integer: true,
    min: 1,
    default: 500,
    about: 'Records that a member takes at once at most, before it commits.',
  }),
  members: quantity('count', {
    integer: true,
    min: 1,
    default: 1,
    about: 'Members on each instance of the called service; each works on one record at a time.',
  }),
  assignor: z
    .enum(['range', 'round-robin', 'sticky', 'cooperative-sticky'])
    .default('range')
    .describe('Who owns which partition. range: neighbouring partitions together. The others: in turn.'),
  commit: z
    .enum(['after'])
    .default('after')
    .describe('When offsets are committed. after: at the end of each poll, once its records are processed.'),
});

export interface ConsumerConfig {
  readonly topic: Reference;
  /** `service.operation` */
  readonly call: Reference;
  readonly maxPoll: number;
  readonly members: number;
  readonly assignor: AssignorName;
  readonly commit: 'after';
}

export const serviceOf = ({ call }: ConsumerConfig): string => call.name.split('.')[0];

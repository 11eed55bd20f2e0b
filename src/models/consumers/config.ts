import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import type { AssignorName } from '../algorithms/consumption/index.ts';
import { attemptLimit } from '../operation.ts';

const retries = z.strictObject({
  max: quantity('count', {
    integer: true,
    max: attemptLimit - 1,
    default: 3,
    about: 'Attempts after the first. The record keeps its place meanwhile, and its member waits with it.',
  }),
  backoff: z
    .enum(['full-jitter', 'exponential', 'none'])
    .default('full-jitter')
    .describe('exponential: base × 2^attempt, capped. full-jitter: a random time up to that.'),
  base: quantity('duration', { default: '100ms', about: 'First bound of the back-off.' }),
  cap: quantity('duration', { default: '20s', about: 'Largest bound of the back-off.' }),
});

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
    .describe(
      'Who owns which partition. range: neighbouring partitions together. round-robin: in turn. sticky: in turn, and as before where that is even. With these three all partitions stop at a rebalance; cooperative-sticky: as sticky, and only those stop that move.',
    ),
  commit: z
    .enum(['after', 'before', 'after-flush'])
    .default('after')
    .describe(
      'When offsets are committed. after: when a poll’s records are processed; a crash does some again. before: as soon as they are polled; a crash loses some. after-flush: as far as everything is done, batches flushed; a crash loses nothing.',
    ),
  retries: retries
    .optional()
    .describe('What is done about a record whose call fails. Default: it is passed over.'),
  deadLetter: reference(
    'topics',
    'Where records are published whose call failed for good. Default: nowhere, they are counted and passed over.',
  ).optional(),
  mirrored: z
    .union([z.boolean(), reference('regions')])
    .default(false)
    .describe(
      'Whether it also reads what other regions published and the cluster mirrors. true: in the one region where its service stands; a region: there, and nowhere else.',
    ),
  failover: z
    .strictObject({
      to: reference('regions', 'The region whose instances go on for a region that is lost, from copies.'),
      after: quantity('duration', {
        default: '1m',
        about: 'How long the health checks of `routing` must have found a region unhealthy by then.',
      }),
      checkpoints: quantity('duration', {
        positive: true,
        default: '60s',
        about: 'How often it is noted there how far the group has come: what was done since is done again.',
      }),
    })
    .optional()
    .describe(
      'What becomes of a region’s records while it is unhealthy. Default: they wait. With it another region reads its copies (`clusters.X.mirror`), from translated offsets as MirrorMaker 2 knows them.',
    ),
  sessionTimeout: quantity('duration', {
    positive: true,
    default: '45s',
    about: 'How long after its last heartbeat a member is taken for dead.',
  }),
  heartbeatInterval: quantity('duration', {
    positive: true,
    default: '3s',
    about: 'Between two heartbeats of a member, with which it hears of a rebalance, too.',
  }),
  maxPollInterval: quantity('duration', {
    positive: true,
    default: '5m',
    about: 'How long a member may work on one poll: after that it is out, and others do its records again.',
  }),
  initialDelay: quantity('duration', {
    default: '3s',
    about: 'How long the first members of an empty group wait for others.',
  }),
});

export interface RetriesConfig {
  readonly max: number;
  readonly backoff: 'full-jitter' | 'exponential' | 'none';
  /** Seconds. */
  readonly base: number;
  /** Seconds. */
  readonly cap: number;
}

export interface FailoverConfig {
  readonly to: Reference;
  /** Seconds, both. */
  readonly after: number;
  readonly checkpoints: number;
}

export interface ConsumerConfig {
  readonly topic: Reference;
  /** `service.operation` */
  readonly call: Reference;
  readonly maxPoll: number;
  readonly members: number;
  readonly assignor: AssignorName;
  readonly commit: 'after' | 'before' | 'after-flush';
  readonly retries?: RetriesConfig;
  readonly deadLetter?: Reference;
  readonly mirrored: boolean | Reference;
  readonly failover?: FailoverConfig;
  /** Seconds, as the others. */
  readonly sessionTimeout: number;
  readonly heartbeatInterval: number;
  readonly maxPollInterval: number;
  readonly initialDelay: number;
}

export const serviceOf = ({ call }: ConsumerConfig): string => call.name.split('.')[0];

import { z } from 'zod';
import { type Reference, reference, shares } from '../../scenario/index.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import { type ClientConfig, clientShape } from '../client/config.ts';
import type { ResidencyConfig } from '../contracts/residency.ts';
import { distribution } from '../distribution.ts';
import { type ArrivalsConfig, arrivalsSchema } from './arrivals-config.ts';
import { type ConnectionConfig, connectionShape } from './connections-config.ts';

const client = z.strictObject({ ...clientShape, ...connectionShape });

const residency = z
  .strictObject({
    allow: z.array(reference('regions')).optional().describe('The only regions that the data may go to.'),
    forbid: z.array(reference('regions')).optional().describe('Regions that the data may not go to.'),
  })
  .describe(
    'Where the callers’ data may be. Whom no allowed region can serve is refused, not sent elsewhere: `allow` or `forbid`.',
  );

const session = z.strictObject({
  open: reference(
    'operations',
    'What the first call of a session is, where it differs from the others.',
  ).optional(),
  turns: distribution('count').describe('Calls of a session.'),
  think: distribution('duration').describe('From an answer to the next call.'),
  onFailure: z
    .enum(['abandon', 'continue'])
    .default('abandon')
    .describe(
      'After a call that failed for good: abandon the session (what it did not send counts as unavailable), or go on.',
    ),
});

/** Each has a draw of its own: see `drawOf`. */
const mostKeys = 48;

export const workloadSchema = z.strictObject({
  arrivals: arrivalsSchema,
  from: shares({
    of: 'origins',
    about: 'Where the callers are. Default: beside the first region, without delay.',
  }).optional(),
  keys: z
    .array(reference('keys'))
    .max(mostKeys)
    .default([])
    .describe('Keys that each operation (or session) carries.'),
  residency: residency.optional(),
  client: client.prefault({}).describe('How callers wait and retry.'),
  session: session
    .optional()
    .describe('Arrivals are sessions of several calls. Default: each arrival is one call.'),
  call: reference('operations', 'What is called: service.operation.'),
});

export interface SessionConfig {
  readonly open?: Reference;
  readonly turns: Distribution;
  readonly think: Distribution;
  readonly onFailure: 'abandon' | 'continue';
}

export interface WorkloadConfig {
  readonly arrivals: ArrivalsConfig;
  readonly from?: Readonly<Record<string, number>>;
  readonly keys: readonly Reference[];
  readonly residency?: ResidencyConfig;
  readonly client: ClientConfig & ConnectionConfig;
  readonly session?: SessionConfig;
  readonly call: Reference;
}

/** Whether an attempt that was given up may be done after all, and a later one, too. */
export const canDuplicate = ({ client }: WorkloadConfig): boolean =>
  client.timeout !== undefined && (client.retries?.max ?? 0) > 0;

/** Calls for one arrival, on the mean. A session has at least one. */
export const callsPerArrival = (config: WorkloadConfig): number =>
  Math.max(1, config.session?.turns.mean ?? 1);

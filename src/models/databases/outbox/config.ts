import { z } from 'zod';
import { quantity } from '../../../units/index.ts';

const common = {
  interval: quantity('duration', {
    positive: true,
    about: 'How long the relay sleeps when it has found nothing. Default: 500 ms.',
  }).optional(),
  restart: quantity('duration', {
    about: 'How long after a crash the relay is back. Default: 10 s.',
  }).optional(),
};
const batch = (most: number) =>
  quantity('count', {
    integer: true,
    min: 1,
    about: `Events that it takes at a time. Default: ${most}.`,
  }).optional();

const polling = z.strictObject({
  relay: z
    .literal('polling')
    .describe('Asks the database for events and marks what it has published: work for the primary.'),
  ...common,
  batch: batch(1000),
});

const tailing = z.strictObject({
  relay: z
    .literal('cdc')
    .describe('Reads the database’s log, and notes from time to time how far it has come.'),
  ...common,
  batch: batch(2048),
  checkpoint: quantity('duration', {
    positive: true,
    about: 'How often it notes how far it has come: a crash publishes again what came after. Default: 60 s.',
  }).optional(),
});

export const outboxSchema = z
  .discriminatedUnion('relay', [polling, tailing])
  .describe('How events that writes leave in the outbox get to their topic: by a relay of each shard.');

export interface OutboxConfig {
  readonly relay: 'polling' | 'cdc';
  /** Seconds, as the others. */
  readonly interval?: number;
  readonly restart?: number;
  readonly checkpoint?: number;
  readonly batch?: number;
}

/** A relay's settings with nothing left open; in ticks. */
export interface RelaySettings {
  readonly isPolling: boolean;
  readonly interval: number;
  readonly restart: number;
  readonly checkpoint: number;
  readonly batch: number;
}

import { z } from 'zod';
import { quantity } from '../../units/index.ts';

/** How callers find and keep their way to a service: options of a workload's client. */
export const connectionShape = {
  keepAlive: quantity('duration', {
    positive: true,
    about:
      'How long an unused connection is kept open. While it is open, calls go where it leads, whatever DNS says.',
  }).optional(),
  reresolve: z
    .enum(['on-connect', 'on-error', 'never'])
    .optional()
    .describe(
      'When a caller asks for the address again. on-connect: for each new connection. on-error: only after a failure, so that whoever fled from a region stays away. never: he keeps the first one for good.',
    ),
  connectionLifetime: quantity('duration', {
    positive: true,
    about:
      'How long he goes on with an address, and a connection, that works: at the next call after that he asks again, and opens another. Default: for good.',
  }).optional(),
  connectTimeout: quantity('duration', {
    positive: true,
    about: 'How long he waits for a connection to be opened. Default: as long as `timeout`.',
  }).optional(),
  handshake: quantity('count', {
    integer: true,
    max: 10,
    about: 'Round trips until a new connection can be used. Default: 2, TCP and TLS 1.3.',
  }).optional(),
  callers: quantity('count', {
    integer: true,
    min: 1,
    max: 10_000_000,
    about:
      'Callers that keep connections, over all origins; each arrival is one of them. Sessions are callers of their own. Default: 1000.',
  }).optional(),
};

export interface ConnectionConfig {
  /** Seconds. */
  readonly keepAlive?: number;
  readonly reresolve?: Reresolve;
  /** Seconds. */
  readonly connectionLifetime?: number;
  /** Seconds. */
  readonly connectTimeout?: number;
  readonly handshake?: number;
  readonly callers?: number;
}

export type Reresolve = 'on-connect' | 'on-error' | 'never';

/** Whether callers open connections and keep them; else each attempt goes where DNS leads, over one that is there. */
export const keepsConnections = (config: ConnectionConfig): boolean =>
  config.keepAlive !== undefined ||
  config.reresolve !== undefined ||
  config.connectionLifetime !== undefined ||
  config.connectTimeout !== undefined;

export const defaultCallers = 1000;
export const defaultKeepAlive = 60;
export const defaultHandshake = 2;

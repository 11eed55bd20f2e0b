import { formatQuantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import { checksMayFail } from '../fault.ts';
import type { Finding } from '../kind.ts';
import type { WorkloadConfig } from './config.ts';
import {
  type ConnectionConfig,
  defaultCallers,
  defaultKeepAlive,
  keepsConnections,
} from './connections-config.ts';

/** Whether callers who were sent to another region will learn that their own is back. */
export function checkComingBack(config: WorkloadConfig, design: Design): Finding[] {
  const { client } = config;
  if (client.reresolve === 'never' && client.connectionLifetime !== undefined)
    return [
      {
        path: ['client', 'connectionLifetime'],
        message: 'whoever never asks for the address again does not do so after a while either',
        expected: 'reresolve: on-connect or on-error beside it',
      },
    ];
  const mayFlee = design.regions.length > 1 && checksMayFail(design);
  if (!mayFlee || !keepsConnections(client) || client.connectionLifetime !== undefined) return [];
  if (client.reresolve === 'on-error') return [staysAway];
  return client.reresolve === 'never' || config.session !== undefined ? [] : checkIdle(config, design);
}

const staysAway: Finding = {
  path: ['client', 'reresolve'],
  message:
    'who was sent to another region does not come back when his own is well again: he asks for the address only after a failure, and nothing fails where he is',
  expected: 'on-connect, or a connectionLifetime beside it',
  hint: 'connectionLifetime: 10m',
  severity: 'warning',
};

/**
 * Seconds until a caller leaves his connection idle for so long that it is closed: the mean time until the first gap of k
 * or more in a Poisson process of rate λ, (e^(λk) − 1) / λ; the gap itself is in it.
 */
export const timeUntilIdle = (rate: number, keepAlive: number): number => Math.expm1(rate * keepAlive) / rate;

/** Calls a second of one caller, on the mean. */
const callerRate = ({ arrivals }: WorkloadConfig, { callers = defaultCallers }: ConnectionConfig): number =>
  arrivals.rate / callers;

/** Callers who call so often that their connections are never closed do not ask for the address either. */
function checkIdle(config: WorkloadConfig, design: Design): Finding[] {
  const { client } = config;
  const keepAlive = client.keepAlive ?? defaultKeepAlive;
  const rate = callerRate(config, client);
  const wait = timeUntilIdle(rate, keepAlive);
  if (wait <= design.run.duration) return [];
  const [gap, kept, mean] = [1 / rate, keepAlive, wait].map((time) => formatQuantity(time, 'duration'));
  const longer = wait > 1e9 ? 'practically never' : `after ${mean} on the mean`;
  return [
    {
      path: ['client'],
      message: `who was sent to another region comes back late when his own is well again: he calls every ${gap}, and a connection is closed that is idle for ${kept}: ${longer}`,
      expected: 'a connectionLifetime, a shorter keepAlive, or more callers',
      hint: 'connectionLifetime: 10m',
      severity: 'warning',
    },
  ];
}

import { constant, type Distribution } from '../../sim/distributions/index.ts';
import type { Assumption } from '../kind.ts';
import { type CacheConfig, placements } from './config.ts';

/** Measured at Redis 7.0.15 without pipelining, on 2 vCPUs that the client shared: 48,000 GET and 38,000 SET a second. */
const getTime = 21e-6;
const putTime = 26e-6;

/** Jedis’s socketTimeoutMillis and connectionTimeoutMillis, in seconds. */
export const clientTimeout = 2;

/** Bytes of an entry where the author does not say. */
const defaultEntrySize = 1024;

/** Bytes that ask for an entry or acknowledge a write: a key of about 50 characters and the protocol around it. */
export const messageSize = 100;

export const getTimeOf = (config: CacheConfig): Distribution => config.serviceTime?.get ?? constant(getTime);
export const putTimeOf = (config: CacheConfig): Distribution => config.serviceTime?.put ?? constant(putTime);
export const entrySizeOf = (config: CacheConfig): number => config.entrySize ?? defaultEntrySize;

/** What the scenario leaves open, with what Headroom takes in its place. */
export function cacheAssumptions(
  name: string,
  config: CacheConfig,
  regions: readonly string[],
  isPrefilled: boolean,
  canFail: boolean,
): Assumption[] {
  const about = (what: string) => `caches.${name}: ${what}`;
  const assumptions: Assumption[] = [];
  if (config.serviceTime?.get === undefined || config.serviceTime.put === undefined) {
    assumptions.push({
      about: about('time of a node for a lookup and for a write'),
      value: `${getTime * 1e6} µs and ${putTime * 1e6} µs`,
      source:
        'Redis 7.0.15 without pipelining: 48,000 GET and 38,000 SET a second on 2 vCPUs shared with the client (measured)',
    });
  }
  const { timeout, connectTimeout } = config.client ?? {};
  if (canFail && (timeout === undefined || connectTimeout === undefined)) {
    assumptions.push({
      about: about('how long its callers wait for an answer or a connection'),
      value: `${clientTimeout} s`,
      source: 'Jedis, DefaultJedisClientConfig: socketTimeoutMillis and connectionTimeoutMillis 2000',
    });
  }
  if (config.entrySize === undefined) {
    assumptions.push({ about: about('size of an entry'), value: '1 KiB', source: 'assumed' });
  }
  if (config.nodes === 1 && placements(config, regions).every(({ nodes }) => nodes === 1)) {
    assumptions.push({ about: about('nodes in each region'), value: '1', source: 'assumed' });
  }
  if (isPrefilled) {
    assumptions.push({
      about: about('what it holds at the start'),
      value: 'what the expected load of the first instant would leave, answered without delay',
      source:
        'stationary law of LRU under independent references; sessions, other policies and remote lookups: a prelude of at most a million calls, not measured',
    });
  }
  return assumptions;
}

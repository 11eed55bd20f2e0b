import { Redis } from 'ioredis';
import { UnusableQueue } from './errors.ts';

/** Milliseconds. */
const answerWithin = 5_000;

/** `redis://host:6379` as it may be printed: without its password. */
export function shownUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed === undefined ? url : `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

/** @throws UnusableQueue for what is no address of a Redis */
export function checkUrl(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'redis:' && protocol !== 'rediss:')
    throw new UnusableQueue(`${shownUrl(url)} is no address of a Redis: redis://host:6379 or rediss://…`);
}

/**
 * A connection that comes back by itself for as long as it takes. The server must answer now, though, or whoever
 * mistyped its address would wait for ever.
 * @throws UnusableQueue
 */
export async function openRedis(url: string, patience = answerWithin): Promise<Redis> {
  checkUrl(url);
  await probe(url, patience);
  return connection(url);
}

/** A connection that waits for its server. BullMQ asks for commands that are never given up. */
export const connection = (url: string): Redis => {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    connectTimeout: answerWithin,
    retryStrategy: (times) => Math.min(times * 100, 2_000),
  });
  // Without a listener ioredis prints each failed attempt; whoever cares listens, too.
  redis.on('error', () => undefined);
  return redis;
};

async function probe(url: string, patience: number): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: patience,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason = `no answer within ${patience / 1000} s`;
  redis.on('error', (error: Error) => {
    reason = error.message || (error as NodeJS.ErrnoException).code || reason;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason)), patience);
  });
  try {
    await Promise.race([redis.connect().then(() => redis.ping()), late]);
  } catch (error) {
    const said = (error as Error).message;
    throw new UnusableQueue(`${shownUrl(url)} cannot be used: ${/closed|^$/i.test(said) ? reason : said}`);
  } finally {
    clearTimeout(timer);
    redis.disconnect();
  }
}

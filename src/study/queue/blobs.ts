import type { Redis } from 'ioredis';
import { keptFor, prefix } from './batch.ts';

/**
 * Bytes a command. A string of Redis may have 512 MB, but hosted ones refuse commands of a few MB, and the server does
 * nothing else while it takes one in.
 */
export const chunk = 512 * 1024;

const keyOf = (address: string): string => `${prefix}:unit:${address}`;

/** Puts a finished unit into Redis, whole or not at all: under another name until its last chunk is there. */
export async function putBlob(
  redis: Redis,
  address: string,
  bytes: Uint8Array,
  writer: string,
): Promise<void> {
  const from = `${keyOf(address)}:${writer}`;
  await redis.del(from);
  for (let at = 0; at < bytes.length; at += chunk) {
    await redis.rpush(from, Buffer.from(bytes.subarray(at, at + chunk)));
    if (at === 0) await redis.expire(from, keptFor);
  }
  await redis.rename(from, keyOf(address));
}

export const hasBlob = async (redis: Redis, address: string): Promise<boolean> =>
  (await redis.exists(keyOf(address))) === 1;

/** A finished unit out of Redis; undefined where it is not there. */
export async function getBlob(redis: Redis, address: string): Promise<Uint8Array | undefined> {
  const key = keyOf(address);
  const count = await redis.llen(key);
  if (count === 0) return undefined;
  const chunks: Buffer[] = [];
  for (let at = 0; at < count; at += 1) chunks.push(...(await redis.lrangeBuffer(key, at, at)));
  return Buffer.concat(chunks);
}

export const removeBlob = async (redis: Redis, address: string): Promise<void> => {
  await redis.del(keyOf(address));
};

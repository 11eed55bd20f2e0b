import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { prefix } from './batch.ts';

export type Role = 'workers' | 'coordinators';

const keyOf = (role: Role): string => `${prefix}:${role}`;

/** Milliseconds between two signs of life, and after how many of them somebody counts as gone. */
const every = 3_000;
const gone = 4 * every;

/** Who is at a queue, with their versions: so that two that cannot work together say so instead of waiting. */
export class Presence {
  private readonly member: string;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly role: Role,
    version: string,
  ) {
    this.member = `${version} ${randomUUID()}`;
  }

  async start(): Promise<void> {
    await this.say();
    this.timer = setInterval(() => this.say().catch(() => undefined), every);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    if (this.redis.status === 'ready') await this.redis.zrem(keyOf(this.role), this.member);
  }

  private async say(): Promise<void> {
    await this.redis.zadd(keyOf(this.role), `${await now(this.redis)}`, this.member);
  }
}

/** Versions of those that were heard of lately, each once. */
export async function versionsOf(redis: Redis, role: Role): Promise<string[]> {
  const key = keyOf(role);
  await redis.zremrangebyscore(key, '-inf', `${(await now(redis)) - gone}`);
  const members = await redis.zrange(key, '0', '-1');
  return [...new Set(members.map((member) => member.split(' ')[0]))].sort();
}

/** The server's clock, in milliseconds: those of several machines differ. */
async function now(redis: Redis): Promise<number> {
  const [seconds, micros] = await redis.time();
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}

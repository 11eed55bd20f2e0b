import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** Why there is no Redis to test with; undefined where there is one. */
export const noRedis: string | undefined =
  spawnSync('redis-server', ['--version']).status === 0
    ? undefined
    : 'redis-server is not installed here (apt-get install redis-server; .ci/run does)';

/** A Redis of its own on a free port of this machine, which keeps what it is told in a folder. */
export class RedisServer {
  private child: ChildProcess | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'headroom-redis-'));
  private port = 0;

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    if (this.port === 0) this.port = await freePort();
    const options = { port: this.port, bind: '127.0.0.1', dir: this.folder, appendonly: 'yes', save: '' };
    const child = spawn(
      'redis-server',
      Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]),
      { stdio: 'ignore' },
    );
    this.child = child;
    const redis = this.client();
    try {
      while ((await redis.ping().catch(() => '')) !== 'PONG') {
        if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
        await setTimeout(20);
      }
    } finally {
      redis.disconnect();
    }
  }

  client(): Redis {
    const redis = new Redis(this.url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    return redis;
  }

  /** Ends it as a power failure would. */
  async kill(): Promise<void> {
    await ended(this.child, 'SIGKILL');
  }
}

/** Ends a process of ours, and waits until it has. */
export async function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

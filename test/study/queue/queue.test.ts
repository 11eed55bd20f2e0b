import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../../src/result/version.ts';
import { type Batch, jobOptions, queueName } from '../../../src/study/queue/batch.ts';
import { chunk, getBlob, hasBlob, putBlob, removeBlob } from '../../../src/study/queue/blobs.ts';
import { QueueRuns } from '../../../src/study/queue/queue-runs.ts';
import { serveQueue } from '../../../src/study/queue/serve-queue.ts';
import { simulateRun } from '../../../src/study/simulate-run.ts';
import { addressOf, sha256, stampOf } from '../../../src/study/units/unit.ts';
import { headroom } from '../../cli/headroom.ts';
import { scenarioOf } from '../../models/harness.ts';
import { ended, noRedis, RedisServer } from './redis-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-queue-'));
const at = (name: string) => join(folder, name);
const shop = at('shop.yaml');
const command = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

// Without needs that can be undecided the number of runs is known: 6 points, 2 runs each.
writeFileSync(
  shop,
  `
run: { duration: 90s, warmUp: 5s, runs: 2, seed: 3 }
workloads: { w: { arrivals: { rate: 200/s }, call: desk.serve } }
services: { desk: { threads: 4, operations: { serve: [ work: { exponential: 10ms } ] } } }
`,
);
const units = 12;
const sweep = ['sweep', shop, '--vary', 'services.desk.threads=3..8', '--json'];

const small = scenarioOf(`
run: { duration: 1m, runs: 1 }
workloads: { w: { arrivals: { rate: 5/s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ work: { exponential: 10ms } ] } } }
`);

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command in a process of its own, which runs beside the test. */
class Command {
  readonly child: ChildProcess;
  readonly end: Promise<Ended>;
  stderr = '';

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [command, ...args], { env: { ...process.env, NO_COLOR: '1' } });
    let stdout = '';
    this.child.stdout?.on('data', (text) => {
      stdout += text;
    });
    this.child.stderr?.on('data', (text) => {
      this.stderr += text;
    });
    this.end = new Promise((resolve) =>
      this.child.on('close', (code) => resolve({ code, stdout, stderr: this.stderr })),
    );
  }
}

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const from = performance.now();
  while (!(await holds())) {
    if (performance.now() - from > 40_000) throw new Error('waited for too long');
    await setTimeout(10);
  }
};

const keptIn = (keep: string): number =>
  existsSync(at(keep))
    ? readdirSync(at(keep), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.unit'))
        .length
    : 0;

// The reason stands in the name, where a reporter shows it.
describe.skipIf(noRedis !== undefined)(
  `a queue${noRedis === undefined ? '' : `: ${noRedis}`}`,
  { timeout: 120_000 },
  () => {
    const server = new RedisServer();
    let redis: Redis;
    let local: string;
    const workers: Command[] = [];

    const startWorker = async (): Promise<Command> => {
      const worker = new Command(['worker', '--queue', server.url, '--jobs', '1', '--patience', '2s']);
      workers.push(worker);
      await until(() => worker.stderr.includes('ready'));
      return worker;
    };
    const queued = (keep: string, more: readonly string[] = []) =>
      new Command([...sweep, '--queue', server.url, '--keep', at(keep), ...more]);
    const active = () => redis.llen(`headroom:${queueName(version)}:active`);

    beforeAll(async () => {
      await server.start();
      redis = server.client();
      local = headroom([...sweep, '--jobs', '1', '--keep', at('local')]).stdout;
      expect(JSON.parse(local).points).toHaveLength(6);
    });

    afterAll(async () => {
      redis?.disconnect();
      for (const { child } of workers) await ended(child, 'SIGKILL');
      await server.kill();
    });

    it('carries a blob of several chunks, whole, until it is removed', async () => {
      const bytes = Buffer.alloc(2 * chunk + 17, 'abc\0\xff');
      await putBlob(redis, 'somewhere', bytes, 'me');
      expect(Buffer.compare((await getBlob(redis, 'somewhere')) as Buffer, bytes)).toBe(0);
      expect(await redis.keys('headroom:unit:*')).toEqual(['headroom:unit:somewhere']);
      await removeBlob(redis, 'somewhere');
      expect(await hasBlob(redis, 'somewhere')).toBe(false);
      expect(await getBlob(redis, 'somewhere')).toBeUndefined();
    });

    it('has shards beside it that merge to the same bytes as this machine alone', () => {
      for (const number of [3, 1, 2])
        expect(
          headroom([...sweep, '--jobs', '1', '--shard', `${number}/3`, '--keep', at(`s${number}`)]).code,
        ).toBe(0);
      expect(headroom(['merge', at('s2'), at('s3'), at('s1'), '--json']).stdout).toBe(local);
    });

    it('gives the same bytes with two workers, and leaves nothing behind', async () => {
      const coordinator = queued('queued');
      await until(() => coordinator.stderr.includes('no worker is at'));
      await Promise.all([startWorker(), startWorker()]);
      const { code, stdout, stderr } = await coordinator.end;
      expect([code, stdout === local], stderr).toEqual([0, true]);
      expect(keptIn('queued')).toBe(units);
      const left = (await redis.keys('headroom:*')).map((key) => key.replace(`${queueName(version)}:`, ''));
      expect(left.filter((key) => !/:(workers|meta|id|events|stalled-check|marker)$/.test(key))).toEqual([]);
    });

    it('serves other commands: compare, with the same bytes', () => {
      const compare = ['compare', shop, shop, '--set', 'run.duration=30s', '--json'];
      const { code, stdout } = headroom([...compare, '--queue', server.url]);
      expect(code).toBe(0);
      expect(stdout).toBe(headroom([...compare, '--jobs', '1']).stdout);
    });

    it('serves a plan, with the same bytes', () => {
      const file = at('plan.yaml');
      writeFileSync(
        file,
        `
run: { duration: 10s, warmUp: 1s, seed: 3 }
pools: { web: {} }
workloads: { w: { arrivals: { rate: 100/s }, call: desk.serve } }
services: { desk: { pool: web, cpu: { cores: 1 }, operations: { serve: [ work: { exponential: 10ms } ] } } }
targets: [ workloads.w.latency.p95 < 60ms ]
plan: { vary: { services.desk.instances: { values: 1..4, monotone: true } }, runs: 3, maxRuns: 6 }
`,
      );
      const plan = ['plan', file, '--json', '--keep'];
      const { code, stdout } = headroom([...plan, at('plan-queued'), '--queue', server.url]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout).verdict).toBe('found');
      expect(stdout).toBe(headroom([...plan, at('plan-local'), '--jobs', '1']).stdout);
    });

    it('serves uncertain inputs, with the same bytes', () => {
      const file = at('uncertain.yaml');
      writeFileSync(
        file,
        `
run: { duration: 5s, warmUp: 1s, seed: 3 }
workloads: { w: { arrivals: { rate: { low: 60/s, mid: 75/s, high: 95/s } }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ work: { low: 5ms, mid: 8ms, high: 12ms } ] } } }
targets: [ services.desk.utilization < 70% ]
`,
      );
      const uncertain = ['uncertain', file, '--draws', '8', '--json', '--keep'];
      const { code, stdout } = headroom([...uncertain, at('uncertain-queued'), '--queue', server.url]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout).kept.of).toBe(8);
      // Eight draws, all at their mid, and two inputs at their low and at their high.
      expect(keptIn('uncertain-queued')).toBe(8 + 1 + 2 * 2);
      expect(stdout).toBe(headroom([...uncertain, at('uncertain-local'), '--jobs', '1']).stdout);
    });

    it('goes on with --resume after its coordinator was killed', async () => {
      const coordinator = queued('killed');
      await until(() => keptIn('killed') >= 2);
      await ended(coordinator.child, 'SIGKILL');
      const kept = keptIn('killed');
      expect(kept).toBeLessThan(units);
      const { stdout, stderr } = await queued('killed', ['--resume']).end;
      expect(stdout === local, stderr).toBe(true);
      expect(stderr).toContain(`${kept} runs were finished before, ${units - kept} simulated now`);
    });

    it('goes on when its server was killed and started again', async () => {
      const coordinator = queued('server');
      await until(() => keptIn('server') >= 2);
      await server.kill();
      expect(keptIn('server')).toBeLessThan(units);
      await until(() => coordinator.stderr.includes('is out of reach'));
      await server.start();
      const { code, stdout, stderr } = await coordinator.end;
      expect([code, stdout === local], stderr).toEqual([0, true]);
    });

    it('loses nothing but a retry with a worker that is killed in the middle of a job', async () => {
      const [first, second] = workers;
      const coordinator = queued('worker');
      await until(async () => (await active()) === 2);
      await ended(first.child, 'SIGKILL');
      expect(keptIn('worker')).toBeLessThan(units);
      const { code, stdout, stderr } = await coordinator.end;
      expect([code, stdout === local], stderr).toEqual([0, true]);
      expect(second.child.exitCode).toBeNull();
      const events = await redis.xrange(`headroom:${queueName(version)}:events`, '-', '+');
      expect(events.flatMap(([, fields]) => fields)).toContain('stalled');
    });

    it('simulates again what comes back damaged, and says which', async () => {
      const notices: string[] = [];
      const runs = await QueueRuns.open(server.url, { version, notice: (text) => notices.push(text) });
      const address = addressOf(stampOf({ text: small.text, seed: 1, run: 0 }, version));
      await putBlob(redis, address, Buffer.from('half a blob'), 'me');
      expect(await runs.run(small, 1, 0)).toStrictEqual(simulateRun(small, 1, 0));
      expect(notices).toEqual([
        expect.stringMatching(
          new RegExp(`unit ${address} at .*: not a finished unit.*; it is simulated again`),
        ),
      ]);
      await runs.close();
    });

    it('refuses jobs of another version, and scenarios that are not what their hash says', async () => {
      const queue = new Queue<Batch>(queueName(version), { connection: redis, prefix: 'headroom' });
      const reasonOf = async (data: Batch): Promise<string> => {
        const job = await queue.add('batch', data, jobOptions);
        await until(() => job.isFailed());
        return (await redis.hget(queue.toKey(`${job.id}`), 'failedReason')) ?? '';
      };
      const unit = { scenario: sha256(small.text), seed: 1, run: 0 };
      expect(
        await reasonOf({ version: '9.9.9', scenarios: { [unit.scenario]: small.text }, units: [unit] }),
      ).toBe(`the job is for headroom 9.9.9, and the worker is ${version}`);
      expect(await reasonOf({ version, scenarios: { [unit.scenario]: 'other' }, units: [unit] })).toContain(
        `does not have its hash, ${unit.scenario}`,
      );
    });

    it('refuses workers and coordinators of different versions', async () => {
      await expect(QueueRuns.open(server.url, { version: '9.9.9' })).rejects.toThrow(
        `are headroom ${version}, and this is 9.9.9`,
      );
      await ended(workers[1].child, 'SIGTERM');
      expect((await workers[1].end).stderr).toMatch(/\d+ runs in \d+ batches/);
      await redis.del('headroom:workers');
      const mine = await QueueRuns.open(server.url, { version });
      await expect(serveQueue(server.url, { version: '9.9.9', jobs: 1, patience: 2000 })).rejects.toThrow(
        `is of headroom ${version}, and this is 9.9.9`,
      );
      await mine.close();
    });

    it('says when its server stays away', async () => {
      const notices: string[] = [];
      const other = new RedisServer();
      await other.start();
      const runs = await QueueRuns.open(other.url, {
        version,
        patience: 300,
        notice: (text) => notices.push(text),
      });
      const waiting = runs.run(small, 1, 0);
      const failed = expect(waiting).rejects.toThrow('has been out of reach for 0.3 s');
      await other.kill();
      await failed;
      await runs.close();
      expect(notices.join()).toContain('is out of reach; it is tried again');
    });
  },
);

describe('a server that is not there', () => {
  it.each([
    [
      'sweep',
      [...sweep, '--keep', at('none')],
      'redis://127.0.0.1:1',
      'cannot be used: connect ECONNREFUSED',
    ],
    ['worker', ['worker'], '127.0.0.1:6379', 'is no address of a Redis'],
  ])('ends %s with code 2', (_command, args, url, message) => {
    const { code, stderr } = headroom([...args, '--queue', url]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Scenario } from '../../models/parse.ts';
import { type Progress, type RunMaker, runsOf } from '../run-pool.ts';
import type { RunRecord } from '../simulate-run.ts';
import { readBlob } from '../units/blob.ts';
import { addressOf, sha256, stampOf, type Unit } from '../units/unit.ts';
import { type Batch, type BatchDone, batchSize, jobId, jobOptions, prefix, queueName } from './batch.ts';
import { getBlob, removeBlob } from './blobs.ts';
import { LostQueue, UnusableQueue } from './errors.ts';
import { Presence, versionsOf } from './presence.ts';
import { openRedis, shownUrl } from './redis.ts';

export interface QueueSettings {
  readonly version: string;
  /** What whoever waits should know: that no worker is there, that the server is out of reach. */
  readonly notice?: (text: string) => void;
  /** Milliseconds that the server may be out of reach. */
  readonly patience?: number;
}

/** Somebody who waits for a unit; two points may be made of the same. */
interface Asked {
  readonly unit: Unit;
  readonly waiting: {
    readonly resolve: (record: RunRecord) => void;
    readonly reject: (error: Error) => void;
    readonly progress?: (share: number) => void;
  }[];
}

/** Milliseconds between two looks at what is queued, and between two at who is there. */
const lookEvery = 100;
const presentEvery = 3_000;
/** Units that are sent one by one, until the first has told how long they take. */
const probes = 16;
/** Characters of scenarios in one job. */
const mostText = 4e6;

/**
 * Runs that workers on other machines simulate: units are sent in batches through BullMQ, and their records come back
 * as blobs. It looks at its jobs instead of listening to events: a server that was killed may have lost the last second of
 * what it was told, jobs and events; what is no longer there is sent again.
 */
export class QueueRuns implements RunMaker {
  private readonly unsent = new Map<string, Asked>();
  private readonly sent = new Map<string, Map<string, Asked>>();
  private secondsEach: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private lost: NodeJS.Timeout | undefined;
  private looksSinceDone = 0;
  private error: Error | undefined;
  private isClosed = false;

  private constructor(
    private readonly url: string,
    private readonly redis: Redis,
    private readonly queue: Queue<Batch, BatchDone>,
    private readonly presence: Presence,
    private readonly settings: QueueSettings,
  ) {
    redis.on('close', () => this.waitForServer());
    redis.on('ready', () => {
      clearTimeout(this.lost);
      this.lost = undefined;
    });
  }

  /** @throws UnusableQueue where no Redis answers, or its workers are all of other versions */
  static async open(url: string, settings: QueueSettings): Promise<QueueRuns> {
    const redis = await openRedis(url);
    const { version } = settings;
    try {
      const versions = await versionsOf(redis, 'workers');
      if (versions.length > 0 && !versions.includes(version)) throw otherVersions(url, versions, version);
      if (versions.length === 0) settings.notice?.(nobodyText(url));
      const presence = new Presence(redis, 'coordinators', version);
      await presence.start();
      const queue = new Queue<Batch, BatchDone>(queueName(version), { connection: redis, prefix });
      queue.on('error', () => undefined);
      return new QueueRuns(url, redis, queue, presence, settings);
    } catch (error) {
      redis.disconnect();
      throw error;
    }
  }

  runs(scenario: Scenario, seed: number, from: number, count: number, progress?: Progress) {
    return runsOf(from, count, (run) => this.run(scenario, seed, run, (share) => progress?.(run, share)));
  }

  run(scenario: Scenario, seed: number, run: number, progress?: (share: number) => void): Promise<RunRecord> {
    const unit = { text: scenario.text, seed, run };
    const address = addressOf(stampOf(unit, this.settings.version));
    return new Promise((resolve, reject) => {
      if (this.error !== undefined) {
        reject(this.error);
        return;
      }
      const asked = this.unsent.get(address) ?? this.sentUnit(address) ?? { unit, waiting: [] };
      if (asked.waiting.length === 0) this.unsent.set(address, asked);
      asked.waiting.push({ resolve, reject, progress });
      this.timer ??= this.soon(0);
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    clearTimeout(this.lost);
    // A connection that is down would be waited for.
    if (this.redis.status === 'ready') {
      await this.working;
      await this.presence.stop();
    }
    this.redis.disconnect();
    await this.queue.close().catch(() => undefined);
  }

  private sentUnit(address: string): Asked | undefined {
    for (const units of this.sent.values()) if (units.has(address)) return units.get(address);
    return undefined;
  }

  private soon(wait: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.working = this.work();
    }, wait);
  }

  /** Sends, looks, and comes back while anything is waited for. */
  private async work(): Promise<void> {
    try {
      await this.send();
      await Promise.all([...this.sent].map(([id, units]) => this.look(id, units)));
      await this.send();
      await this.lookForWorkers();
    } catch (error) {
      if (!this.isClosed) this.fail(error as Error);
    }
    const isIdle = this.unsent.size === 0 && this.sent.size === 0;
    this.timer = isIdle || this.isClosed ? undefined : this.soon(lookEvery);
  }

  private async send(): Promise<void> {
    while (this.unsent.size > 0 && (this.secondsEach !== undefined || this.sent.size < probes)) {
      const units = this.nextBatch();
      const id = jobId([...units.keys()]);
      this.sent.set(id, units);
      await this.add(id, units);
    }
  }

  private nextBatch(): Map<string, Asked> {
    const size = batchSize(this.secondsEach);
    const batch = new Map<string, Asked>();
    const texts = new Set<string>();
    let length = 0;
    for (const [address, asked] of this.unsent) {
      const { text } = asked.unit;
      if (!texts.has(text)) length += text.length;
      if (batch.size >= size || (batch.size > 0 && length > mostText)) break;
      texts.add(text);
      batch.set(address, asked);
    }
    for (const address of batch.keys()) this.unsent.delete(address);
    return batch;
  }

  private async add(id: string, units: ReadonlyMap<string, Asked>): Promise<void> {
    const scenarios: Record<string, string> = {};
    const list = [...units.values()].map(({ unit: { text, seed, run } }) => {
      const scenario = sha256(text);
      scenarios[scenario] = text;
      return { scenario, seed, run };
    });
    // What failed for somebody else is no answer: it is tried again.
    if ((await this.queue.getJobState(id)) === 'failed') await this.queue.remove(id);
    await this.queue.add(
      'batch',
      { version: this.settings.version, scenarios, units: list },
      { ...jobOptions, jobId: id },
    );
  }

  private async look(id: string, units: Map<string, Asked>): Promise<void> {
    const state = await this.queue.getJobState(id);
    if (state === 'completed') await this.fetch(id, units);
    else if (state === 'failed') {
      const reason = await this.redis.hget(this.queue.toKey(id), 'failedReason');
      await this.queue.remove(id);
      this.fail(new Error(`a worker at ${shownUrl(this.url)} could not do its job: ${reason}`));
    } else if (state === 'unknown') await this.add(id, units);
  }

  private async fetch(id: string, units: Map<string, Asked>): Promise<void> {
    const returned = await this.redis.hget(this.queue.toKey(id), 'returnvalue');
    const done = returned === null ? undefined : (JSON.parse(returned) as BatchDone);
    if (done !== undefined && done.simulated > 0) {
      const each = done.seconds / done.simulated;
      this.secondsEach = this.secondsEach === undefined ? each : 0.7 * this.secondsEach + 0.3 * each;
    } else this.secondsEach ??= 1;
    for (const [address, asked] of [...units]) {
      const record = await this.fetchUnit(address, asked.unit);
      // Whoever asks for it from here on asks anew.
      units.delete(address);
      // Lost with the server's last second, or fetched by somebody else: it is sent again, in another batch.
      if (record === undefined) this.unsent.set(address, asked);
      else {
        for (const { resolve, progress } of asked.waiting) {
          progress?.(1);
          resolve(record);
        }
        await removeBlob(this.redis, address);
      }
    }
    this.sent.delete(id);
    this.looksSinceDone = 0;
    await this.queue.remove(id);
  }

  private async fetchUnit(address: string, unit: Unit): Promise<RunRecord | undefined> {
    const bytes = await getBlob(this.redis, address);
    if (bytes === undefined) return undefined;
    const { version } = this.settings;
    const read = readBlob(bytes, version);
    const problem =
      'problem' in read
        ? read.problem
        : addressOf(read.stamp) === addressOf(stampOf(unit, version))
          ? undefined
          : 'it is the record of another unit';
    if (problem === undefined && 'record' in read) return read.record;
    await removeBlob(this.redis, address);
    this.settings.notice?.(`unit ${address} at ${shownUrl(this.url)}: ${problem}; it is simulated again`);
    return undefined;
  }

  /** While nothing comes back: whether anybody is there who could do it. */
  private async lookForWorkers(): Promise<void> {
    this.looksSinceDone += 1;
    if (this.looksSinceDone % Math.round(presentEvery / lookEvery) !== 0) return;
    const { version } = this.settings;
    const versions = await versionsOf(this.redis, 'workers');
    if (versions.length > 0 && !versions.includes(version)) throw otherVersions(this.url, versions, version);
  }

  private waitForServer(): void {
    if (this.isClosed || this.lost !== undefined) return;
    const { patience = 60_000, notice } = this.settings;
    notice?.(`${shownUrl(this.url)} is out of reach; it is tried again for ${patience / 1000} s`);
    this.lost = setTimeout(
      () => this.fail(new LostQueue(`${shownUrl(this.url)} has been out of reach for ${patience / 1000} s`)),
      patience,
    );
  }

  private fail(error: Error): void {
    this.error ??= error;
    const all = [...this.unsent.values(), ...[...this.sent.values()].flatMap((units) => [...units.values()])];
    this.unsent.clear();
    this.sent.clear();
    for (const { waiting } of all) for (const { reject } of waiting) reject(error);
  }
}

const nobodyText = (url: string): string =>
  `no worker is at ${shownUrl(url)} yet; start some with: headroom worker --queue ${shownUrl(url)}`;

const otherVersions = (url: string, versions: readonly string[], version: string): UnusableQueue =>
  new UnusableQueue(
    `the workers at ${shownUrl(url)} are headroom ${versions.join(' and ')}, and this is ${version}`,
  );

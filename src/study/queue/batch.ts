import type { JobsOptions } from 'bullmq';
import { sha256 } from '../units/unit.ts';

/** The keys of all queues in Redis begin with this. */
export const prefix = 'headroom';

/** Workers of another version never see a job: each version has a queue of its own. */
export const queueName = (version: string): string => `runs-${version}`;

/** Some units for one worker thread, about a second of work or more. */
export interface Batch {
  readonly version: string;
  /** Texts of scenarios by their SHA-256. */
  readonly scenarios: Readonly<Record<string, string>>;
  readonly units: readonly {
    readonly scenario: string;
    readonly seed: number;
    readonly run: number;
  }[];
}

/** What a worker says of a batch that is finished; its records lie in Redis. */
export interface BatchDone {
  readonly units: number;
  /** Of work: what was there already does not count. */
  readonly seconds: number;
  readonly simulated: number;
}

/** A batch of the same units is the same job, whoever asks for it. BullMQ refuses ids of digits only, and colons. */
export const jobId = (addresses: readonly string[]): string => `b${sha256(addresses.join()).slice(0, 40)}`;

/** Seconds that anything is kept in Redis which nobody fetches. */
export const keptFor = 24 * 3600;

export const jobOptions: JobsOptions = {
  attempts: 3,
  removeOnComplete: { age: keptFor },
  removeOnFail: { age: keptFor },
};

/** How long a batch is to take, in seconds: a job costs a few milliseconds of its own. */
const wanted = 1.5;
const most = 500;

/** How many units make a batch, by the seconds that one took; unknown: one. */
export const batchSize = (secondsEach: number | undefined): number =>
  secondsEach === undefined
    ? 1
    : Math.max(1, Math.min(most, Math.ceil(wanted / Math.max(secondsEach, 1e-6))));

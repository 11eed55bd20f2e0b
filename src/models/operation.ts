/**
 * What a caller asked for, with all its attempts, until answered or given up. Latency is measured on it.
 * An operation that another one starts (a consumer's, an async branch's) has an identity of its own.
 */
export interface Operation {
  readonly high: number;
  readonly low: number;
  /** Instant of the call (integer nanoseconds). */
  readonly arrivedAt: number;
  /** Place of the caller: index of an origin or region. */
  readonly origin: number;
  /** Whether it arrived in the measured window and so is counted. */
  readonly counted: boolean;
  /** Values of the scenario's keys, by the key's slot; NaN where this operation carries none. */
  readonly keys: readonly number[];
  /** The poll that brought it; of a consumer's operations only. */
  readonly poll?: Poll;
  /** Who must know what becomes of its effects when they are put off; of a consumer's operations only. */
  readonly settlement?: Settlement;
  /**
   * What the flush of a batch writes: one entry a row, each the keys of the operation that it came from, by slot. A
   * `write` is then one statement of so many rows, a store with shards sends each shard its own rows, and its cost
   * depends on how many there are; the flush itself carries no keys (all NaN). Absent elsewhere, also where a group of
   * records is written as its net change: that is one row, with the operation's own keys.
   */
  readonly rows?: readonly (readonly number[])[];
}

/** The records that one poll of a consumer brought, for steps that run once for several of them. */
export interface Poll {
  /** Whether this operation is the last one of the poll: what the others collected is done in it. */
  isLast(operation: Operation): boolean;
  /** What a step keeps for the time of this poll, made when first asked for. */
  kept<T extends KeptForPoll>(by: object, make: () => T): T;
}

/** What a step keeps for the time of a poll. */
export interface KeptForPoll {
  /**
   * Called once when the poll is over: its last operation has ended, with an answer or without, or its member has died.
   * What was collected and not done by then never will be; it settles or loses what it holds.
   */
  pollEnded?(): void;
}

/**
 * Effects of an operation that happen later than its answer: a batch keeps an entry in memory until it is flushed, a
 * group waits for the last record of its poll. Each `hold` is answered by one `settle` or one `lose`.
 */
export interface Settlement {
  /** An effect is put off. */
  hold(): void;
  /** It has happened; or has failed, with the reason. */
  settle(failure: string | null): void;
  /** It will never happen, and nobody was told: it died with the instance that had it in memory, or was dropped there. */
  lose(): void;
}

/**
 * One 32-bit word says which draw of an operation this is, beside its purpose: attempt (6 bits), iteration (14 bits),
 * index (12 bits). Calls, branches and repetitions draw under identities of their own, which hash the word that they
 * started from. A scenario that would need more is refused when it is read.
 */
export const attemptLimit = 64;
export const iterationLimit = 16384;
export const indexLimit = 4096;

export const packAttempt = (attempt: number): number => attempt << 26;

/** The word of a further iteration of a repeated list, with the attempt kept. */
export const withIteration = (word: number, iteration: number): number =>
  (word & ~(0x3fff << 12)) | (iteration << 12);

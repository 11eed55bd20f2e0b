import type { CacheNode } from './region.ts';

/** A write, as much of it as tells whether an entry has it. */
export interface AcknowledgedWrite {
  /** When the new value was committed (nanoseconds). */
  readonly committedAt: number;
  /** When its writer had been told so: from then on who reads the old value reads a stale one. */
  readonly knownAt: number;
}

/** Nanoseconds for which writes are remembered for the sake of loads that began before them. */
const recall = 300e9;
/** Writes of one entry that are remembered. */
const mostWrites = 16;

/**
 * Which entries of a cache lack a write: those that were there when it was acknowledged, until they are written anew or
 * removed; and those that are filled later with a value that was read before it was committed.
 *
 * Whether a node's entry is stale stands with the node. Here are the writes of the last five minutes, 16 an entry at most:
 * a load that lasts longer would be taken to be fresh, and the age of what it fills counts from the oldest of them.
 */
export class Staleness {
  private hasWrites = false;
  /** By entry, the oldest first. */
  private readonly writes = new Map<number, AcknowledgedWrite[]>();
  /** Entry and instant of each write, in order, from `forgotten` on. A map that loses its first entries is slow to walk. */
  private numbers: number[] = [];
  private instants: number[] = [];
  private forgotten = 0;

  /** Whether anything was ever written. */
  get isUsed(): boolean {
    return this.hasWrites;
  }

  /** A write is acknowledged; `holders` are the nodes that may have the entry. */
  acknowledged(number: number, write: AcknowledgedWrite, holders: readonly CacheNode[]): void {
    const { writes } = this;
    this.hasWrites = true;
    const own = writes.get(number);
    if (own === undefined) writes.set(number, [write]);
    else if (own.push(write) > mostWrites) own.shift();
    this.numbers.push(number);
    this.instants.push(write.knownAt);
    this.forget(write.knownAt - recall);
    for (const { stale, store } of holders)
      if (store.holds(number) && !stale.has(number)) stale.set(number, write);
  }

  private forget(before: number): void {
    const { instants, numbers, writes } = this;
    for (; instants[this.forgotten] < before; this.forgotten += 1) {
      const number = numbers[this.forgotten];
      const latest = writes.get(number)?.at(-1);
      if (latest !== undefined && latest.knownAt < before) writes.delete(number);
    }
    if (this.forgotten < 1024 || 2 * this.forgotten < numbers.length) return;
    this.numbers = numbers.slice(this.forgotten);
    this.instants = instants.slice(this.forgotten);
    this.forgotten = 0;
  }

  /**
   * The oldest acknowledged write that a value lacks which is current as of an instant; undefined where it lacks none.
   * @param holders nodes that it may have come from
   */
  lackedBy(number: number, asOf: number, holders: readonly CacheNode[]): AcknowledgedWrite | undefined {
    const remembered = this.writes.get(number)?.find(({ committedAt }) => committedAt > asOf);
    if (remembered !== undefined) return remembered;
    for (const { stale } of holders) {
      const lacked = stale.get(number);
      if (lacked !== undefined && lacked.committedAt > asOf) return lacked;
    }
    return undefined;
  }
}

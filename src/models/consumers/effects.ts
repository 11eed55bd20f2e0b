import type { ReadableRecord } from '../contracts/topic.ts';
import type { Failure } from '../cursor.ts';
import type { Settlement } from '../operation.ts';
import type { Claim } from './claim.ts';

/** Who hears what became of a record's effects. */
export interface EffectsWatcher {
  /** All has happened or has failed; with the first reason. */
  settled(effects: Effects, failure: Failure | null): void;
  /** Some died in the memory of an instance. */
  lost(effects: Effects): void;
}

/**
 * What one processing of a record does in the end: its operation itself, and all that steps have put off. Told once, when
 * the last of them is known.
 */
export class Effects implements Settlement {
  /** Not known yet; the operation is one of them. */
  private open = 1;
  private failure: Failure | null = null;
  private isLost = false;
  /** Whether its operation failed, not what it had put off. */
  hasFailedAtOnce = false;

  constructor(
    private readonly watcher: EffectsWatcher,
    readonly claim: Claim,
    readonly offset: number,
    readonly record: ReadableRecord,
  ) {}

  /** The operation has ended. */
  end(failure: Failure | null): void {
    this.hasFailedAtOnce = failure !== null;
    // How it was dealt with counts, whatever it had put off has come to.
    if (failure !== null) this.failure = failure;
    this.close();
  }

  hold(): void {
    this.open += 1;
  }

  settle(failure: Failure | null): void {
    this.failure ??= failure;
    this.close();
  }

  lose(): void {
    this.isLost = true;
    this.close();
  }

  private close(): void {
    this.open -= 1;
    if (this.open < 0) throw new Error('an effect was settled that nobody held');
    if (this.open > 0) return;
    if (this.isLost) this.watcher.lost(this);
    else this.watcher.settled(this, this.failure);
  }
}

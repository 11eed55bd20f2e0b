import type { EventTarget } from '../../sim/event-queue.ts';
import { childIdentity } from '../../sim/random/childIdentity.ts';
import type { Gate } from '../../sim/stations/gate.ts';
import type { ServiceHost } from '../contracts/service.ts';
import { standBeside } from '../control/branch.ts';
import type { Cursor, Failure } from '../cursor.ts';
import { Batch, type Reason } from './batch.ts';
import type { BatchStep } from './batch-step.ts';

const words = { high: 0, low: 0 };

/**
 * What one instance has in memory for one `batch` step: the open batch, those that wait for their flush, and those being
 * flushed. A timer is scheduled only while there is something that it could flush.
 */
export class Batcher implements EventTarget {
  private open: Batch | null = null;
  /** Closed, and not begun: earlier flushes come first. */
  private readonly closed: Batch[] = [];
  /** Flushes under way. */
  private running: Batch[] = [];
  private isDead = false;
  private isTimed = false;
  /** Where nothing guards the list: a flush that fails in the timer's thread ends the timer. */
  private hasTimer = true;
  /** Where nothing guards the list: entries in it that are being written, and how often it was cleared. */
  private writing = 0;
  private clearings = 0;

  /**
   * @param phase instant of one of the ticks of its timer
   * @param room units are entries in memory; none where there is no bound
   */
  constructor(
    private readonly step: BatchStep,
    private readonly host: ServiceHost,
    private readonly phase: number,
    readonly room: Gate | undefined,
  ) {}

  /** Entries whose flush is due and cannot begin. */
  get backlog(): number {
    return this.closed.reduce((sum, { size }) => sum + size, 0);
  }

  /** Takes the entry of a cursor that stands on the step, and lets it go on, or wait. */
  add(cursor: Cursor): void {
    const { step } = this;
    const { now } = cursor;
    const batch = this.open ?? this.begin(cursor);
    batch.add(cursor.operation, now);
    step.metering?.added(now);
    const isFull = batch.size + this.writing >= step.options.size;
    if (!isFull && !step.options.await) {
      cursor.go(step.next);
      return;
    }
    batch.await(cursor, cursor.awaitAt(step.next));
    if (isFull) this.close(batch, 'full');
  }

  /** @param from whose identity the flush's is hashed from: its first entry's, or that of a flush which has failed */
  private begin(from: { readonly high: number; readonly low: number; readonly word: number }): Batch {
    const { host, step } = this;
    const batch = new Batch(this, host.place, step.noKeys);
    childIdentity(from.high, from.low, step.site, from.word, words);
    batch.high = words.high;
    batch.low = words.low;
    this.open = batch;
    if (!this.isTimed && this.hasTimer) this.time(step.now);
    return batch;
  }

  /** Schedules the next instant at which time may close a batch. */
  private time(now: number): void {
    const { phase, step } = this;
    const { maxAgeTicks, tickTicks } = step;
    const ticks = Math.floor((now - phase) / tickTicks) + 1;
    const openedAt = this.open?.addedAt[0] ?? now;
    this.isTimed = true;
    step.agenda.at(tickTicks > 0 ? phase + ticks * tickTicks : openedAt + maxAgeTicks, this);
  }

  /** The timer goes off. */
  fire(): void {
    this.isTimed = false;
    const { open, step } = this;
    if (open === null || this.isDead) return;
    const { now } = step;
    if (step.tickTicks > 0 || open.addedAt[0] + step.maxAgeTicks <= now) this.close(open, 'timer');
    else this.time(now);
  }

  private close(batch: Batch, reason: Reason): void {
    const { metering, overlap } = this.step;
    this.open = null;
    batch.reason = reason;
    batch.closedAt = this.step.now;
    metering?.closed(batch);
    if (this.running.length < overlap) this.flush(batch);
    else this.closed.push(batch);
  }

  private flush(batch: Batch): void {
    const { host, step } = this;
    const { now } = step;
    batch.begunAt = now;
    batch.arrivedAt = now;
    batch.counted = step.isCounted(now);
    batch.clearings = this.clearings;
    if (!step.isGuarded) this.writing += batch.size;
    this.running.push(batch);
    step.metering?.begun(batch);
    const cursor = step.cursors.take();
    cursor.high = batch.high;
    cursor.low = batch.low;
    cursor.word = 0;
    cursor.operation = batch;
    cursor.root = batch;
    cursor.place = host.place;
    standBeside(cursor, host);
    cursor.go(step.first);
  }

  /** A flush has ended, or has died with the instance. */
  flushed(batch: Batch, cursor: Cursor, failure: Failure | null): void {
    const { metering, waitSegment } = this.step;
    const { now } = cursor;
    this.running.splice(this.running.indexOf(batch), 1);
    if (this.isDead && failure !== null) {
      metering?.leftInDoubt(batch, now);
      batch.lose();
      return;
    }
    metering?.ended(batch, now);
    // First the next flush, since those who are told may add entries at once.
    const next = this.closed.shift();
    if (next !== undefined) this.flush(next);
    if (this.step.isGuarded) this.settle(batch, failure);
    else this.clear(batch, failure);
    batch.wake(cursor, failure, waitSegment);
  }

  private settle(batch: Batch, failure: Failure | null): void {
    const { metering, now } = this.step;
    if (failure === null) metering?.stored(batch, now);
    else metering?.failed(batch, now);
    if (this.room !== undefined) for (let at = 0; at < batch.size; at += 1) this.room.release(now);
    batch.settle(failure);
  }

  /** Of a list that nothing guards: the flush empties it, whatever is in it; one that fails leaves it as it is. */
  private clear(batch: Batch, failure: Failure | null): void {
    const isListed = batch.clearings === this.clearings;
    if (failure === null) {
      const { open } = this;
      this.clearings += 1;
      this.writing = 0;
      this.open = null;
      this.settle(batch, null);
      if (open !== null) this.wipe(open);
      return;
    }
    if (batch.reason === 'timer') this.hasTimer = false;
    if (!isListed) {
      // Another flush has cleared the list meanwhile: nobody has these entries any more.
      this.wipe(batch);
      return;
    }
    this.writing -= batch.size;
    const open = this.open ?? this.begin(batch);
    open.takeBack(batch);
  }

  private wipe(batch: Batch): void {
    this.step.metering?.cleared(batch, this.step.now);
    batch.lose();
  }

  private drop(batch: Batch): void {
    this.step.metering?.lost(batch, this.step.now);
    batch.lose();
  }

  /** The instance has died: what was in its memory only is lost. Flushes under way hear of it themselves. */
  die(): void {
    this.isDead = true;
    const { closed, open } = this;
    this.open = null;
    for (const batch of closed.splice(0)) this.drop(batch);
    if (open !== null) this.drop(open);
  }

  /** The instance has been let go, and nobody calls it any more. */
  stop(): void {
    const { open } = this;
    if (open === null) return;
    if (this.step.options.onStop === 'flush') {
      this.close(open, 'stop');
    } else {
      this.open = null;
      this.drop(open);
    }
  }
}

import { Gate } from '../../sim/stations/gate.ts';
import type { Executor, Refusal } from '../contracts/service.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, Failure, FrameOwner } from '../cursor.ts';
import type { Frame } from '../frame.ts';
import type { Step } from '../step.ts';
import type { ExecutorPool } from './executor-pool.ts';
import type { Instance } from './instance.ts';

/** What a frame on an executor's thread notes of its holder. */
const works = 0;
const joins = 1;

/**
 * An instance's ThreadPoolExecutor: threads that are held as long as the task on them runs, also while it waits, and one
 * queue. It owns the frames of the tasks on its threads.
 */
export class InstanceExecutor implements Executor, FrameOwner {
  private readonly gate: Gate;
  /** Threads whose task waits for others of this same executor. */
  private joiners = 0;
  private starvedSince = Number.NaN;
  private starvedTicks = 0;
  private windowStart = 0;

  constructor(
    private readonly pool: ExecutorPool,
    private readonly instance: Instance,
  ) {
    const { threads, queue } = pool.config;
    this.gate = new Gate(threads, queue ?? Number.POSITIVE_INFINITY);
  }

  refusal(): Refusal | null {
    const { gate, pool } = this;
    pool.asked();
    const { queue } = pool.config;
    if (queue === undefined || gate.queueLength < queue || gate.held < gate.capacity) return null;
    pool.refused();
    return pool.config.reject;
  }

  run(child: Cursor, task: Step & { readonly first: Step }): void {
    const answer = child.acquire(this.gate, task);
    if (answer === 'granted') this.start(child, task.first);
    else this.pool.queued(child.now, 1);
  }

  begin(child: Cursor, first: Step): void {
    this.pool.queued(child.now, -1);
    child.taken();
    this.start(child, first);
  }

  private start(child: Cursor, first: Step): void {
    const { pool, instance } = this;
    const { now } = child;
    // Its turn came at the very instant at which the instance died.
    if (!instance.alive) {
      child.fail('crashed');
      return;
    }
    pool.waited(now - child.since);
    if (now > child.since) child.spendUntil(pool.segment, now);
    child.push(this, finish, child.place, instance);
    instance.occupy(child);
    child.go(first);
  }

  leave(child: Cursor): number {
    const { instance } = this;
    if (child.mark === joins) this.count(child.now, -1);
    instance.vacate(child);
    if (instance.alive) this.gate.release(child.now);
    return 0;
  }

  joining(parent: Cursor): void {
    this.note(parent, joins, 1);
  }

  joined(parent: Cursor): void {
    this.note(parent, works, -1);
  }

  private note(parent: Cursor, mark: number, change: number): void {
    const frame = this.frameOf(parent);
    if (frame === null || frame.mark === mark) return;
    frame.mark = mark;
    this.count(parent.now, change);
  }

  private frameOf(cursor: Cursor): Frame | null {
    let frame: Frame | null = cursor.isOutside ? null : cursor.frame;
    while (frame !== null && frame.owner !== this) frame = frame.below;
    return frame;
  }

  /**
   * Where all threads wait for tasks of the same executor, none of those runs (there is no thread for it), and none ever
   * will: the starvation that a nested join on a bounded pool can end in.
   */
  private count(now: number, change: number): void {
    this.joiners += change;
    const isStarved = this.joiners === this.gate.capacity;
    if (isStarved) {
      this.starvedSince = now;
      this.pool.starved(now, this.instance);
    } else if (!Number.isNaN(this.starvedSince)) {
      this.starvedTicks += now - Math.max(this.starvedSince, this.windowStart);
      this.starvedSince = Number.NaN;
    }
  }

  /** The instance dies: those who wait for a thread hear of it; those on one are severed with all others inside. */
  crash(now: number, reason: Failure): void {
    const running = this.gate.held;
    const waiting = this.gate.crash(now) as Cursor[];
    this.pool.lost(running + waiting.length);
    this.pool.queued(now, -waiting.length);
    for (const child of waiting) {
      child.taken();
      child.fail(reason);
    }
  }

  openWindow(now: number): void {
    this.gate.resetWindow(now);
    this.windowStart = now;
    this.starvedTicks = 0;
  }

  /** Gives what its window saw up to `now` to its service's account. */
  give(now: number): void {
    const { heldTicks, unitTicks } = this.gate.observe(now);
    const { threads } = this.pool.config;
    const open = Number.isNaN(this.starvedSince) ? 0 : now - Math.max(this.starvedSince, this.windowStart);
    this.pool.add(heldTicks, unitTicks, (this.starvedTicks + open) * threads);
  }
}

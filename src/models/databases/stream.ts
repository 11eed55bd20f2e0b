import type { EventTarget } from '../../sim/event-queue.ts';
import type { HeldUp } from '../contracts/network.ts';
import type { Lineage } from './lineage.ts';
import type { DatabaseModel } from './model.ts';

/** How long a replica waits on a connection that gives nothing before it connects anew, and how often it tries then. */
const silence = 60e9;
const retry = 5e9;

/** One replica's stream: open, or broken since some statement. */
export class Stream implements HeldUp, EventTarget {
  isOpen = true;
  /** The first statement that is still to be sent. */
  from = Number.POSITIVE_INFINITY;
  lastAnswer = 0;
  /** Bytes that wait to be sent. */
  waitingBytes = 0;
  /** When the first write was committed that is kept for it no more; Infinity where all are that it lacks. */
  lostFrom = Number.POSITIVE_INFINITY;
  /** Number of the silence that it is in. */
  private wait = 0;

  constructor(
    private readonly streams: { open(replica: number): void },
    private readonly model: DatabaseModel,
    private readonly shard: Lineage,
    private readonly replica: number,
  ) {}

  opened(): void {
    this.wait += 1;
    this.isOpen = true;
    this.waitingBytes = 0;
    this.lostFrom = Number.POSITIVE_INFINITY;
    this.from = Number.POSITIVE_INFINITY;
    this.shard.reach?.look();
  }

  close(from: number): void {
    this.lastAnswer = 0;
    this.wait += 1;
    this.isOpen = false;
    this.from = from;
    this.shard.reach?.look();
  }

  /** Nothing passes: its TCP repeats, and after a while its replica connects anew. */
  hang(from: number, uniform: number): void {
    this.close(from);
    const { model, shard, wait } = this;
    const { place } = shard.followers[this.replica].node;
    model.network.hold(this, wait, { from: shard.primary.place, to: place, uniform, isOpening: false });
    model.agenda.after(silence, this, wait);
  }

  awaits(wait: number): boolean {
    return wait === this.wait;
  }

  comesThrough(): void {
    this.streams.open(this.replica);
  }

  givenUp(): void {}

  /** It connects anew, if it can. */
  fire(wait: number): void {
    if (wait !== this.wait) return;
    const { model, replica, shard } = this;
    if (model.network.passes(shard.primary.place, shard.followers[replica].node.place))
      this.streams.open(replica);
    else model.agenda.after(retry, this, wait);
  }
}

import { formatQuantity } from '../../units/index.ts';
import type { DatabaseModel } from './model.ts';
import type { Shard } from './shard.ts';
import type { Streams } from './streams.ts';

/** Nanoseconds after which it is told: streams that are set up anew are closed for a moment. */
const toldAfter = 1e9;

/**
 * Whether a shard's primary reaches as many replicas as its writes wait for. While it does not, it is there and answers
 * nobody: its writes hold their connections, and those who called hold theirs.
 */
export class CommitReach {
  /** Instant from which on too few are reached; NaN while enough are. */
  private since = Number.NaN;
  private isTold = false;
  private ticks = 0;

  /** @param needed replicas that writes wait for */
  constructor(
    private readonly model: DatabaseModel,
    private readonly shard: Shard,
    private readonly streams: Streams,
    private readonly needed: number,
  ) {}

  private get now(): number {
    return this.model.wiring.simulation.now;
  }

  private get reached(): number {
    return this.shard.followers.filter((_, replica) => this.streams.isOpen(replica)).length;
  }

  /** Whether no write can be acknowledged although the primary lives. */
  get isLost(): boolean {
    return this.since <= this.now;
  }

  /** A copy died, came back or took over, or the stream to one broke or is there again. */
  look(): void {
    const isLost = this.shard.primary.alive && this.reached < this.needed;
    if (isLost && Number.isNaN(this.since)) this.begins();
    else if (!isLost && !Number.isNaN(this.since)) this.ends();
  }

  private begins(): void {
    const since = this.now;
    this.since = since;
    this.model.agenda.after(toldAfter, {
      fire: () => {
        if (this.since === since && !this.isTold) this.tell(since);
      },
    });
  }

  private tell(since: number): void {
    const { needed, reached } = this;
    this.isTold = true;
    const replicas = needed === 1 ? 'replica' : 'replicas';
    const what = `no write is acknowledged: it waits for ${needed} ${replicas}, and ${reached} ${reached === 1 ? 'is' : 'are'} in reach`;
    this.note(
      since,
      `${this.name} is primary without a quorum: ${what}`,
      'have no quorum: no write is acknowledged',
    );
  }

  private ends(): void {
    const { now, since } = this;
    this.ticks += now - since;
    this.since = Number.NaN;
    if (!this.isTold) return;
    this.isTold = false;
    const lasted = formatQuantity((now - since) / 1e9, 'duration');
    const isBack = this.shard.primary.alive;
    this.note(
      now,
      isBack
        ? `${this.name} reaches its quorum again, after ${lasted}`
        : `${this.name} dies; it had no quorum for ${lasted}`,
      isBack ? 'reach their quorum again' : 'die that had no quorum',
    );
  }

  private get name(): string {
    const { primary, succession } = this.shard;
    return succession?.nameOf(primary) ?? this.model.name;
  }

  private note(at: number, what: string, together: string): void {
    const { model, shard } = this;
    const meaning = shard.succession?.meaning('quorum', 'primaries', shard.primary, together);
    model.wiring.timeline.note(at, `databases.${model.name}`, what, meaning ?? { sort: 'quorum' });
  }

  /** Seconds of the run, up to now, in which too few were reached. */
  get seconds(): number {
    return (this.ticks + (this.isLost ? this.now - this.since : 0)) / 1e9;
  }
}

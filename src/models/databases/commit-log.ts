import type { RowWrites } from './row-writes.ts';

const none = 0;
const smallest = 64;

/**
 * The committed writes of a shard that some replica has not applied yet, numbered from 1 in the order of commit.
 *
 * It answers what a replica lacks: how far it has come, how old the first write is that it lacks, and the same for one
 * row. Writes of one row form a chain from the newest back; each keeps, beside the one before, a jump further back
 * (Myers' applicative random-access stack), so that the first one missing is found in logarithmic time even behind a
 * backlog of hours. Writes that all have applied are forgotten when room is needed.
 */
export class CommitLog {
  /** The newest write. */
  newest = 0;
  private oldest = 1;
  private mask = smallest - 1;
  private commits = new Float64Array(smallest);
  private rows = new Float64Array(smallest);
  private writes: (RowWrites | null)[] = new Array(smallest).fill(null);
  private before = new Float64Array(smallest);
  private jumps = new Float64Array(smallest);
  private depths = new Float64Array(smallest);
  private readonly applied: Float64Array<ArrayBuffer>[];
  private readonly done: Float64Array;

  constructor(private readonly replicas: number) {
    this.applied = Array.from({ length: replicas }, () => new Float64Array(smallest));
    this.done = new Float64Array(replicas);
  }

  /**
   * A write is committed.
   * @param writes who remembers the newest write of each row; null where rows are not told apart
   */
  append(now: number, writes: RowWrites | null, row: number): void {
    if (this.newest - this.oldest >= this.mask) this.makeRoom(now);
    this.newest += 1;
    const at = this.newest & this.mask;
    this.commits[at] = now;
    this.rows[at] = row;
    this.writes[at] = writes;
    // Others of the same statement may still be appended before it is known when they are applied.
    for (let replica = 0; replica < this.replicas; replica += 1)
      this.applied[replica][at] = Number.POSITIVE_INFINITY;
    if (writes === null) return;
    this.chain(at, writes.newest(row));
    writes.note(row, this.newest);
  }

  /**
   * All writes after number `before` up to `last` (by default the newest one) will be applied at a replica at this instant; never
   * before those before them.
   */
  appliedAt(replica: number, instant: number, before = this.newest - 1, last = this.newest): void {
    const applied = this.applied[replica];
    // What every replica has applied may be forgotten by now.
    for (let write = Math.max(before + 1, this.oldest); write <= last; write += 1)
      applied[write & this.mask] = instant;
  }

  /** Writes a write into another log too, at its end. */
  copyTo(other: CommitLog, write: number): void {
    const at = write & this.mask;
    other.append(this.commits[at], this.writes[at], this.rows[at]);
  }

  /** When a replica applies a write, as far as it is known; 0 where every replica has done so and it is forgotten. */
  instantOf(replica: number, write: number): number {
    return write < this.oldest ? 0 : this.applied[replica][write & this.mask];
  }

  /** A replica has applied all that there is. */
  allApplied(replica: number, now: number): void {
    this.appliedAt(replica, now, this.done[replica]);
  }

  /** The last write that a replica has applied by `now`, which never goes back. */
  upTo(replica: number, now: number): number {
    const applied = this.applied[replica];
    let done = this.done[replica];
    while (done < this.newest && applied[(done + 1) & this.mask] <= now) done += 1;
    this.done[replica] = done;
    return done;
  }

  /** When the first write was committed that a replica lacks at `now`; NaN where it lacks none. */
  firstLacking(replica: number, now: number): number {
    const next = this.upTo(replica, now) + 1;
    return next > this.newest ? Number.NaN : this.commits[next & this.mask];
  }

  /** The same for the writes of one row. */
  firstLackingOf(replica: number, now: number, writes: RowWrites, row: number): number {
    const done = this.upTo(replica, now);
    let at = writes.newest(row);
    if (at <= done) return Number.NaN;
    for (;;) {
      const place = at & this.mask;
      if (this.jumps[place] > done) at = this.jumps[place];
      else if (this.before[place] > done) at = this.before[place];
      else return this.commits[place];
    }
  }

  /** Writes that a replica has not applied by `now`. */
  lacking(replica: number, now: number): number {
    return this.newest - this.upTo(replica, now);
  }

  /** Hangs the write at a place of the ring onto the newest one of its row before it. */
  private chain(at: number, parent: number): void {
    const isKept = parent >= this.oldest;
    this.before[at] = isKept ? parent : none;
    this.depths[at] = isKept ? this.depths[parent & this.mask] + 1 : 0;
    this.jumps[at] = isKept ? this.jumpOver(parent) : none;
  }

  /** Two jumps of equal length become one of twice the length and one; else the jump is to the parent. */
  private jumpOver(parent: number): number {
    const jump = this.jumps[parent & this.mask];
    if (jump < this.oldest) return parent;
    const further = this.jumps[jump & this.mask];
    if (further < this.oldest) return parent;
    const middle = this.depths[jump & this.mask];
    const isEven = this.depths[parent & this.mask] - middle === middle - this.depths[further & this.mask];
    return isEven ? further : parent;
  }

  private makeRoom(now: number): void {
    let slowest = this.newest;
    for (let replica = 0; replica < this.replicas; replica += 1)
      slowest = Math.min(slowest, this.upTo(replica, now));
    for (; this.oldest <= slowest; this.oldest += 1) {
      const at = this.oldest & this.mask;
      this.writes[at]?.forget(this.rows[at], this.oldest);
      this.writes[at] = null;
    }
    // A ring that stays more than half full would be tidied up too often.
    if ((this.newest - this.oldest) * 2 >= this.mask) this.widen();
  }

  private widen(): void {
    const size = (this.mask + 1) * 2;
    const move = (from: Float64Array<ArrayBuffer>) => {
      const to = new Float64Array(size);
      for (let write = this.oldest; write <= this.newest; write += 1)
        to[write & (size - 1)] = from[write & this.mask];
      return to;
    };
    const writes: (RowWrites | null)[] = new Array(size).fill(null);
    for (let write = this.oldest; write <= this.newest; write += 1)
      writes[write & (size - 1)] = this.writes[write & this.mask];
    this.commits = move(this.commits);
    this.rows = move(this.rows);
    this.before = move(this.before);
    this.jumps = move(this.jumps);
    this.depths = move(this.depths);
    for (let replica = 0; replica < this.replicas; replica += 1)
      this.applied[replica] = move(this.applied[replica]);
    this.writes = writes;
    this.mask = size - 1;
  }
}

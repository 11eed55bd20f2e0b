import type { TimeSpent } from '../time-spent.ts';

/** A stretch of time that went to one segment: waiting for a thread, working, on the way to another region. */
export interface TracedPart {
  readonly segment: number;
  from: number;
  to: number;
  /** Number of the span in which it lies; −1 in none. */
  span: number;
  /** In the doing of somebody else, whose time is shared: how its parts follow each other there is not known. */
  readonly isShared: boolean;
}

/** What a cursor stood inside of: a service's operation, a shard. */
export interface TracedSpan {
  readonly name: string;
  readonly place: number;
  readonly from: number;
  /** Infinite while it is not left. */
  to: number;
  /** Number of the span around it; −1 for none. */
  readonly around: number;
}

/** The way of one cursor: an attempt, a branch, an async list. Instants are nanoseconds of the run. */
export interface TracedThread {
  readonly name: string;
  /** Number of the thread that began it; −1 where the caller did. */
  readonly parent: number;
  /** Whether the one that began it waits for it. */
  readonly isAwaited: boolean;
  readonly place: number;
  readonly from: number;
  /** Infinite while it is under way. */
  to: number;
  /** Why it failed. */
  failure: string | null;
  /** When whoever began it stopped waiting for it, and why; it may work on. */
  givenUp: { readonly at: number; readonly reason: string } | null;
  readonly spans: TracedSpan[];
  readonly parts: TracedPart[];
  /** Threads whose time became its own: it waited for them, and they were the last to be done. */
  readonly critical: number[];
  /** More happened than was kept. */
  isCut: boolean;
}

/** Parts and spans kept of one thread, and threads of one operation: a trace is looked at by people. */
const most = { parts: 2000, threads: 500 } as const;

/** Records the way of one cursor. It changes nothing: it draws nothing, schedules nothing. */
export class CursorTrace {
  readonly thread: TracedThread;
  private readonly number: number;
  /** Numbers of the spans it stands in, innermost last; −1 for what has no name. */
  private readonly open: number[] = [];

  /** @param threads of the operation, in the order in which they began; this one comes last */
  constructor(
    private readonly threads: TracedThread[],
    what: Pick<TracedThread, 'name' | 'parent' | 'isAwaited' | 'place' | 'from'>,
  ) {
    this.thread = {
      ...what,
      to: Number.POSITIVE_INFINITY,
      failure: null,
      givenUp: null,
      spans: [],
      parts: [],
      critical: [],
      isCut: false,
    };
    this.number = threads.length;
    threads.push(this.thread);
  }

  /** A cursor that runs beside this one, or for it. Null where too many do already. */
  branch(name: string, isAwaited: boolean, place: number, now: number): CursorTrace | null {
    if (this.threads.length >= most.threads) {
      this.thread.isCut = true;
      return null;
    }
    return new CursorTrace(this.threads, { name, parent: this.number, isAwaited, place, from: now });
  }

  private get innermost(): number {
    const { open } = this;
    for (let at = open.length - 1; at >= 0; at -= 1) if (open[at] >= 0) return open[at];
    return -1;
  }

  /** Time went to a segment; it may lie ahead. */
  spent(segment: number, from: number, to: number, now: number): void {
    const { thread } = this;
    // What fails is on its way back from now on, whatever was credited before it failed.
    const begin = thread.failure === null || to <= now ? from : now;
    if (to > begin) this.keep({ segment, from: begin, to, span: this.innermost, isShared: false });
  }

  private keep(part: TracedPart): void {
    const { parts } = this.thread;
    if (parts.length < most.parts) parts.push(part);
    else this.thread.isCut = true;
  }

  /** The departure that it waits for has moved: it waits longer, or shorter, and what follows is put off with it. */
  replanned(segment: number, by: number): void {
    const { parts } = this.thread;
    const work = parts.at(-1);
    if (work === undefined) return;
    const wait = parts.at(-2);
    work.from += by;
    work.to += by;
    if (wait?.segment === segment && wait.to === work.from - by) wait.to += by;
    else if (by > 0) {
      parts.splice(-1, 0, { segment, from: work.from - by, to: work.from, span: work.span, isShared: false });
    }
  }

  /**
   * The time of another cursor, up to now, is this one's: it was the last that this one waited for.
   * @param other its trace, where it belongs to the same operation
   * @param spent its time by segment, nanoseconds
   */
  absorbed(other: CursorTrace | null, spent: TimeSpent, from: number, now: number): void {
    if (other !== null && other.threads === this.threads) {
      this.thread.critical.push(other.number);
      other.thread.to = now;
      return;
    }
    let at = from;
    for (let segment = 0; segment < spent.segments; segment += 1) {
      const time = spent.of(segment);
      if (time <= 0 || at >= now) continue;
      const to = Math.min(now, at + time);
      this.keep({ segment, from: at, to, span: this.innermost, isShared: true });
      at = to;
    }
  }

  /** @param name undefined where what is entered is nothing that people would name */
  entered(name: string | undefined, place: number, now: number): void {
    const { spans } = this.thread;
    const isKept = name !== undefined && spans.length < most.parts;
    if (isKept) spans.push({ name, place, from: now, to: Number.POSITIVE_INFINITY, around: this.innermost });
    this.open.push(isKept ? spans.length - 1 : -1);
  }

  left(now: number): void {
    const span = this.open.pop() ?? -1;
    if (span >= 0) this.thread.spans[span].to = now;
  }

  failed(reason: string, now: number): void {
    this.thread.failure ??= reason;
    this.clip(now);
  }

  /** Whoever began it waits for it no more. */
  givenUp(reason: string, now: number): void {
    this.thread.givenUp ??= { at: now, reason };
  }

  /** What was credited beyond an instant has not come to pass. */
  private clip(now: number): TracedPart[] {
    const { parts } = this.thread;
    const beyond: TracedPart[] = [];
    while ((parts.at(-1)?.to ?? 0) > now) {
      const last = parts.pop() as TracedPart;
      beyond.unshift({ ...last, from: Math.max(now, last.from), span: -1 });
      if (last.from < now) parts.push({ ...last, to: now });
    }
    return beyond;
  }

  /**
   * The host under it has died, or its caller has gone: those who wait go on with this trace, and what had been called
   * works on alone, in the trace that is answered.
   * @param kept of what it stands in, outermost first, this many stay with those who wait
   */
  parted(kept: number, place: number, now: number): CursorTrace | null {
    const gone = this.open.splice(kept);
    const alone = this.branch('works on alone', false, place, now);
    for (const span of gone) {
      if (span < 0) {
        alone?.entered(undefined, place, now);
      } else {
        this.thread.spans[span].to = now;
        alone?.entered(this.thread.spans[span].name, this.thread.spans[span].place, now);
      }
    }
    const beyond = this.clip(now);
    for (const part of beyond) alone?.keep({ ...part, span: alone.innermost });
    return alone;
  }

  /** Its life is over. */
  ended(now: number): void {
    this.clip(now);
    for (const span of this.open) if (span >= 0) this.thread.spans[span].to = now;
    this.open.length = 0;
    this.thread.to = now;
  }
}

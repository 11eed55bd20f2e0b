import { CursorTrace, type TracedThread } from './cursor-trace.ts';

/** What is recorded of one operation. Instants are nanoseconds of the run. */
export interface TracedOperation {
  readonly high: number;
  readonly low: number;
  /** Whose it is: `workloads.orders`. */
  readonly caller: string;
  /** Where the caller is. */
  readonly place: number;
  readonly arrivedAt: number;
  /** When it was answered or given up; null where the run ended before. */
  endedAt: number | null;
  /** Why it was given up. */
  failure: string | null;
  readonly threads: TracedThread[];
  readonly attempts: TracedAttempt[];
}

/** One try of it, as its caller sees it: until when he waited, and why he stopped. */
export interface TracedAttempt {
  readonly thread: number;
  readonly from: number;
  to: number | null;
  failure: string | null;
}

/** An operation as its caller knows it. */
export interface Traceable {
  readonly high: number;
  readonly low: number;
  readonly arrivedAt: number;
  readonly origin: number;
}

/** Which operations are recorded. */
export interface TraceWish {
  /** By their identity. */
  readonly named: ReadonlySet<string>;
  /** Of all others, this share, the same ones each time. */
  readonly share: number;
  /** No more than so many in all, the named ones besides. */
  readonly most: number;
}

/** An operation's identity as text: `5b9d10c2-2f1`. */
export const operationText = ({ high, low }: { readonly high: number; readonly low: number }): string =>
  `${(high >>> 0).toString(16)}-${(low >>> 0).toString(16)}`;

/**
 * Records operations on their way, as many as were wished for and no more. Which of them is decided by their identity
 * alone, so that a run records the same ones each time; and recording changes nothing of the run.
 */
export class Tracer {
  readonly operations: TracedOperation[] = [];
  private readonly known = new Map<Traceable, TracedOperation>();
  private readonly threshold: number;
  private sampled = 0;

  constructor(private readonly wish: TraceWish) {
    this.threshold = wish.share * 2 ** 32;
  }

  /** An attempt sets out. Null where the operation is not recorded. */
  attempt(operation: Traceable, caller: string, now: number): CursorTrace | null {
    const traced = this.known.get(operation) ?? this.begin(operation, caller);
    if (traced === null) return null;
    const { threads, attempts } = traced;
    attempts.push({ thread: threads.length, from: now, to: null, failure: null });
    const name = `attempt ${attempts.length}`;
    return new CursorTrace(threads, { name, parent: -1, isAwaited: true, place: traced.place, from: now });
  }

  private begin(operation: Traceable, caller: string): TracedOperation | null {
    if (!this.isWanted(operation)) return null;
    const { high, low, arrivedAt, origin } = operation;
    const traced: TracedOperation = {
      high,
      low,
      caller,
      place: origin,
      arrivedAt,
      endedAt: null,
      failure: null,
      threads: [],
      attempts: [],
    };
    this.known.set(operation, traced);
    this.operations.push(traced);
    return traced;
  }

  private isWanted(operation: Traceable): boolean {
    const { named, most } = this.wish;
    if (named.has(operationText(operation))) return true;
    if (this.sampled >= most || scrambled(operation) >= this.threshold) return false;
    this.sampled += 1;
    return true;
  }

  /** Its caller waits for its attempt no more: answered (null), failed, or too late. */
  attempted(operation: Traceable, failure: string | null, now: number): void {
    const last = this.known.get(operation)?.attempts.at(-1);
    if (last === undefined) return;
    last.to = now;
    last.failure = failure;
  }

  /** It is over. */
  ended(operation: Traceable, failure: string | null, now: number): void {
    const traced = this.known.get(operation);
    if (traced === undefined) return;
    traced.endedAt = now;
    traced.failure = failure;
    this.known.delete(operation);
  }
}

/**
 * 32 bits of an identity, well mixed: identities of one workload differ in their low word alone.
 *
 * The finalizer of MurmurHash3 (A. Appleby, public domain), over both words. It decides which operations are looked at, and
 * draws nothing.
 */
function scrambled({ high, low }: Traceable): number {
  let word = high ^ Math.imul(low, 0x9e3779b1);
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

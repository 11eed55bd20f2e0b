import { childIdentity } from '../../sim/random/childIdentity.ts';
import type { Cursor, FrameOwner, Host, Root } from '../cursor.ts';
import type { CursorPool } from '../cursor-pool.ts';
import { finish } from './finish.ts';

/** Makes cursors that run beside their parent, each under an identity of its own, hashed from parent and call site. */
export class Brancher {
  private readonly site: number;
  private readonly words = { high: 0, low: 0 };

  constructor(
    private readonly pool: CursorPool,
    path: string,
    /** What people call one of them; nobody waits for what is `async`. */
    private readonly part: 'branch' | 'async' | 'part' = 'part',
  ) {
    this.site = pool.site(path);
  }

  /** A cursor that stands where its parent stands, on the same host, at this instant. */
  branch(parent: Cursor, index: number, root: Root): Cursor {
    const child = this.make(parent, index, root);
    standBeside(child, parent.host);
    return child;
  }

  /** As `branch`, but the host does not know of it: whoever gets it tells the host, or fails it when that dies. */
  task(parent: Cursor, index: number, root: Root): Cursor {
    const child = this.make(parent, index, root);
    child.host = parent.host;
    return child;
  }

  private make(parent: Cursor, index: number, root: Root): Cursor {
    const child = this.pool.take();
    childIdentity(parent.high, parent.low, this.site, (parent.word & ~0xfff) | index, this.words);
    child.high = this.words.high;
    child.low = this.words.low;
    child.word = 0;
    child.operation = parent.operation;
    child.root = root;
    child.place = parent.place;
    child.deadline = parent.deadline;
    child.readAt = parent.readAt;
    child.committedAt = parent.committedAt;
    if (parent.trace !== null) {
      const name = this.part === 'async' ? this.part : `${this.part} ${index + 1}`;
      child.trace = parent.trace.branch(name, this.part !== 'async', parent.place, parent.now);
    }
    return child;
  }
}

/** Puts a cursor that begins a life at its place on a host, with which it dies. */
export function standBeside(cursor: Cursor, host: Host | null): void {
  if (host?.occupy === undefined) {
    cursor.host = host;
  } else {
    cursor.push(onHost, finish, cursor.place, host);
    host.occupy(cursor);
  }
}

/** The frame of a branch that runs on a host, so that it dies with the host. */
const onHost: FrameOwner = {
  leave(cursor): number {
    cursor.host?.vacate?.(cursor);
    return 0;
  },
};

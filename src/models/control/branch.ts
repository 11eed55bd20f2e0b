import { childIdentity } from '../../sim/random/childIdentity.ts';
import type { Cursor, CursorPool, Root } from '../cursor.ts';
import { nameWord } from '../name-word.ts';

/** Makes cursors that run beside their parent, each under an identity of its own, hashed from parent and call site. */
export class Brancher {
  private readonly site: number;
  private readonly words = { high: 0, low: 0 };

  constructor(
    private readonly pool: CursorPool,
    path: string,
  ) {
    this.site = nameWord(path);
  }

  /** A cursor that stands where its parent stands, on the same host, at this instant. */
  branch(parent: Cursor, index: number, root: Root): Cursor {
    const child = this.pool.take();
    childIdentity(parent.high, parent.low, this.site, (parent.word & ~0xfff) | index, this.words);
    child.high = this.words.high >>> 0;
    child.low = this.words.low >>> 0;
    child.word = 0;
    child.operation = parent.operation;
    child.root = root;
    child.place = parent.place;
    child.host = parent.host;
    return child;
  }
}

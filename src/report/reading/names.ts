import { ownerOf } from '../../metrics/index.ts';
import type { Result } from '../../result/index.ts';

/** What people call the things that a result has ids for. */
export class Names {
  private readonly kinds = new Map<string, string>();
  private readonly callers: ReadonlySet<string>;

  constructor({ topology, callers }: Pick<Result, 'topology' | 'callers'>) {
    this.callers = new Set(callers.map(({ id }) => id));
    const ids = [...new Set([...topology.nodes.map(({ id }) => id), ...this.callers])];
    const isShared = (id: string) => ids.filter((other) => nameOf(other) === nameOf(id)).length > 1;
    for (const { id, kind } of topology.nodes) if (isShared(id)) this.kinds.set(id, kind);
  }

  /** A thing by its id, with its kind where another thing has the same name: `orders (database)`. */
  owner(path: string): string {
    const id = ownerOf(path);
    const kind = this.kinds.get(id);
    return kind === undefined ? nameOf(id) : `${nameOf(id)} (${kind})`;
  }

  /** A thing and the part of it that a path names: `match-service in us-east`, `orders (database) shard 3`. */
  of(path: string): string {
    return [this.owner(path), this.part(path)].filter(Boolean).join(' ');
  }

  /** The part of a thing that a path names: `in us-east`, `shard 3`; nothing where it names the whole. */
  part(path: string): string {
    const dimensions = path.split('.').slice(2);
    const words = dimensions.map((word, at) => (at % 2 === 0 ? singular(word) : word));
    return words.join(' ');
  }

  isCaller(id: string): boolean {
    return this.callers.has(id);
  }
}

const nameOf = (path: string): string => path.split('.')[1] ?? path;
const singular = (word: string): string => word.replace(/s$/, '');

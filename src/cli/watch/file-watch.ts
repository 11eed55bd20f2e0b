import { statSync } from 'node:fs';

/** Milliseconds between two looks, and for which nothing may change before a save counts as over. */
const [pause, settled] = [200, 200];

export interface Watched {
  /** What a file looks like from outside: undefined where there is none. */
  look(file: string): string | undefined;
  now(): number;
}

const onDisk: Watched = {
  look(file) {
    const found = statSync(file, { throwIfNoEntry: false });
    return found === undefined ? undefined : `${found.mtimeMs} ${found.size} ${found.ino}`;
  },
  now: () => performance.now(),
};

/**
 * Sees when files are saved. It looks at them from time to time: editors that put a new file in the old one's place, network
 * drives and containers are all the same to it.
 */
export class FileWatch {
  private seen = new Map<string, string | undefined>();
  private changedAt: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly onSave: () => void,
    private readonly disk: Watched = onDisk,
  ) {}

  /** Watches these files from now on, as they are; those that are not there yet, too. */
  watch(files: Iterable<string>): void {
    const before = this.seen;
    this.seen = new Map(
      [...files].map((file) => [file, before.has(file) ? before.get(file) : this.disk.look(file)]),
    );
  }

  start(): void {
    this.timer = setInterval(() => this.check(), pause);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** A save is over once nothing has changed for a while: an editor may write in several goes. */
  check(): void {
    const now = this.disk.now();
    for (const [file, before] of this.seen) {
      const found = this.disk.look(file);
      if (found === before) continue;
      this.seen.set(file, found);
      this.changedAt = now;
    }
    if (this.changedAt === undefined || now - this.changedAt < settled) return;
    this.changedAt = undefined;
    this.onSave();
  }
}

import type { Simulation } from '../sim/simulation.ts';
import type { Network } from './contracts/network.ts';
import { Cursor } from './cursor.ts';
import { Frame } from './frame.ts';
import { nameWord } from './name-word.ts';
import type { Tracer } from './trace/tracer.ts';

/** Cursors of one run, taken and given back. */
export class CursorPool {
  private readonly idle: Cursor[] = [];
  private idleFrames: Frame | null = null;
  private readonly sites = new Map<string, number>();
  private readonly siteWords = new Set<number>();
  private segments = 0;
  /** Cursors under way. */
  taken = 0;
  /** What cursors travel over: the network says so itself. */
  network!: Network;
  /** Records operations on their way; null where nobody looks. */
  tracer: Tracer | null = null;

  constructor(private readonly simulation: Simulation) {}

  /** Fixes how many segments time can be credited to: all steps are compiled. */
  seal(segments: number): void {
    this.segments = segments;
  }

  /** A 32-bit number for a place in the design: the hash of its path, or the next that no other path has. */
  site(path: string): number {
    const known = this.sites.get(path);
    if (known !== undefined) return known;
    let word = nameWord(path) | 0;
    while (this.siteWords.has(word)) word = (word + 1) | 0;
    this.sites.set(path, word);
    this.siteWords.add(word);
    return word;
  }

  take(): Cursor {
    this.taken += 1;
    const cursor = this.idle.pop() ?? new Cursor(this.simulation, this, this.segments);
    cursor.renew();
    return cursor;
  }

  give(cursor: Cursor): void {
    this.taken -= 1;
    this.idle.push(cursor);
  }

  /** @internal */
  frame(): Frame {
    const frame = this.idleFrames;
    if (frame === null) return new Frame();
    this.idleFrames = frame.below;
    return frame;
  }

  /** @internal */
  keep(frame: Frame): void {
    frame.below = this.idleFrames;
    this.idleFrames = frame;
  }
}

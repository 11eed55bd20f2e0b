import type { EventTarget } from './event-queue.ts';
import type { Agenda } from './simulation.ts';

/** Who may wait too long. */
export interface TimeoutTarget {
  /** The time that was armed under `token` has passed; a newer token means that it no longer matters. */
  timedOut(token: number): void;
  /** Whether what was armed under `token` still waits; if not, its time may pass unnoticed. */
  awaits(token: number): boolean;
}

/**
 * Timeouts of one constant length: they fall due in the order in which they were armed, so a ring holds them and one
 * pending event stands for all. There is nothing to cancel: what was answered in time ignores an old token.
 */
export class TimeoutRing implements EventTarget {
  private mask = 63;
  private targets: (TimeoutTarget | null)[] = new Array(64).fill(null);
  private tokens = new Int32Array(64);
  private dues = new Float64Array(64);
  private head = 0;
  private tail = 0;
  /** An event is pending for the head, or the head is being worked off. */
  private isPlanned = false;

  /** @param length nanoseconds */
  constructor(
    private readonly agenda: Agenda,
    private readonly length: number,
  ) {}

  arm(now: number, target: TimeoutTarget, token: number): void {
    if (this.tail - this.head > this.mask) this.widen();
    const at = this.tail & this.mask;
    this.targets[at] = target;
    this.tokens[at] = token;
    this.dues[at] = now + this.length;
    this.tail += 1;
    if (!this.isPlanned) this.plan();
  }

  fire(): void {
    const due = this.dues[this.head & this.mask];
    while (this.head < this.tail && this.dues[this.head & this.mask] <= due) {
      const at = this.head & this.mask;
      const target = this.targets[at] as TimeoutTarget;
      this.targets[at] = null;
      this.head += 1;
      target.timedOut(this.tokens[at]);
    }
    this.isPlanned = false;
    this.skipAnswered();
    if (this.head < this.tail) this.plan();
  }

  /** Most are answered long before their time: those at the head need no event. */
  private skipAnswered(): void {
    while (this.head < this.tail) {
      const at = this.head & this.mask;
      if ((this.targets[at] as TimeoutTarget).awaits(this.tokens[at])) return;
      this.targets[at] = null;
      this.head += 1;
    }
  }

  private plan(): void {
    this.isPlanned = true;
    this.agenda.at(this.dues[this.head & this.mask], this);
  }

  private widen(): void {
    const size = (this.mask + 1) * 2;
    const targets: (TimeoutTarget | null)[] = new Array(size).fill(null);
    const tokens = new Int32Array(size);
    const dues = new Float64Array(size);
    for (let entry = this.head; entry < this.tail; entry += 1) {
      const from = entry & this.mask;
      const to = entry & (size - 1);
      targets[to] = this.targets[from];
      tokens[to] = this.tokens[from];
      dues[to] = this.dues[from];
    }
    this.targets = targets;
    this.tokens = tokens;
    this.dues = dues;
    this.mask = size - 1;
  }
}

/** Who waits at a Gate: told when its turn has come. */
export interface GateCustomer {
  /** A unit of the Gate has been given; called inline by whoever released it. */
  granted(): void;
}

/**
 * A bounded number of units (threads, connections) that are held while their holder does other things.
 *
 * `acquire` answers at once when a unit is free; otherwise the customer waits, first come first served, unless the
 * queue is full. Event by event: holding a unit while waiting for others is what makes real systems fall over.
 */
export class Gate {
  private waiting: (GateCustomer | null)[] = [];
  private head = 0;
  private gaps = 0;
  private inUse = 0;
  private last = 0;
  private heldTicks = 0;
  private waitingTicks = 0;
  private unitTicks = 0;
  private longest = 0;
  private refusals = 0;

  constructor(
    private units: number,
    private readonly room = Infinity,
  ) {}

  get held(): number {
    return this.inUse;
  }

  get capacity(): number {
    return this.units;
  }

  get queueLength(): number {
    return this.waiting.length - this.head - this.gaps;
  }

  /** @returns 'granted' (hold it now), 'queued' (`granted()` will be called) or 'full' (rejected). */
  acquire(now: number, customer: GateCustomer): 'granted' | 'queued' | 'full' {
    this.account(now);
    if (this.inUse < this.units && this.queueLength === 0) {
      this.inUse += 1;
      return 'granted';
    }
    if (this.queueLength >= this.room) {
      this.refusals += 1;
      return 'full';
    }
    this.waiting.push(customer);
    if (this.queueLength > this.longest) this.longest = this.queueLength;
    return 'queued';
  }

  /** Gives a unit back; the first who waits has it at once. */
  release(now: number): void {
    this.account(now);
    this.inUse -= 1;
    this.admit(now);
  }

  /** Takes a waiting customer out of the queue. @returns whether it was waiting. */
  leave(now: number, customer: GateCustomer): boolean {
    const place = this.waiting.indexOf(customer, this.head);
    if (place < 0) return false;
    this.account(now);
    this.waiting[place] = null;
    this.gaps += 1;
    return true;
  }

  /** Changes the number of units; holders keep theirs, who waits may come in. */
  changeUnits(now: number, units: number): void {
    this.account(now);
    this.units = units;
    this.admit(now);
  }

  /** Everyone loses: holders and waiters are forgotten. @returns those who waited, in order. */
  crash(now: number): GateCustomer[] {
    this.account(now);
    const lost = this.waiting.slice(this.head).filter((customer) => customer !== null);
    this.waiting = [];
    this.head = 0;
    this.gaps = 0;
    this.inUse = 0;
    return lost;
  }

  resetWindow(now: number): void {
    this.account(now);
    this.heldTicks = 0;
    this.waitingTicks = 0;
    this.unitTicks = 0;
    this.refusals = 0;
    this.longest = this.queueLength;
  }

  observe(now: number): GateObservation {
    this.account(now);
    const { heldTicks, waitingTicks, unitTicks, refusals: refused, longest: longestQueue } = this;
    return { heldTicks, waitingTicks, unitTicks, refused, longestQueue };
  }

  private admit(now: number): void {
    while (this.inUse < this.units && this.head < this.waiting.length) {
      const customer = this.waiting[this.head];
      this.waiting[this.head] = null;
      this.head += 1;
      if (customer === null) {
        this.gaps -= 1;
      } else {
        this.account(now);
        this.inUse += 1;
        customer.granted();
      }
    }
    this.compact();
  }

  /** Drops the spent front of the queue once it is the larger part, so that the cost stays constant a customer. */
  private compact(): void {
    if (this.waiting.length === 0) return;
    if (this.head === this.waiting.length) {
      this.waiting.length = 0;
      this.head = 0;
    } else if (this.head > 1024 && this.head * 2 > this.waiting.length) {
      this.waiting = this.waiting.slice(this.head);
      this.head = 0;
    }
  }

  private account(now: number): void {
    const elapsed = now - this.last;
    if (elapsed === 0) return;
    this.heldTicks += this.inUse * elapsed;
    this.waitingTicks += this.queueLength * elapsed;
    this.unitTicks += this.units === Infinity ? 0 : this.units * elapsed;
    this.last = now;
  }
}

/** What a Gate saw in its window: integer nanoseconds of units held, customers waiting, units present; refusals. */
export interface GateObservation {
  heldTicks: number;
  waitingTicks: number;
  unitTicks: number;
  refused: number;
  longestQueue: number;
}

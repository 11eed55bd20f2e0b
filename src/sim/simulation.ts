import { EventQueue, type EventTarget, Rank } from './event-queue.ts';

/** A participant of the simulation that schedules events of its own (timers, flushes, faults). */
export class Agenda {
  private counter = 0;

  constructor(
    private readonly simulation: Simulation,
    private readonly component: number,
  ) {}

  /** Schedules `target` at an instant (integer nanoseconds). Order among ties: component's number, then own counter. */
  at(instant: number, target: EventTarget, token = 0): void {
    const { simulation } = this;
    simulation.scheduled(instant, Rank.component, this.component, this.counter, 0, target, token);
    this.counter = (this.counter + 1) >>> 0;
  }

  after(delay: number, target: EventTarget, token = 0): void {
    this.at(this.simulation.now + delay, target, token);
  }
}

/** The clock and the loop. `now` is the current instant in integer nanoseconds; it never goes back. */
export class Simulation {
  now = 0;
  /** Events fired so far. */
  events = 0;
  private readonly queue = new EventQueue();
  private components = 0;
  /** What fires next at this instant, first come first served, before anything in the queue. */
  private readonly soonTargets: (EventTarget | null)[] = [];
  private readonly soonTokens: number[] = [];
  private soonHead = 0;
  private soonTail = 0;
  private digestHigh = 0x811c9dc5;
  private digestLow = 0x2b5c1f37;

  /** A numbered agenda; numbers follow the order of asking, which assembly keeps equal for equal scenarios. */
  agenda(): Agenda {
    this.components += 1;
    return new Agenda(this, this.components);
  }

  get pending(): number {
    return this.queue.size + this.soonTail - this.soonHead;
  }

  /** Schedules an event of an operation: its identity (two words) and packed word decide ties. */
  schedule(at: number, high: number, low: number, word: number, target: EventTarget, token: number): void {
    this.scheduled(at, Rank.operation, high, low, word, target, token);
  }

  /** As `schedule`, for what leaves a Line: before everything else of its instant. */
  scheduleDeparture(
    at: number,
    high: number,
    low: number,
    word: number,
    target: EventTarget,
    token: number,
  ): void {
    this.scheduled(at, Rank.departure, high, low, word, target, token);
  }

  scheduled(
    at: number,
    rank: number,
    high: number,
    low: number,
    word: number,
    target: EventTarget,
    token: number,
  ): void {
    if (!(at >= this.now)) throw new Error(`scheduled at ${at}, before now (${this.now})`);
    this.queue.push(at, rank, high, low, word, target, token);
  }

  /** Fires `target` at this same instant, after the event now running has returned and before any other. */
  soon(target: EventTarget, token: number): void {
    this.soonTargets[this.soonTail] = target;
    this.soonTokens[this.soonTail] = token;
    this.soonTail += 1;
  }

  /** Runs all events before `until` (integer nanoseconds) and leaves the clock there: those of `until` are to come. */
  runBefore(until: number): void {
    if (until <= this.now) return;
    this.run(until - 1);
    this.now = until;
  }

  /** Runs all events up to and including `until` (integer nanoseconds) and leaves the clock there. */
  run(until: number): void {
    const { queue } = this;
    this.drainSoon();
    for (;;) {
      const target = queue.pop(until);
      if (target === null) break;
      this.now = queue.at;
      this.events += 1;
      target.fire(queue.token);
      if (this.soonTail > 0) this.drainSoon();
    }
    if (until > this.now) this.now = until;
  }

  private drainSoon(): void {
    while (this.soonHead < this.soonTail) {
      const at = this.soonHead;
      const target = this.soonTargets[at] as EventTarget;
      this.soonTargets[at] = null;
      this.soonHead += 1;
      this.events += 1;
      target.fire(this.soonTokens[at]);
    }
    this.soonHead = 0;
    this.soonTail = 0;
  }

  /** Folds an observed number into the run's fingerprint. */
  digest(value: number): void {
    const low = value >>> 0;
    const high = Math.floor(value / 4294967296) >>> 0;
    this.digestHigh = Math.imul(this.digestHigh ^ low, 0x01000193) + (this.digestLow >>> 7);
    this.digestLow = Math.imul(this.digestLow ^ high ^ (this.digestHigh >>> 15), 0x85ebca6b) ^ low;
  }

  /** 16 hexadecimal digits that any change of behaviour changes. */
  get fingerprint(): string {
    const word = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
    return word(this.digestHigh) + word(this.digestLow);
  }
}

import { childIdentity } from '../../../sim/random/childIdentity.ts';
import type { RelayedEvent } from '../../contracts/topic.ts';
import type { Process, Relay } from './relay.ts';

const words = { high: 0, low: 0 };

/** An event in the outbox: committed with its write, kept until the relay knows for sure that it is published. */
export class OutboxEvent {
  /** Times that it has been published. */
  publications = 0;
  private attempts = 0;

  constructor(
    private readonly high: number,
    private readonly low: number,
    private readonly keys: readonly number[],
    readonly committedAt: number,
  ) {}

  /** What is published of it next, by a relay that wants to hear of it; each time a record of its own. */
  attempt(relay: Relay): RelayedEvent {
    childIdentity(this.high, this.low, 0, this.attempts, words);
    this.attempts += 1;
    return new Attempt(this, relay, relay.process, words.high, words.low, this.keys);
  }
}

/** One publication of an event. Whether the relay still lives that started it matters to the relay alone. */
class Attempt implements RelayedEvent {
  constructor(
    private readonly event: OutboxEvent,
    private readonly relay: Relay,
    private readonly process: Process,
    readonly high: number,
    readonly low: number,
    readonly keys: readonly number[],
  ) {}

  get isRepeated(): boolean {
    return this.event.publications > 0;
  }

  published(): void {
    this.event.publications += 1;
    this.relay.published(this.event, this.process);
  }

  failed(isInLog: boolean): void {
    if (isInLog) this.event.publications += 1;
    this.relay.failed(this.event, this.process, isInLog);
  }
}

import type { Passage } from '../contracts/cluster.ts';
import type { RelayedEvent } from '../contracts/topic.ts';
import { TopicRecord } from './record.ts';

/** A record that a relay has published, and wants to hear of. */
export class RelayedRecord extends TopicRecord {
  constructor(
    private readonly event: RelayedEvent,
    publishedAt: number,
  ) {
    super(event.high, event.low, event.keys, publishedAt);
  }

  override acknowledged(passage: Passage): void {
    super.acknowledged(passage);
    this.arrived();
    this.event.published();
  }

  /** It is in the topic: perhaps it has been there before. */
  private arrived(): void {
    if (this.event.isRepeated) this.log.owner.misapplied(this);
  }

  override lost(): void {
    super.lost();
    this.event.failed(false);
  }

  override undelivered(isInLog: boolean): void {
    super.undelivered(isInLog);
    if (isInLog) this.arrived();
    this.event.failed(isInLog);
  }
}

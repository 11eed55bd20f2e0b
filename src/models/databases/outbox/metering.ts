import { toSeconds } from '../../../sim/clock.ts';
import type { MetersOf } from '../../meters.ts';
import type { outboxMeters } from './metrics.ts';
import type { OutboxEvent } from './outbox-event.ts';

/** What is measured of an outbox. */
export class OutboxMetering {
  constructor(private readonly meters: MetersOf<typeof outboxMeters>) {}

  entered(now: number): void {
    this.meters.outboxDepth.add(now, 1);
  }

  /** Events that were not published have gone with their writes. */
  gone(events: number, now: number): void {
    this.meters.outboxDepth.add(now, -events);
  }

  /** One publication of an event is acknowledged; it is counted among the event’s publications. */
  published({ committedAt, publications }: OutboxEvent, now: number): void {
    const { meters } = this;
    if (publications > 1) {
      meters.republishedEvents.count();
      return;
    }
    meters.outboxDepth.add(now, -1);
    meters.outboxDelay.observe(toSeconds(now - committedAt));
    meters.relayedEvents.count();
  }
}

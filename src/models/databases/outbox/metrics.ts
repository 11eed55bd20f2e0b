import { meterSet } from '../../meters.ts';

/** Of databases with an outbox. */
export const outboxMeters = meterSet({
  outboxDepth: {
    kind: 'level',
    unit: 'count',
    better: 'lower',
    about: 'Events that are committed and not yet published, all shards together.',
  },
  outboxDelay: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From an event’s commit to the acknowledgement of its first publication.',
  },
  relayedEvents: {
    kind: 'rate',
    unit: 'rate',
    better: 'higher',
    about: 'Events of the outbox published for the first time, a second.',
  },
  republishedEvents: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Publications of events that had been published before: what a relay’s crash doubles.',
  },
});

/** Of databases that are written in operations that publish without an outbox, after the write. */
export const unpublishedMeters = meterSet({
  unpublishedWrites: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Writes that were committed by an operation that ended before its publish was acknowledged: an instance died, or the publish failed.',
  },
});

/** Of databases that are written in operations that publish first. */
export const unwrittenMeters = meterSet({
  unwrittenEvents: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Events published by an operation that ended before its write was committed.',
  },
});

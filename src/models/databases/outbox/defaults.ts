import { toTicks } from '../../../sim/clock.ts';
import type { Assumption } from '../../kind.ts';
import type { OutboxConfig, RelaySettings } from './config.ts';

const defaults = { interval: 0.5, restart: 10, checkpoint: 60, polled: 1000, tailed: 2048 };

export function relaySettingsOf(config: OutboxConfig = { relay: 'polling' }): RelaySettings {
  const isPolling = config.relay === 'polling';
  return {
    isPolling,
    interval: toTicks(config.interval ?? defaults.interval),
    restart: toTicks(config.restart ?? defaults.restart),
    checkpoint: toTicks(config.checkpoint ?? defaults.checkpoint),
    batch: config.batch ?? (isPolling ? defaults.polled : defaults.tailed),
  };
}

/** What the scenario leaves open, with what Headroom takes in its place. */
export function outboxAssumptions(name: string, config: OutboxConfig | undefined): Assumption[] {
  const isPolling = config?.relay !== 'cdc';
  const source = isPolling
    ? 'the Eventuate CDC service’s defaults for polling an outbox table (its README)'
    : 'Debezium’s poll.interval.ms and max.batch.size, and Kafka Connect’s offset.flush.interval.ms';
  const open: [unknown, string, string, string][] = [
    [config, 'relay of the outbox', 'polling', 'assumed'],
    [config?.interval, 'sleep of the relay', '500 ms', source],
    [config?.batch, 'events that the relay takes at a time', isPolling ? '1000' : '2048', source],
    [isPolling ? 0 : config?.checkpoint, 'time between the relay’s checkpoints', '60 s', source],
    [config?.restart, 'time until a crashed relay is back', '10 s', 'assumed'],
  ];
  return open.flatMap(([given, about, value, from]) =>
    given === undefined ? [{ about: `databases.${name}: ${about}`, value, source: from }] : [],
  );
}

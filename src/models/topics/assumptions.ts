import type { Design } from '../design.ts';
import type { Assumption } from '../kind.ts';
import { brokersOf, mirrorsOf, replicationOf, type TopicConfig } from './config.ts';

export function assumptions(name: string, config: TopicConfig, design: Design): Assumption[] {
  const about = `topics.${name}`;
  const { producer, recordSize, replicationFactor } = config;
  const assumed: Assumption[] = [];
  if (replicationFactor === undefined) {
    assumed.push({
      about: `${about}: replication factor`,
      value: String(replicationOf(config, design)),
      source: `assumed: three copies, of ${brokersOf(config, design)} brokers`,
    });
  }
  if (recordSize === 1024)
    assumed.push({ about: `${about}: size of a record`, value: '1 KiB', source: 'assumed' });
  if (producer.linger === 0.005) {
    assumed.push({
      about: `${about}: linger`,
      value: '5 ms',
      source: 'default of Kafka 4.0 (KIP-1030; 0 before)',
    });
  }
  if (mirrorsOf(config, design).length > 0) {
    assumed.push({
      about: `${about}: mirrors`,
      value: `keep ${replicationOf(config, design)} copies, wait 5 ms for a batch, one request in flight; copying takes no processor time`,
      source:
        'MirrorMaker 2 and its producer, but for the copies, which are the topic’s; the time is assumed',
    });
  }
  return assumed;
}

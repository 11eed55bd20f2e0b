import type { Design } from '../design.ts';
import type { Assumption } from '../kind.ts';
import { brokersOf, replicationOf, type TopicConfig } from './config.ts';

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
  return assumed;
}

import type { Assumption } from '../kind.ts';
import type { ConsumerConfig } from './config.ts';

export function assumptions(name: string, config: ConsumerConfig): Assumption[] {
  const about = `consumers.${name}`;
  return [
    {
      about: `${about}: when members come or go`,
      value: 'partitions are shared out anew at once, without a pause',
      source: 'assumed; Kafka’s rebalances are not simulated yet',
    },
    {
      about: `${about}: a record whose call fails`,
      value: 'is counted as failed and passed over',
      source: 'assumed',
    },
    {
      about: `${about}: commits`,
      value: 'are sent at the end of each poll and cost nothing',
      source: 'assumed: asynchronous commits',
    },
    ...(config.maxPoll === 500
      ? [
          {
            about: `${about}: records of a poll`,
            value: 'at most 500',
            source: 'Kafka’s default, max.poll.records',
          },
        ]
      : []),
  ];
}

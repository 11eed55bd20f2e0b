import type { Assumption } from '../kind.ts';
import type { ConsumerConfig } from './config.ts';

export function assumptions(name: string, config: ConsumerConfig): Assumption[] {
  const about = `consumers.${name}`;
  return [
    {
      about: `${about}: how members come and go`,
      value: 'Kafka’s classic protocol; the group’s coordinator does not fail, and offsets are in its memory',
      source: 'assumed',
    },
    ...(config.retries === undefined && config.deadLetter === undefined
      ? [
          {
            about: `${about}: a record whose call fails`,
            value: 'is counted as failed and passed over',
            source: 'assumed',
          },
        ]
      : []),
    {
      about: `${about}: commits`,
      value: 'cost nothing',
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

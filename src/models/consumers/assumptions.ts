import type { Assumption } from '../kind.ts';
import type { ConsumerConfig } from './config.ts';

export function assumptions(name: string, config: ConsumerConfig): Assumption[] {
  const about = `consumers.${name}`;
  return [
    {
      about: `${about}: members`,
      value:
        'as many for all the run as the scenario begins with; a call goes to an instance that the balancer chooses',
      source: 'assumed; members that follow instances, and their rebalances, are not simulated yet',
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

import type { Assumption } from '../kind.ts';
import type { ClusterConfig } from './config.ts';

/** Bytes a second that one broker of the benchmark took in: its own partitions' and the copies of the others'. */
const benchmarked = 605e6;

export function assumptions(name: string, config: ClusterConfig): Assumption[] {
  const about = `clusters.${name}`;
  return [
    ...(config.append === undefined
      ? [{ about: `${about}: a broker’s time for one request`, value: '50 µs', source: 'assumed' }]
      : []),
    ...(config.bandwidth === benchmarked
      ? [
          {
            about: `${about}: what a broker can append`,
            value: '605 MB/s',
            source:
              'developer.confluent.io/learn/kafka-performance: 605 MB/s peak on 3 brokers of i3en.2xlarge, each of which stores all (replication factor 3)',
          },
        ]
      : []),
    {
      about: `${about}: reads by consumers and followers`,
      value: 'come from memory and take no time of the broker',
      source: 'assumed: what is read was written a moment ago',
    },
    {
      about: `${about}: brokers`,
      value: 'fail as `faults` says, and not by themselves',
      source: 'assumed',
    },
  ];
}

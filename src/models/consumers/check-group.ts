import { formatQuantity } from '../../units/index.ts';
import type { Finding } from '../kind.ts';
import type { ConsumerConfig } from './config.ts';

/** Whether a group's times fit together, as Kafka's own client asks for. */
export function checkGroup({
  heartbeatInterval,
  maxPollInterval,
  sessionTimeout,
}: ConsumerConfig): Finding[] {
  const session = formatQuantity(sessionTimeout, 'duration');
  const heartbeat = formatQuantity(heartbeatInterval, 'duration');
  if (heartbeatInterval >= sessionTimeout) {
    return [
      {
        path: ['heartbeatInterval'],
        message: `a member is taken for dead after ${session} and says that it lives every ${heartbeat}`,
        expected: `less than sessionTimeout, ${session}`,
        hint: 'a third of it lets two heartbeats be lost',
      },
    ];
  }
  if (sessionTimeout > maxPollInterval) {
    return [
      {
        path: ['sessionTimeout'],
        message: `a rebalance waits ${formatQuantity(maxPollInterval, 'duration')} for its members (maxPollInterval), and one that died is missed after ${session}`,
        expected: 'at most maxPollInterval',
        severity: 'warning',
      },
    ];
  }
  return [];
}

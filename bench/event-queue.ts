import { EventQueue, type EventTarget } from '../src/sim/event-queue.ts';
import { stream } from '../src/sim/random/streams.ts';

const nobody: EventTarget = { fire: () => {} };

/**
 * The hold model: with so many events pending, takes the earliest and schedules another an exponential time later.
 * @returns nanoseconds for a pop and a push, and whether every event came in order of time
 */
export function hold(pending: number, turns: number): { nanoseconds: number; isOrdered: boolean } {
  const queue = new EventQueue();
  const random = stream(1, 0, `hold ${pending}`);
  // A mean distance of a microsecond between events, as a busy design has.
  const delay = () => Math.round(-Math.log(random()) * pending * 1000);
  for (let at = 0; at < pending; at += 1) queue.push(delay(), 2, 0, at, 0, nobody, at);
  const run = (count: number) => {
    let isOrdered = true;
    let last = 0;
    for (let turn = 0; turn < count; turn += 1) {
      queue.pop(Number.MAX_SAFE_INTEGER);
      isOrdered &&= queue.at >= last;
      last = queue.at;
      queue.push(queue.at + delay(), 2, 0, turn, 0, nobody, turn);
    }
    return isOrdered;
  };
  run(turns / 4);
  const started = performance.now();
  const isOrdered = run(turns);
  return { nanoseconds: ((performance.now() - started) * 1e6) / turns, isOrdered };
}

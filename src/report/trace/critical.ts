import type { TraceOperation, TracePart } from '../../result/index.ts';

/** A part of an operation's latency: of its critical path. */
export type LatencyPart = Pick<TracePart, 'station' | 'phase' | 'waits' | 'from' | 'to'>;

/**
 * What an answered operation's latency is made of, in the order of time: the parts of the attempt that was answered, and of
 * those for which it waited, each the last of those it waited for together; before it whatever its caller spent on attempts
 * that were not. They add up to the latency. Empty of an operation that was not answered.
 */
export function latencyParts(operation: TraceOperation): LatencyPart[] {
  const { attempts, threads, arrivedAt, endedAt, failure, caller } = operation;
  const last = attempts.at(-1);
  if (last === undefined || endedAt === null || failure !== null) return [];
  const parts = criticalParts(last.thread, threads).sort((a, b) => a.from - b.from || a.to - b.to);
  const before: LatencyPart = {
    station: caller,
    phase: 'earlier attempts and back-off',
    waits: true,
    from: arrivedAt,
    to: last.from,
  };
  return [...(before.to > before.from ? [before] : []), ...parts];
}

function criticalParts(number: number, threads: TraceOperation['threads']): TracePart[] {
  const { parts, critical } = threads[number];
  return [...parts, ...critical.flatMap((other) => criticalParts(other, threads))];
}

/** Numbers of the threads on the critical path of the attempt that came last. */
export function criticalThreads({ attempts, threads }: TraceOperation): ReadonlySet<number> {
  const found = new Set<number>();
  const follow = (number: number): void => {
    found.add(number);
    for (const other of threads[number].critical) follow(other);
  };
  const last = attempts.at(-1);
  if (last !== undefined) follow(last.thread);
  return found;
}

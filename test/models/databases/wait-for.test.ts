import { describe, expect, it } from 'vitest';
import { orderStatistic } from '../../../src/models/algorithms/queueing/order-statistic.ts';
import { ReplicaAnswers } from '../../../src/models/databases/replica-answers.ts';
import { expectExact, readingOf, runOf, simulate } from '../harness.ts';

/** Writes so rare that none waits for another, with replicas in three regions. */
const waiting = (parts: {
  waitFor: string;
  replication?: string;
  rate?: string;
  duration?: string;
  more?: string;
}) => `
name: waits
run: { duration: ${parts.duration ?? '400s'}, warmUp: 4s }
regions: { home: {}, near: {}, far: {}, farther: {} }
network: { jitter: 0%, links: [{ between: [home, near], roundTrip: 20ms }, { between: [home, far], roundTrip: 60ms }, { between: [home, farther], roundTrip: 100ms }] }
keys: { row: { count: 20 } }
workloads: { all: { arrivals: { rate: ${parts.rate ?? '2/s'} }, keys: [row], call: app.go } }
services: { app: { regions: [home], operations: { go: [ { write: { to: main, row: row, waitFor: { ${parts.waitFor} } } }${parts.more ?? ''} ] } } }
databases:
  main:
    primary: home
    replicas: { near: 1, far: 1, farther: 1 }
    cpu: 64
    write: 0ms
    read: 0ms
    commit: 0ms
    replication: { flush: 0ms, apply: 0ms${parts.replication ?? ''} }
`;

const apply =
  (text: string, flush = '0ms') =>
  (yaml: string) =>
    yaml.replace('flush: 0ms, apply: 0ms', `flush: ${flush}, apply: ${text}`);

describe('a write that waits for replicas', () => {
  it.each([
    [1, 0.02],
    [2, 0.06],
    [3, 0.1],
  ])('of which %i must have it in memory takes that replica’s round trip', (replicas, roundTrip) => {
    const assembly = runOf(waiting({ waitFor: `replicas: ${replicas}, until: received` }));
    const latency = assembly.readings().get('databases.main.writeLatency');
    expect([latency?.hist?.min, latency?.hist?.max]).toEqual([roundTrip, roundTrip]);
    expect(readingOf(assembly, 'databases.main.replicaWait')).toBeCloseTo(roundTrip, 9);
    expect(readingOf(assembly, 'databases.main.waitTimeouts')).toBe(0);
  });

  it.each([1, 2, 3])(
    'on %i disks takes the order statistic of round trips and flushes of their own',
    (replicas) => {
      const runs = simulate(
        apply(
          '0ms',
          '{ exponential: 30ms }',
        )(waiting({ waitFor: `replicas: ${replicas}, until: flushed`, rate: '0.1/s', duration: '8000s' })),
      );
      const answers = [0.02, 0.06, 0.1].map((constant) => ({ constant, exponentialMean: 0.03 }));
      // A write finds the flush of the one before it once in 300 times: 0.1/s × 30 ms.
      const exact = orderStatistic(answers, replicas);
      expectExact(runs.estimate('databases.main.writeLatency.mean'), exact.mean, 0.05);
      expectExact(runs.estimate('databases.main.replicaWait.p95'), exact.quantile(0.95), 0.1);
    },
  );

  it('waits for its being applied too, and no longer than that', () => {
    const wait = (until: string) =>
      readingOf(
        runOf(apply('7ms', '5ms')(waiting({ waitFor: `replicas: 2, until: ${until}`, rate: '0.2/s' }))),
        'databases.main.writeLatency',
      );
    expect(wait('received')).toBeCloseTo(0.06, 3);
    expect(wait('flushed')).toBeCloseTo(0.065, 3);
    expect(wait('applied')).toBeCloseTo(0.072, 3);
  });

  it('for all replicas leaves nothing stale to whoever reads any of them afterwards', () => {
    const more = ', { read: { from: main, row: row, consistency: replica } }';
    const strong = (until: string, replicas: number) =>
      runOf(
        apply(
          '7ms',
          '5ms',
        )(waiting({ waitFor: `replicas: ${replicas}, until: ${until}`, rate: '0.2/s', more })),
      )
        .readings()
        .get('databases.main.staleReads');
    expect(strong('applied', 3)?.num).toBe(0);
    expect(strong('applied', 3)?.den).toBeGreaterThan(50);
    // The read gets to the nearest replica 10 ms after the answer, which left when the log was on its disk.
    expect(strong('received', 1)?.num).toBe(0);
  });

  it('holds its connection meanwhile', () => {
    const yaml = waiting({ waitFor: 'replicas: 3, until: received', rate: '15/s' }).replace(
      'cpu: 64',
      'cpu: 64\n    maxConnections: 1',
    );
    // One connection, 100 ms a write: 10 writes a second at most.
    const assembly = runOf(yaml);
    expect(readingOf(assembly, 'databases.main.writeThroughput')).toBeCloseTo(10, 0);
  });
});

describe('a deadline', () => {
  it('that passes fails the write, which is on the primary all the same, and is counted', () => {
    const assembly = runOf(waiting({ waitFor: 'replicas: 2, until: received, deadline: 30ms' }));
    const readings = assembly.readings();
    const succeeded = readings.get('workloads.all.succeeded')?.num;
    const failed = readings.get('workloads.all.failed')?.num ?? 0;
    expect(succeeded).toBe(0);
    expect(failed).toBeGreaterThan(700);
    expect(readings.get('databases.main.writeThroughput')?.num).toBe(0);
    const late = readings.get('databases.main.waitTimeouts')?.num ?? 0;
    // Those at the window’s edges are counted on one side only.
    expect(Math.abs(late - failed)).toBeLessThanOrEqual(2);
    expect(readings.get('databases.main.writtenRows')?.num).toBeGreaterThanOrEqual(failed - 2);
    expect(readings.get('databases.main.replicaWait')?.max).toBeCloseTo(0.03, 9);
  });

  it('that passes lets the write go on where it is told to', () => {
    const assembly = runOf(waiting({ waitFor: 'replicas: 2, until: received, deadline: 30ms, else: go-on' }));
    const readings = assembly.readings();
    expect(readings.get('workloads.all.failed')?.num).toBe(0);
    expect(readings.get('databases.main.writeLatency')?.max).toBeCloseTo(0.03, 9);
    expect(readings.get('databases.main.waitTimeouts')?.num).toBeGreaterThan(700);
  });

  it('that is kept is as if there were none', () => {
    const assembly = runOf(waiting({ waitFor: 'replicas: 1, until: received, deadline: 30ms' }));
    expect(assembly.readings().get('databases.main.waitTimeouts')?.num).toBe(0);
    expect(assembly.readings().get('workloads.all.failed')?.num).toBe(0);
  });
});

describe('replicas that flush before they apply', () => {
  it('are behind by their flush, too', () => {
    const lag = (flush: string) =>
      readingOf(
        runOf(apply('1ms', flush)(waiting({ waitFor: 'replicas: 1', rate: '0.2/s' }))),
        'databases.main.in.near.replicationLag',
      );
    expect(lag('0ms')).toBeCloseTo(0.011, 6);
    expect(lag('4ms')).toBeCloseTo(0.015, 3);
  });

  it('are assumed where a write waits for them, and only there', () => {
    const flushed = (waitFor: string) => {
      const yaml = waiting({ waitFor: 'replicas: 1' })
        .replace('flush: 0ms, ', '')
        .replace('commit: 0ms', 'commit: 5ms');
      return readingOf(
        runOf(yaml.replace(', waitFor: { replicas: 1 }', waitFor)),
        'databases.main.in.near.replicationLag',
      );
    };
    expect(flushed('')).toBeCloseTo(0.01, 6);
    expect(flushed(', waitFor: { replicas: 1 }')).toBeCloseTo(0.015, 3);
  });
});

describe('answers', () => {
  it('are counted from the earliest, whatever the order of the replicas', () => {
    const answers = new ReplicaAnswers(4);
    const kth = (count: number, instants: readonly number[]) => {
      instants.forEach((instant, replica) => {
        answers.note(replica, 'applied', instant);
      });
      return answers.kth(count);
    };
    expect([1, 2, 3, 4].map((count) => kth(count, [40, 10, 30, 20]))).toEqual([10, 20, 30, 40]);
  });

  it('of one replica come in the order of the writes, and those at other points of its work do not hold them up', () => {
    const answers = new ReplicaAnswers(1);
    answers.note(0, 'applied', 50);
    answers.note(0, 'applied', 40);
    expect(answers.kth(1)).toBe(50);
    answers.note(0, 'received', 20);
    expect(answers.kth(1)).toBe(20);
  });
});

import { describe, expect, it } from 'vitest';
import { mg1 } from '../../../src/models/algorithms/queueing/mg1.ts';
import { mmc } from '../../../src/models/algorithms/queueing/mmc.ts';
import { exponentialOrderMean } from '../../../src/models/algorithms/queueing/order-statistic.ts';
import type { Assembly } from '../../../src/models/assemble.ts';
import { expectExact, readingOf, runOf, simulate } from '../harness.ts';

const one = (steps: string, database: string, service: string, rate: string) => `
name: nodes
run: { duration: 110s, warmUp: 10s }
workloads: { all: { arrivals: { rate: ${rate} }, call: app.go } }
services: { app: { ${service} operations: { go: [ ${steps} ] } } }
databases: { main: { ${database} } }`;

const placed = (parts: { steps: string; database: string; regions?: string }) => `
name: places
run: { duration: 30s, warmUp: 5s }
regions: { east: {}, west: {}, south: {} }
network: { jitter: 0%, links: [ { between: [east, west], roundTrip: 80ms }, { between: [east, south], roundTrip: 200ms }, { between: [west, south], roundTrip: 120ms } ] }
workloads: { all: { arrivals: { rate: 200/s }, call: app.go } }
services: { app: { regions: [${parts.regions ?? 'south'}], operations: { go: [ ${parts.steps} ] } } }
databases: { main: { primary: east, cpu: 64, read: 0ms, write: 0ms, commit: 0ms, ${parts.database} } }`;

const largest = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.max;

describe('a node', () => {
  it('that executes on three cores is an M/M/3 queue', () => {
    const runs = simulate(one('read: main', 'cpu: 3, read: { exponential: 10ms }', '', '150/s'));
    const exact = mmc({ arrivalRate: 150, serviceRate: 100, servers: 3 });
    expectExact(runs.estimate('databases.main.readLatency.mean'), exact.meanSojourn, 0.04);
    expectExact(runs.estimate('databases.main.readLatency.p95'), exact.sojournQuantile(0.95), 0.05);
    expectExact(runs.estimate('databases.main.utilization'), 0.5, 0.02);
    expectExact(runs.estimate('databases.main.readThroughput'), 150, 0.02);
  });

  it('holds a connection until the commit is on disk, while the core serves others', () => {
    // With one connection a write takes the node for itself: 2 ms on the core and a flush of 8 ms.
    const runs = simulate(
      one('write: main', 'cpu: 1, maxConnections: 1, write: 2ms, commit: 8ms', '', '50/s'),
      { runs: 15 },
    );
    const alone = mg1({ arrivalRate: 50, meanService: 0.01, serviceCv: 0 });
    expectExact(runs.estimate('databases.main.connectionsWait.mean'), alone.meanWait, 0.08);
    expectExact(runs.estimate('databases.main.writeLatency.mean'), alone.meanSojourn, 0.04);
    const shared = runOf(one('write: main', 'cpu: 1, write: 2ms, commit: 8ms', '', '50/s'));
    expect(readingOf(shared, 'databases.main.connectionsWait')).toBe(0);
    expect(readingOf(shared, 'databases.main.utilization')).toBeCloseTo(0.1, 2);
  });

  it('is reached only with a connection of the caller’s own pool, held over the way there and back', () => {
    const pooled = simulate(one('read: main', 'cpu: 8, read: 10ms', 'connections: { main: 1 },', '50/s'), {
      runs: 15,
    });
    const exact = mg1({ arrivalRate: 50, meanService: 0.01, serviceCv: 0 });
    expectExact(pooled.estimate('databases.main.connectionsWait.mean'), exact.meanWait, 0.08);
    expectExact(pooled.estimate('databases.main.readLatency.mean'), exact.meanSojourn, 0.04);
  });

  it('gives the pool’s connection back when the operation fails for its key', () => {
    const yaml = `
name: failing
run: { duration: 20s, warmUp: 2s }
keys: { good: { count: 1, format: good }, bad: { count: 1, format: acct-1843798622 } }
workloads: { all: { arrivals: { rate: 20/s }, keys: [good, bad], call: app.go } }
services: { app: { connections: { main: 1 }, operations: { go: [ { read: main }, { choose: [ { share: 50%, do: [ read: { from: main, key: bad } ] } ] } ] } } }
databases: { main: { shards: 10, shardBy: { key: good, function: java-hash }, cpu: 1, read: 1ms } }`;
    const assembly = runOf(yaml);
    expect(readingOf(assembly, 'databases.main.readThroughput')).toBeCloseTo(20, -1);
    expect(readingOf(assembly, 'workloads.all.goodputRatio')).toBeCloseTo(0.5, 1);
    expect(assembly.readings().get('workloads.all.unfinished')?.num).toBe(0);
  });
});

describe('a scan', () => {
  it('takes as long as the slowest of its shards', () => {
    const sharded =
      'shards: 8, shardBy: { key: k, function: java-hash }, cpu: 64, scan: { exponential: 10ms }';
    const yaml = one('scan: main', sharded, '', '20/s').replace(
      'workloads:',
      'keys: { k: { count: 9 } }\nworkloads:',
    );
    const runs = simulate(yaml);
    expectExact(runs.estimate('databases.main.scanLatency.mean'), exponentialOrderMean(8, 8, 0.01), 0.03);
    expectExact(runs.estimate('workloads.all.answeredLatency.mean'), exponentialOrderMean(8, 8, 0.01), 0.03);
    expect(runs.estimate('databases.main.shards.3.share').value).toBeCloseTo(1 / 8, 3);
    expectExact(runs.estimate('databases.main.scanThroughput'), 20, 0.05);
  });
});

describe('a read', () => {
  it('goes to the nearest copy: a replica of the own region before a primary elsewhere', () => {
    const near = runOf(placed({ steps: 'read: main', database: 'replicas: { west: 1, south: 1 }' }));
    expect(largest(near, 'databases.main.readLatency')).toBe(0);
    const next = runOf(placed({ steps: 'read: main', database: 'replicas: { west: 1 }' }));
    expect(largest(next, 'databases.main.readLatency')).toBe(0.12);
  });

  it('goes to the primary when it must be the newest, from wherever it comes', () => {
    const steps = 'read: { from: main, consistency: primary }';
    const assembly = runOf(placed({ steps, database: 'replicas: { west: 1, south: 1 }' }));
    expect(largest(assembly, 'databases.main.readLatency')).toBe(0.2);
    expect(assembly.readings().get('databases.main.staleReads')?.den).toBe(0);
  });

  it('never goes to the primary when replicas are asked for, even from the primary’s side', () => {
    const assembly = runOf(
      placed({ steps: 'read: main', regions: 'east', database: 'readFrom: replica, replicas: { west: 1 }' }),
    );
    expect(largest(assembly, 'databases.main.readLatency')).toBe(0.08);
    expect(readingOf(assembly, 'databases.main.primaryUtilization')).toBe(0);
  });

  it('is shared evenly by the copies of a region, the primary among them', () => {
    const database = 'replicas: { east: 3 }';
    const assembly = runOf(
      placed({ steps: 'read: main', regions: 'east', database }).replace('read: 0ms', 'read: 5ms'),
    );
    const primary = readingOf(assembly, 'databases.main.primaryUtilization');
    expect(primary / readingOf(assembly, 'databases.main.utilization')).toBeCloseTo(1, 1);
  });
});

describe('a write', () => {
  it('goes to the primary and waits for no replica', () => {
    const assembly = runOf(placed({ steps: 'write: main', database: 'replicas: { west: 1, south: 1 }' }));
    expect(largest(assembly, 'databases.main.writeLatency')).toBe(0.2);
    expect(largest(assembly, 'databases.main.in.west.replicationLag')).toBeCloseTo(0.04, 2);
    expect(largest(assembly, 'databases.main.in.south.replicationLag')).toBeCloseTo(0.1, 2);
  });
});

describe('where the time goes', () => {
  it('adds up to the latency: connection, core, work, flush and network', () => {
    const steps =
      '{ read: main }, { write: main }, { scan: main }, { read: { from: main, consistency: replica } }';
    const database = 'replicas: { west: 1 }, scan: 1ms, replication: { apply: 1ms }';
    const yaml = placed({ steps, database })
      .replace(
        'cpu: 64, read: 0ms, write: 0ms, commit: 0ms',
        'cpu: 1, maxConnections: 2, read: 1ms, write: 1ms, commit: 3ms',
      )
      .replace('regions: [south]', 'regions: [south], connections: { main: 90 }');
    const assembly = runOf(yaml);
    const { waterfall } = assembly.records()['workloads.all'] as { waterfall: { seconds: number[] }[] };
    const spent = assembly.segmentList.map((segment, index) => ({
      ...segment,
      seconds: waterfall.reduce((sum, { seconds }) => sum + seconds[index], 0),
    }));
    const of = (phase: string) => spent.find((each) => each.phase === phase)?.seconds ?? 0;
    for (const phase of [
      'waits for a connection',
      'waits for a core',
      'reads',
      'writes',
      'scans',
      'waits for a flush',
      'flushes',
    ]) {
      expect(of(phase), phase).toBeGreaterThan(0);
    }
    expect(of('earlier attempts and back-off')).toBe(0);
  });
});

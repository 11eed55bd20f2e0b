import { describe, expect, it } from 'vitest';
import { readingOf, runOf, scenarioOf } from '../harness.ts';

const yaml = `
name: metering
run: { duration: 40s, warmUp: 4s }
regions: { east: us-east-1, west: us-west-2 }
keys: { id: { count: 50 } }
workloads: { all: { arrivals: { rate: 100/s }, keys: [id], call: app.go } }
services: { app: { regions: [west], operations: { go: [ { read: main }, { write: main }, { scan: main } ] } } }
databases: { main: { shards: 3, shardBy: { key: id, function: murmur3 }, primary: east, replicas: { east: 1, west: 2 }, class: db.r6g.xlarge, replication: { lagAlert: 1s } } }`;

describe('a database’s meters', () => {
  it('are those of the catalog, id for id', () => {
    const { catalog } = scenarioOf(yaml);
    const declared = new Set(catalog.all().map(({ meter }) => meter));
    expect([...runOf(yaml).readings().keys()].sort()).toEqual([...declared].sort());
  });

  it('add up: shards to the whole, regions to the whole', () => {
    const assembly = runOf(yaml);
    const of = (meter: string) => readingOf(assembly, `databases.main.${meter}`);
    const shards = [0, 1, 2];
    expect(shards.reduce((sum, shard) => sum + of(`shards.${shard}.share`), 0)).toBeCloseTo(1, 12);
    expect(of('in.east.readThroughput') + of('in.west.readThroughput')).toBeCloseTo(of('readThroughput'), 9);
    const operations = of('readThroughput') + of('writeThroughput') + 3 * of('scanThroughput');
    expect(shards.reduce((sum, shard) => sum + of(`shards.${shard}.throughput`), 0)).toBeCloseTo(
      operations,
      0,
    );
    expect((of('in.east.utilization') + of('in.west.utilization')) / 2).toBeCloseTo(of('utilization'), 12);
    expect(of('writtenBytes')).toBeCloseTo(of('writeThroughput') * 1024, 3);
  });

  it('read the same in a run of the same seed, and something else under another', () => {
    const read = (seed: number) => {
      const assembly = runOf(yaml, seed);
      return [
        assembly.simulation.fingerprint,
        ...[...assembly.readings()].map(([id, { num }]) => `${id} ${num}`),
      ];
    };
    const first = read(1);
    expect(read(1)).toEqual(first);
    expect(read(2)[0]).not.toBe(first[0]);
  });

  it('see a change that nobody waits for in the fingerprint: how long replicas take', () => {
    const slower = yaml.replace('lagAlert: 1s', 'lagAlert: 1s, apply: 0.5ms');
    expect(runOf(slower).simulation.fingerprint).not.toBe(runOf(yaml).simulation.fingerprint);
  });
});

describe('what is left when callers no longer wait', () => {
  it('is nothing: abandoned requests work on, and give back what they hold', () => {
    const hasty = `
name: hasty
run: { duration: 20s, warmUp: 2s }
workloads: { all: { arrivals: { rate: 30/s }, client: { timeout: 5ms }, call: app.go } }
services: { app: { connections: { main: 1 }, operations: { go: [ { read: main }, { write: main } ] } } }
databases: { main: { cpu: 1, maxConnections: 2, read: 10ms, write: 5ms, commit: 5ms } }`;
    const assembly = runOf(hasty);
    expect(readingOf(assembly, 'workloads.all.goodputRatio')).toBe(0);
    expect(readingOf(assembly, 'databases.main.writeThroughput')).toBeCloseTo(30, -1);
  });
});

describe('a database’s bill and drawing', () => {
  const assembly = runOf(yaml);

  it('counts the nodes of each region and their storage', () => {
    const rows = assembly.costs.filter(({ component }) => component === 'databases.main');
    expect(rows.map(({ item, region, quantity, unit }) => [item, region, quantity, unit])).toEqual([
      ['db.r6g.xlarge instance', 'east', 6, 'instances'],
      ['database storage', 'east', 600, 'GB'],
      ['db.r6g.xlarge instance', 'west', 6, 'instances'],
      ['database storage', 'west', 600, 'GB'],
    ]);
  });

  it('shows copies by region, their role, and the shards’ shares', () => {
    const box = assembly.topology.find(({ id }) => id === 'databases.main');
    expect(box?.regions.east).toMatchObject({ count: 6, role: 'primary, replicas' });
    expect(box?.regions.west).toMatchObject({ count: 6, role: 'replicas' });
    expect(box?.cells?.map(({ name }) => name)).toEqual(['0', '1', '2']);
    expect(box?.cells?.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});

import { describe, expect, it } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import { GroupCommit } from '../../../src/models/databases/group-commit.ts';
import { designOf } from '../harness.ts';
import { Client, databaseOf } from './statements.ts';

const scenario = (database: string) => `
name: rows
run: { duration: 60s, warmUp: 1ns }
regions: { here: {}, there: {} }
keys: { id: { count: 1000, format: "{n}" } }
network: { jitter: 0%, links: [{ between: [here, there], roundTrip: 80ms }] }
workloads: { rare: { arrivals: { rate: 1/month }, keys: [id], call: app.save } }
services: { app: { regions: [here], operations: { save: [ write: main ] } } }
databases: { main: { primary: here, ${database} } }`;

/** Statements of so many rows with keys 0, 1, 2, …, one after the other for a minute. */
function written(database: string, rows: number): { assembly: Assembly; client: Client } {
  const assembly = new Assembly(designOf(scenario(database)), 1, 0);
  const statement = Array.from({ length: rows }, (_, row) => [row]);
  const client = new Client(databaseOf(assembly), () => statement);
  client.next();
  assembly.run();
  return { assembly, client };
}

/**
 * As PostgreSQL 15.18 was measured (one client, rows of 200 bytes, two indexes): a statement of n rows takes 0.075 ms + 8 µs × n
 * of a core; one row a commit made 285 rows a second, so that a flush took 1/285 s less that.
 */
const perRow = 8e-6;
const statementTime = 75e-6;
const commit = 1 / 285 - statementTime - perRow;
const measured = `cpu: 2, rowSize: 200 B, write: ${(statementTime + perRow) * 1e6}us, commit: ${commit * 1e6}us`;

describe('a statement of many rows', () => {
  it.each([1, 10, 100, 1000])('takes its rows’ time of the core and of the log: %i rows', (rows) => {
    const { client } = written(measured, rows);
    // 200 bytes a row and as many for headers and two index entries, at 125 MiB/s.
    const time = commit + statementTime + perRow * rows + ((rows - 1) * 400) / (125 * 2 ** 20);
    // Each of its parts is rounded to a nanosecond.
    expect(client.acknowledged / client.lastAt).toBeCloseTo(rows / (time * 1e9), 5);
  });

  it.each([
    [1, 285, 285],
    [10, 2850, 2850],
    [100, 20_000, 31_000],
    [1000, 61_000, 73_000],
  ])(
    'gives as many rows a second as PostgreSQL does with synchronous commit, within 5%%: %i rows',
    (rows, low, high) => {
      const { client } = written(measured, rows);
      const rate = client.acknowledged / (client.lastAt / 1e9);
      // The model has no noise of a disk: where the measurement gives one figure its last digit is all there is.
      expect(rate).toBeGreaterThan(low * 0.95);
      expect(rate).toBeLessThan(high * 1.05);
    },
  );

  it('saves a factor of 76 with a hundred rows and of 241 with a thousand: between 70 and 256 were measured', () => {
    const rate = (rows: number) => {
      const { client } = written(measured, rows);
      return client.acknowledged / client.lastAt;
    };
    expect(rate(100) / rate(1)).toBeCloseTo(76, 0);
    expect(rate(1000) / rate(1)).toBeCloseTo(241, 0);
  });

  it('is one statement for each shard that has some of its rows, and goes on with the last of them', () => {
    const sharded =
      'shards: 2, shardBy: { key: id, function: java-hash }, cpu: 1, write: 1ms, writeRow: 1ms, commit: 0ms';
    const assembly = new Assembly(designOf(scenario(sharded)), 1, 0);
    // "0" hashes to 48: even numbers of one digit go to shard 0, odd ones to shard 1.
    const rows = [[0], [2], [4], [1]];
    const client = new Client(databaseOf(assembly), (statement) => (statement === 0 ? rows : undefined));
    client.next();
    assembly.run();
    const { shards } = databaseOf(assembly);
    expect(shards.map(({ primary }) => primary.served.writes)).toEqual([1, 1]);
    expect(shards.map(({ primary }) => primary.served.rows)).toEqual([3, 1]);
    expect(client.lastAt / 1e6).toBeCloseTo(3, 1);
  });

  it('fails as a whole for a row without the key, and writes nothing', () => {
    const sharded = 'shards: 2, shardBy: { key: id, function: java-hash }, cpu: 1';
    const assembly = new Assembly(designOf(scenario(sharded)), 1, 0);
    const rows = [[0], [Number.NaN]];
    const client = new Client(databaseOf(assembly), (statement) => (statement === 0 ? rows : undefined));
    client.next();
    assembly.run();
    expect(client.failures).toEqual(['missing-key']);
    expect(databaseOf(assembly).shards[0].primary.served.writes).toBe(0);
  });

  it('ships all its rows to a replica, which applies each of them', () => {
    const { assembly, client } = written(
      'replicas: { there: 1 }, rowSize: 1kB, cpu: 1, write: 0ms, commit: 10ms, writeRow: 50us, replication: { apply: 1ms }',
      100,
    );
    const readings = assembly.readings();
    const statements = client.acknowledged / 100;
    const sent = readings.get('network.in.here.sentBytes')?.num ?? 0;
    // The last ones may be acknowledged after the window.
    expect(Math.abs(sent / 100_000 - statements)).toBeLessThanOrEqual(1);
    // 40 ms there, 1 ms for the statement, 99 rows of 50 µs more.
    const lag = readings.get('databases.main.replicationLag');
    expect(lag?.hist?.min).toBeCloseTo(0.04 + 1e-3 + 99 * 50e-6, 6);
    expect(lag?.hist?.max).toBeCloseTo(0.04 + 1e-3 + 99 * 50e-6, 6);
    expect(readings.get('databases.main.writtenRows')?.num).toBe(
      readings.get('databases.main.writtenBytes')!.num / 1000,
    );
  });

  it('leaves each of its rows stale on a replica, and no other, until it is applied there', () => {
    const database =
      'shardBy: { key: id, function: java-hash }, replicas: { there: 1 }, cpu: 1, write: 0ms, writeRow: 0us, commit: 10ms, logThroughput: 1GB/s, replication: { apply: 1ms }';
    const assembly = new Assembly(designOf(scenario(database)), 1, 0);
    const model = databaseOf(assembly);
    const { simulation } = model.wiring;
    const client = new Client(model, (statement) => (statement === 0 ? [[3], [5]] : undefined));
    client.next();
    const [shard] = model.shards;
    const rows = model.tableOfRows('id') ?? null;
    const staleness = () => [3, 4, 5].map((row) => shard.staleness(0, simulation.now, rows, row));
    simulation.run(30e6);
    // Durable after 10 ms and what 1,224 bytes more take at 1 GB/s: stale since then.
    expect(staleness()).toEqual([20e6 - 1224, 0, 20e6 - 1224]);
    expect(shard.backlog(simulation.now)).toBe(2);
    // 40 ms there, 1 ms to apply.
    simulation.run(51e6 + 1224);
    expect(staleness()).toEqual([0, 0, 0]);
    expect(shard.backlog(simulation.now)).toBe(0);
  });
});

describe('a flush that one of its commits lengthens', () => {
  it('ends later for all who wait for it, and for none of the flush under way', () => {
    const log = new GroupCommit({ from: 0, to: 1000 });
    const join = (now: number, extra = 0) => {
      if (log.isFirst(now)) log.open(now, 10 + extra);
      else if (extra > 0) log.lengthen(extra);
      return { told: log.join(now), flush: log.joined };
    };
    const first = join(0);
    const second = join(2);
    const third = join(3, 25);
    expect([first.told, second.told, third.told]).toEqual([10, 20, 45]);
    expect([first, second, third].map(({ flush }) => log.endOf(flush))).toEqual([10, 45, 45]);
    // The next one joins a flush of its own.
    expect(join(12).told).toBe(55);
    expect(log.endOf(first.flush)).toBe(0);
    expect(log.endOf(second.flush)).toBe(45);
    expect(log.flushTicks).toBe(55);
  });

  it('is waited for by a write that was told an earlier end', () => {
    const database = 'cpu: 8, write: 0ms, writeRow: 0us, commit: 10ms, rowSize: 800 B, logThroughput: 40kB/s';
    const assembly = new Assembly(designOf(scenario(database)), 1, 0);
    const model = databaseOf(assembly);
    const once = (rows: number[][], name: string) =>
      new Client(model, (statement) => (statement === 0 ? rows : undefined), {}, name);
    const clients = [once([[1]], 'a'), once([[2]], 'b'), once([[3], [4]], 'c')];
    clients.forEach((client, index) => {
      model.wiring.simulation.run(index * 1e6);
      client.next();
    });
    assembly.run();
    // The first flush ends at 10 ms; the second row of the third takes the log 25 ms.
    expect(clients.map(({ lastAt }) => lastAt / 1e6)).toEqual([10, 45, 45]);
  });
});

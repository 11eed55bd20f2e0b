import { describe, expect, it } from 'vitest';
import type { TopicTally } from '../../../src/models/topics/model.ts';
import { readingOf, runOf } from '../harness.ts';
import { databaseOf } from './statements.ts';

const ledger = (parts: { batch: string; database?: string; write?: string }) => `
name: ledger
run: { duration: 130s, warmUp: 10s }
keys: { account: { count: 1000, format: "acct-{n}" } }
workloads: { trades: { arrivals: { rate: 400/s }, keys: [account], call: app.append } }
services: { app: { operations: { append: [ ${parts.batch} ] } } }
clusters: { c: { brokers: 3 } }
topics: { entries: { cluster: c, key: account, partitions: 8 } }
databases:
  main: { shards: 4, shardBy: { key: account, function: java-hash }, cpu: 8, rowSize: 200 B, write: 83us, commit: 3500us${parts.database ?? ''} }
`;
const inBatches = 'batch: { name: ledger, size: 1000, tick: 5s, do: [ write: { to: main } ] }';

describe('the flush of a batch', () => {
  it('writes every entry once, each on the shard of its own key, in one statement a shard', () => {
    const assembly = runOf(ledger({ batch: inBatches }));
    const readings = assembly.readings();
    const model = databaseOf(assembly);
    const entries = readings.get('workloads.trades.succeeded')?.num ?? 0;
    const rows = readings.get('databases.main.writtenRows')?.num ?? 0;
    // A batch at either end of the window is on one side only.
    expect(Math.abs(rows - entries)).toBeLessThanOrEqual(1000);
    const statements = readings.get('databases.main.writeThroughput')?.num ?? 0;
    const perFlush = rows / readingOf(assembly, 'batches.ledger.size');
    // As many statements as shards for each flush: a thousand accounts leave none of four shards out.
    expect(statements / perFlush).toBeCloseTo(4, 0);
    const byShard = model.shards.map(({ rowsWritten }) => rowsWritten / model.rowsWritten);
    for (const share of byShard) expect(share).toBeCloseTo(0.25, 1);
  });

  it('saves the primary most of its flushes and cores', () => {
    const batched = runOf(ledger({ batch: inBatches }));
    const single = runOf(ledger({ batch: 'write: { to: main }' }));
    const used = (meter: string) =>
      [single, batched].map((assembly) => readingOf(assembly, `databases.main.${meter}`));
    const [alone, together] = used('primaryUtilization');
    // 83 µs a row against 8 and a little.
    expect(alone / together).toBeGreaterThan(8);
    const [flushes, few] = used('commitUtilization');
    expect(flushes / few).toBeGreaterThan(50);
  });

  it('leaves an event for each of its rows in the outbox, by the keys of that row', () => {
    const assembly = runOf(
      ledger({
        batch: 'batch: { name: ledger, size: 1000, tick: 5s, do: [ write: { to: main, outbox: entries } ] }',
        database: ', outbox: { relay: cdc, interval: 100ms }',
      }),
    );
    const model = databaseOf(assembly);
    const left = model.relaysOf('entries').reduce((sum, { depth }) => sum + depth, 0);
    const tally = assembly.records()['topics.entries'] as TopicTally;
    expect(tally.published).toBe(model.rowsWritten - left);
    const [shares] = Object.values(tally.shares);
    // A record without its key would go wherever the producer has a batch open.
    expect(shares.filter((share) => share > 0.05)).toHaveLength(8);
  });
});

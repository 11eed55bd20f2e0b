import { describe, expect, it } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import { callRates } from '../../../src/models/load.ts';
import type { TopicTally } from '../../../src/models/topics/model.ts';
import { designOf, expectExact, problemsOf, readingOf, runOf, simulate } from '../harness.ts';
import type { databaseOf } from './statements.ts';

/** A publish takes next to nothing: brokers beside the database, no linger. */
const outbox = (parts: {
  outbox?: string;
  rate?: string;
  process?: string;
  duration?: string;
  faults?: string;
  database?: string;
  topic?: string;
  steps?: string;
}) => `
name: outbox
run: { duration: ${parts.duration ?? '200s'}, warmUp: 1s }
keys: { id: { count: 50, format: "{n}" } }
workloads: { all: { arrivals: { rate: ${parts.rate ?? '2/s'}${parts.process === undefined ? '' : `, process: ${parts.process}`} }, keys: [id], call: app.go } }
services: { app: { operations: { go: [ ${parts.steps ?? '{ write: { to: main, outbox: events } }'} ] } } }
clusters: { c: { brokers: 1, append: 0us, bandwidth: 1000GB/s } }
topics: { events: { cluster: c, key: id, partitions: 4, recordSize: 1 B, producer: { linger: ${parts.topic ?? '0ms'}, batchSize: 64KiB } } }
databases: { main: { cpu: 16, read: 0ms, write: 0ms, commit: 0ms, writeRow: 0us${parts.database ?? ''}, outbox: { ${parts.outbox ?? 'relay: polling, interval: 2s'} } } }
${parts.faults === undefined ? '' : `faults: ${parts.faults}`}
`;

const total = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;
const tally = (assembly: Assembly) => assembly.records()['topics.events'] as TopicTally;
const waiting = (assembly: Assembly) => assembly.component<ReturnType<typeof databaseOf>>('databases.main');

describe('an outbox', () => {
  it.each(['polling', 'cdc'])('holds an event for half a sleep of its relay on the mean: %s', (relay) => {
    const runs = simulate(
      outbox({ outbox: `relay: ${relay}, interval: 2s`, rate: '5/s', duration: '1000s' }),
    );
    expectExact(runs.estimate('databases.main.outboxDelay.mean'), 1, 0.02);
    expectExact(runs.estimate('databases.main.outboxDelay.p95'), 1.9, 0.02);
    // Little's law: 5 a second for one second.
    expectExact(runs.estimate('databases.main.outboxDepth.mean'), 5, 0.05);
  });

  it('publishes every event once, in the partition of its key, while nothing fails', () => {
    const assembly = runOf(
      outbox({ rate: '20/s', database: ', shards: 3, shardBy: { key: id, function: java-hash }' }),
    );
    const model = waiting(assembly);
    const left = model.relaysOf('events').reduce((sum, { depth }) => sum + depth, 0);
    expect(model.rowsWritten).toBeGreaterThan(3500);
    expect(tally(assembly).published).toBe(model.rowsWritten - left);
    expect(total(assembly, 'databases.main.republishedEvents')).toBe(0);
  });

  it('does not make its write wait', () => {
    const assembly = runOf(outbox({}));
    expect(assembly.readings().get('databases.main.writeLatency')?.max).toBe(0);
  });

  it('grows where events come faster than batches are taken', () => {
    const assembly = runOf(
      outbox({
        outbox: 'relay: polling, interval: 10s, batch: 10',
        rate: '20/s',
        process: 'deterministic',
      }).replace('read: 0ms', 'read: 1s'),
    );
    // Ten a second are taken of twenty; it sleeps once, before its first batch.
    const depth = assembly.readings().get('databases.main.outboxDepth');
    expect(depth?.max).toBeGreaterThan(10 * 190);
    expect(depth?.max).toBeLessThan(10 * 200 + 100);
    expect(assembly.backlogs['databases.main'].at(-1)).toBeGreaterThan(1900);
  });

  it('costs the primary reads and marks where the relay polls, and nothing where it reads the log', () => {
    const used = (relay: string) =>
      readingOf(
        runOf(
          outbox({ outbox: `relay: ${relay}, interval: 1s`, rate: '1/s', process: 'deterministic' })
            .replace('read: 0ms', 'read: 10ms')
            .replace('cpu: 16', 'cpu: 1'),
        ),
        'databases.main.primaryUtilization',
      );
    // A read that finds the event and one that finds nothing, each second and 20 ms more.
    expect(used('polling')).toBeCloseTo(0.02 / 1.015, 2);
    expect(used('cdc')).toBe(0);
  });

  it('keeps the row of the event beside the row of the write', () => {
    const assembly = runOf(outbox({}).replace('writeRow: 0us', 'writeRow: 3ms'));
    expect(assembly.readings().get('databases.main.writeLatency')?.hist?.min).toBeCloseTo(3e-3, 9);
  });
});

describe('a relay that crashes', () => {
  const crash = (relay: string, more = '0ms', fault = 'at: 100s, for: 20s') =>
    runOf(
      outbox({
        outbox: relay,
        rate: '10/s',
        process: 'deterministic',
        faults: `{ dead: { fault: relay-crash, database: main, ${fault} } }`,
        topic: more,
      }),
    );
  /** All that was published, over what was written and waits no more. */
  const doubled = (assembly: Assembly) => {
    const model = waiting(assembly);
    const left = model.relaysOf('events').reduce((sum, { depth }) => sum + depth, 0);
    return tally(assembly).published - (model.rowsWritten - left);
  };

  it('publishes again what it had published since its last checkpoint, and loses nothing', () => {
    const assembly = crash('relay: cdc, interval: 100ms, checkpoint: 30s');
    const again = doubled(assembly);
    // Ten a second for at most thirty seconds; the checkpoints’ phase is random.
    expect(again).toBeGreaterThan(0);
    expect(again).toBeLessThanOrEqual(301);
    expect(total(assembly, 'databases.main.republishedEvents')).toBe(again);
    // Consumers cannot tell: each of these is applied a second time.
    const published = total(assembly, 'topics.events.records');
    expect(total(assembly, 'topics.events.misappliedRecords')).toBe(again);
    expect(readingOf(assembly, 'topics.events.accuracy')).toBeCloseTo(1 - again / published, 9);
  });

  it('doubles what half a checkpoint brings on the mean, over the phases of checkpoints', () => {
    const yaml = outbox({
      outbox: 'relay: cdc, interval: 100ms, checkpoint: 30s',
      rate: '10/s',
      process: 'deterministic',
      faults: '{ dead: { fault: relay-crash, database: main, at: 100s, for: 20s } }',
    });
    const runs = simulate(yaml, { runs: 60 });
    const mean = runs.meanOf((assembly) => total(assembly, 'databases.main.republishedEvents'));
    // Uniform on 0 to 300: 150, and events wait 50 ms for a poll that is not yet there.
    expectExact(mean, 149.5, 0.3);
  });

  it('has little to publish again where it marks each batch', () => {
    const assembly = crash('relay: polling, interval: 100ms');
    // At most the batch that was under way.
    expect(doubled(assembly)).toBeLessThanOrEqual(2);
  });

  it('loses what its producer had in memory from there, not from the outbox', () => {
    const assembly = crash('relay: cdc, interval: 100ms, checkpoint: 1s', '3s').records()['topics.events'];
    expect((assembly as TopicTally).lost).toBeGreaterThan(0);
    const again = crash('relay: cdc, interval: 100ms, checkpoint: 1s', '3s');
    const model = waiting(again);
    const left = model.relaysOf('events').reduce((sum, { depth }) => sum + depth, 0);
    // Everything written is out at least once, but for what is still on its way.
    expect(tally(again).readable).toBeGreaterThanOrEqual(model.rowsWritten - left);
  });

  it('makes events wait while it is down', () => {
    const assembly = crash('relay: cdc, interval: 100ms');
    expect(assembly.readings().get('databases.main.outboxDelay')?.max).toBeCloseTo(20, 0);
    const short = crash('relay: cdc, interval: 100ms, restart: 3s', '0ms', 'at: 100s');
    expect(short.readings().get('databases.main.outboxDelay')?.max).toBeCloseTo(3, 0);
  });
});

describe('brokers that are away', () => {
  it('make events wait in the outbox, and lose none of them', () => {
    const yaml = outbox({
      outbox: 'relay: cdc, interval: 100ms',
      rate: '5/s',
      process: 'deterministic',
      duration: '500s',
      faults: '{ away: { fault: broker-crash, cluster: c, broker: 0, at: 100s, for: 200s } }',
    });
    const assembly = runOf(yaml);
    const model = waiting(assembly);
    const left = model.relaysOf('events').reduce((sum, { depth }) => sum + depth, 0);
    expect(left).toBeLessThan(10);
    expect(tally(assembly).readable).toBeGreaterThanOrEqual(model.rowsWritten - left);
    expect(assembly.readings().get('databases.main.outboxDepth')?.max).toBeGreaterThan(5 * 150);
  });
});

describe('an outbox is refused', () => {
  it('where the topic’s key is none that the writer carries', () => {
    const yaml = outbox({})
      .replace('keys: { id:', 'keys: { other: { count: 3 }, id:')
      .replace('cluster: c, key: id', 'cluster: c, key: other');
    expect(problemsOf(yaml)).toEqual([
      'the write in app.go needs other, which operations of workloads.all do not carry',
    ]);
  });

  it('where its topic does not exist', () => {
    expect(problemsOf(outbox({}).replace('outbox: events', 'outbox: event')).join()).toContain('event');
  });

  it.each([
    ['with a batch of nothing', 'relay: polling, batch: 0', '0 is below'],
    ['with a sleep of nothing', 'relay: polling, interval: 0s', '0s is zero'],
    ['with checkpoints of a relay that marks each batch', 'relay: polling, checkpoint: 3s', 'checkpoint'],
    ['with a relay of another sort', 'relay: triggers', 'found "triggers"'],
  ])('%s', (_, relay, message) => {
    expect(problemsOf(outbox({ outbox: relay })).join('\n')).toContain(message);
  });

  it('as the victim of a crash where there is none', () => {
    const faults = '{ dead: { fault: relay-crash, database: main, at: 1s, shard: 3 } }';
    expect(problemsOf(outbox({ faults }))).toEqual(['main has no shard 3']);
    expect(problemsOf(outbox({ faults, steps: '{ write: main }' }))).toEqual([
      'no write to main has an outbox, so there is no relay',
    ]);
  });
});

describe('consumers of a topic that an outbox feeds', () => {
  const yaml = `${outbox({ rate: '20/s' })
    .replace('services: { app: {', 'services: { sink: { operations: { take: [ work: 1ms ] } }, app: {')
    .replace('recordSize: 1 B', 'recordSize: 1000 B')}
consumers: { readers: { topic: events, call: sink.take } }`;

  it('are expected to get a record for each write', () => {
    const instant = Date.UTC(2026, 0, 5) / 1000;
    expect(callRates(designOf(yaml), instant).get('sink.take')?.get('region')).toBeCloseTo(20, 9);
  });

  it('get one', () => {
    const assembly = runOf(yaml);
    const left = waiting(assembly)
      .relaysOf('events')
      .reduce((sum, { depth }) => sum + depth, 0);
    const taken = total(assembly, 'services.sink.arrivals');
    // Those of the warm-up's one second are not counted, and some of the last are under way.
    expect(Math.abs(taken - (waiting(assembly).rowsWritten - left))).toBeLessThan(120);
    expect(taken).toBeGreaterThan(3700);
  });
});

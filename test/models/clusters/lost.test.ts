import { describe, expect, test } from 'vitest';
import type { ConsumerTally } from '../../../src/models/consumers/model.ts';
import type { TopicTally } from '../../../src/models/topics/model.ts';
import { readingOf, runOf } from '../harness.ts';

interface Setting {
  readonly faults: string;
  readonly at?: string;
  readonly regions?: string;
  readonly topic?: string;
  readonly consumers?: string;
}

/** Publishes for five minutes, and then nothing for as long. */
const trading = ({ faults, at = 'us', regions = 'us', topic = '', consumers = '{}' }: Setting) => `
run: { duration: 10m, warmUp: 0s }
regions: { us: { zones: 3 }, eu: { zones: 3 } }
origins: { o: { location: nowhere } }
network: { preset: none, jitter: 0%, links: [ { between: [us, eu], roundTrip: 80ms } ] }
keys: { account: { count: 1k } }
workloads:
  w: { arrivals: { rate: 50/s }, from: { o: 100% }, keys: [account], client: { timeout: 200s }, call: a.go }
services:
  a: { regions: [${at}], instances: 2, operations: { go: [ publish: t ] } }
  reader: { instances: 2, startup: 5s, operations: { take: [ work: 1ms ] } }
clusters: { c: { regions: [${regions}], brokers: 3${regions === 'us' ? '' : ', mirror: all'} } }
topics:
  t: { cluster: c, key: account, partitions: 6, replicationFactor: 3, minInsyncReplicas: 2, ${topic} }
consumers: ${consumers}
faults:
  ${faults}
  quiet: { fault: surge, workload: w, factor: 0.000000001, at: 5m }
`;

const tallyOf = (run: ReturnType<typeof runOf>) => run.records()['topics.t'] as TopicTally;

/** Nothing is under way any more: each record has ended somewhere. */
function expectBalance({ published, ...counts }: TopicTally): void {
  const { readable, duplicated, lost, undelivered, lostAcknowledged, lostUnacknowledged } = counts;
  expect(readable - duplicated + lost + undelivered + lostAcknowledged + lostUnacknowledged).toBe(published);
}

describe('a zone that is lost with its broker', () => {
  const faults = 'die: { fault: zone-outage, region: us, zone: 2, at: 1m, for: 1m }';

  test('gives its partitions other leaders, and loses nothing that two others had to have', () => {
    const run = runOf(trading({ faults, at: 'eu' }));
    expect(run.readings().get('clusters.c.offlinePartitions')?.max).toBe(2);
    const tally = tallyOf(run);
    expectBalance(tally);
    expect(tally.lostAcknowledged + tally.undelivered + tally.duplicated).toBe(0);
    expect(tally.readable).toBe(tally.published);
  });

  test('closes no connection: who had sent to it waits for half a minute before it sends anew', () => {
    const silent = runOf(trading({ faults, at: 'eu' }));
    const crash = 'die: { fault: broker-crash, cluster: c, broker: 1, at: 1m, for: 1m }';
    const closed = runOf(trading({ faults: crash, at: 'eu' }));
    const longest = (run: typeof silent) => run.readings().get('topics.t.publishLatency')?.max ?? 0;
    // A process that dies is missed within nine seconds, and its successor found within a second or two of backing off.
    expect(longest(closed)).toBeLessThan(12);
    expect(longest(silent)).toBeGreaterThan(30);
    expect(longest(silent)).toBeLessThan(33);
  });
});

describe('a link to the brokers that is cut', () => {
  const cut = (length: string) => `cut: { fault: link-down, from: eu, to: us, at: 1m, for: ${length} }`;

  test('keeps publishes waiting, and neither loses nor repeats one as long as producers try', () => {
    const tally = tallyOf(runOf(trading({ faults: cut('1m'), at: 'eu' })));
    expectBalance(tally);
    expect(tally.readable).toBe(tally.published);
    expect(tally.duplicated).toBe(0);
  });

  test('fails them after two minutes', () => {
    const tally = tallyOf(runOf(trading({ faults: cut('3m'), at: 'eu' })));
    expectBalance(tally);
    // Those of its first minute, and of what is left until it is noticed that it is whole again.
    expect(tally.undelivered).toBeGreaterThan(50 * 55);
    expect(tally.undelivered).toBeLessThan(50 * 100);
  });

  test('takes a record twice that nobody had acknowledged, where the producer is not idempotent', () => {
    const back = 'cut: { fault: link-down, from: us, to: eu, direction: one-way, at: 1m, for: 1m }';
    const topic = 'producer: { acks: 1, linger: 0s },';
    const tally = tallyOf(runOf(trading({ faults: back, at: 'eu', topic })));
    expectBalance(tally);
    expect(tally.duplicated).toBeGreaterThan(0);
  });
});

describe('a region that is lost', () => {
  test('is mirrored again when it is back: nothing that it had acknowledged is missing elsewhere', () => {
    const faults = 'die: { fault: region-outage, region: us, at: 2m, for: 1m }';
    const run = runOf(trading({ faults, regions: 'us, eu' }));
    const tally = tallyOf(run);
    expectBalance(tally);
    const [mirror] = (tally.mirrors ?? []).filter(({ from }) => from === 'us');
    expect(mirror.readable).toBe(tally.readable);
    expect(readingOf(run, 'topics.t.in.eu.from.us.mirrorLag')).toBeGreaterThan(0);
  });

  test('stops its consumers, who begin again a session after it is back and miss nothing', () => {
    const faults = 'die: { fault: region-outage, region: us, at: 2m, for: 1m }';
    const consumers = '{ g: { topic: t, call: reader.take } }';
    const run = runOf(trading({ faults, consumers }));
    const { readable, consumed, lagging, lost } = run.records()['consumers.g'] as ConsumerTally;
    expect(readable).toBe(tallyOf(run).readable);
    expect(consumed + lost).toBe(readable);
    expect(lagging).toBe(0);
    // From 120 s to the end of the session (45 s) that begins when the link is found whole at 180 s.
    const pause = run.readings().get('consumers.g.in.us.rebalancePause')?.max ?? 0;
    expect(pause).toBeGreaterThan(60 + 45);
    expect(pause).toBeLessThan(60 + 45 + 30);
  });

  test('with the disks of all replicas loses what was acknowledged', () => {
    const faults = 'die: { fault: region-outage, region: us, at: 2m, for: 1m, data: destroyed }';
    const tally = tallyOf(runOf(trading({ faults })));
    expect(tally.truncated).toBeGreaterThan(50 * 110);
  });
});

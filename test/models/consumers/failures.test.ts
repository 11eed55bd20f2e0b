import { describe, expect, test } from 'vitest';
import type { ConsumerTally } from '../../../src/models/consumers/model.ts';
import { expectExact, readingOf, runOf, simulate } from '../harness.ts';

/** A consumer whose calls need a thread of c. */
const failing = (consumer: string, more = '') => `
name: failures
run: { duration: 65s, warmUp: 5s }
keys: { id: { count: 50 } }
workloads: { w: { arrivals: { rate: 20/s, process: deterministic }, keys: [id], call: a.go } }
services:
  a: { operations: { go: [ publish: t ] } }
  b: { operations: { take: [ call: c.try ], burial: [ work: 1ms ] } }
  # One thread that is never free: whoever comes while another one is inside is refused.
  c: { threads: 1, queue: 0, operations: { try: [ work: 1ms ], block: [ work: 1h ] } }
clusters: { k: { brokers: 3 } }
topics: { t: { cluster: k, key: id, partitions: 2 }, dead: { cluster: k, key: id, partitions: 4 } }
consumers:
  g: { topic: t, call: b.take, ${consumer} }
${more}
`;
/** A caller that holds the thread from the first second or so on. */
const blocked = (yaml: string) =>
  yaml.replace(
    'workloads: {',
    'workloads: { blocker: { arrivals: { rate: 1/s, process: deterministic }, call: c.block }, ',
  );

const tallyOf = (run: ReturnType<typeof runOf>, name = 'g') =>
  run.records()[`consumers.${name}`] as ConsumerTally;

describe('a record whose call fails', () => {
  test('is tried again as often as it may, and then counted and passed over', () => {
    const run = runOf(blocked(failing('retries: { max: 3, backoff: none }')));
    const { consumed, lagging, readable } = tallyOf(run);
    expect(consumed + lagging).toBe(readable);
    const failed = run.readings().get('consumers.g.failed')?.num as number;
    expect(failed).toBe(60 * 20);
    expect(run.readings().get('consumers.g.retried')?.num).toBe(3 * failed);
  });

  test('keeps its place meanwhile: what comes after it in its partition waits for all its back-offs', () => {
    const run = runOf(blocked(failing('retries: { max: 2, backoff: exponential, base: 100ms }')));
    // 20 a second come to one member, of which each backs off for 100 + 200 ms: the lag grows by all but 1/0.3 a second.
    const { num: consumed } = run.readings().get('consumers.g.consumed') as { num: number };
    expect(Math.abs(consumed - 60 / 0.3)).toBeLessThanOrEqual(1);
    const { max } = run.readings().get('consumers.g.lagRecords') as { max: number };
    // All the while since the thread was taken, in one of the first two seconds.
    expect(max).toBeGreaterThanOrEqual(63 * (20 - 1 / 0.3) - 2);
    expect(max).toBeLessThanOrEqual(65 * (20 - 1 / 0.3) + 2);
  });

  test('with full jitter waits half as long on the mean', () => {
    const yaml = blocked(failing('retries: { max: 1, base: 400ms, cap: 400ms }'));
    // One member, always backing off for a uniform time up to 400 ms: 5 records a second.
    const many = simulate(yaml.replace('20/s', '200/s'), { runs: 8 });
    expectExact(many.estimate('consumers.g.consumed.rate'), 1 / 0.2, 0.08);
  });

  test('is published to the dead-letter topic where there is one, by its key, and processed by who reads that', () => {
    const more = '  undertaker: { topic: dead, call: b.burial }';
    const run = runOf(blocked(failing('retries: { max: 1, backoff: none }, deadLetter: dead', more)));
    const { deadLettered, failed } = tallyOf(run);
    expect(deadLettered).toBeGreaterThan(1000);
    expect(failed).toBe(0);
    const topic = run.records()['topics.dead'] as { published: number; shares: { region: number[] } };
    expect(topic.published).toBe(deadLettered);
    expect(topic.shares.region.filter((share) => share > 0).length).toBeGreaterThan(1);
    expect(tallyOf(run, 'undertaker').consumed).toBeGreaterThan(deadLettered - 20);
    // It was not applied by this group.
    expect(readingOf(run, 'topics.t.accuracy')).toBe(0);
  });

  test('fails later where its batch does, and is published to the dead-letter topic all the same', () => {
    const yaml = failing('deadLetter: dead').replace(
      'take: [ call: c.try ]',
      'take: [ batch: { name: l, size: 10, maxAge: 1s, do: [ call: c.try ] } ]',
    );
    const run = runOf(blocked(yaml));
    const { deadLettered, failed, lost } = tallyOf(run);
    expect([failed, lost]).toEqual([0, 0]);
    expect(deadLettered).toBeGreaterThan(1000);
    expect((run.records()['topics.dead'] as { published: number }).published).toBe(deadLettered);
    expect(run.readings().get('consumers.g.deadLettered')?.num).toBe(
      run.readings().get('batches.l.failed')?.num,
    );
  });

  test('that succeeds at a later attempt is neither failed nor misapplied', () => {
    // The thread is free for 1 ms now and then: two consumers compete for it with 1 ms calls.
    const yaml = failing(
      'retries: { max: 20, backoff: full-jitter, base: 5ms, cap: 20ms }',
      '  h: { topic: t, call: b.take, retries: { max: 20, base: 5ms, cap: 20ms } }',
    );
    const run = runOf(yaml);
    const retried = ['g', 'h'].map((name) => run.readings().get(`consumers.${name}.retried`)?.num as number);
    expect(Math.max(...retried)).toBeGreaterThan(100);
    for (const name of ['g', 'h'])
      expect(tallyOf(run, name)).toMatchObject({ failed: 0, duplicates: 0, lost: 0 });
    expect(readingOf(run, 'topics.t.accuracy')).toBe(1);
  });
});

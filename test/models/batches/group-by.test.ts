import { describe, expect, test } from 'vitest';
import { expectedGroups, productOf } from '../../../src/models/algorithms/batching/expected-groups.ts';
import { Assembly } from '../../../src/models/assemble.ts';
import { RecordPoll } from '../../../src/models/consumers/record-poll.ts';
import type { KeyPopulation } from '../../../src/models/contracts/keys.ts';
import { finish } from '../../../src/models/control/finish.ts';
import type { Cursor, Host, Root } from '../../../src/models/cursor.ts';
import type { Settlement } from '../../../src/models/operation.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import { stream } from '../../../src/sim/random/streams.ts';
import { designOf, readingOf, runOf } from '../harness.ts';

const grouping = (options = '', work = 'wait: 1ms') => `
name: grouping
run: { duration: 100s, warmUp: 0s }
keys:
  account: { count: 40, skew: { zipf: 0.9 } }
  instrument: { count: 25, skew: { zipf: 1.1 } }
workloads: { w: { arrivals: { rate: 1/h }, keys: [account, instrument], call: s.idle } }
services:
  s:
    operations:
      idle: [ wait: 1us ]
      apply: [ groupBy: { name: positions, keys: [account, instrument], ${options} do: [ ${work} ] } ]
`;

/** A grouping of which every other group calls something that has no thread to spare, once 10 ms have passed. */
const halfFailing = (options: string): string =>
  `${grouping(options, 'choose: [ { share: 50%, do: [ call: t.full ] } ]')}  t: { threads: 1, queue: 0, operations: { full: [ wait: 1h ] } }
`.replace('workloads: {', 'workloads: { occupies: { arrivals: { rate: 1000/s }, call: t.full },');

/** What became of one record. */
class Outcome implements Settlement {
  held = 0;
  readonly told: (string | null)[] = [];

  hold(): void {
    this.held += 1;
  }

  settle(failure: string | null): void {
    this.told.push(failure);
  }

  lose(): void {
    this.told.push('lost');
  }
}

/** Polls given to the compiled operation by hand, one record after the other, as a member does. */
class Hand implements Root {
  readonly assembly: Assembly;
  readonly host: Host = { alive: true };
  private readonly model: ServiceModel;
  private records = 0;
  readonly endedAt: number[] = [];
  readonly failures: string[] = [];

  constructor(yaml: string) {
    this.assembly = new Assembly(designOf(yaml), 1, 0);
    this.assembly.window.open = true;
    this.model = this.assembly.component<ServiceModel>('services.s');
  }

  completed(cursor: Cursor): void {
    this.endedAt.push(this.assembly.simulation.now);
    cursor.release();
  }

  failed(cursor: Cursor, reason: string): void {
    this.endedAt.push(this.assembly.simulation.now);
    this.failures.push(reason);
    cursor.release();
  }

  /** @returns what becomes of the records, in their order */
  poll(keys: readonly (readonly number[])[]): Outcome[] {
    const poll = new RecordPoll();
    const { cursors, simulation } = this.model.wiring;
    const outcomes = keys.map((values, at) => {
      const outcome = new Outcome();
      const cursor = cursors.take();
      this.records += 1;
      const operation = {
        ...{ high: 7, low: this.records, arrivedAt: simulation.now, origin: 0, counted: true },
        ...{ keys: values, poll, settlement: outcome },
      };
      if (at === keys.length - 1) poll.last = operation;
      [cursor.high, cursor.low, cursor.word] = [operation.high, operation.low, 0];
      cursor.operation = operation;
      cursor.root = this;
      cursor.place = 0;
      cursor.push({ leave: () => 0 }, finish, 0, this.host);
      cursor.go(this.model.compiled('apply').first);
      return outcome;
    });
    simulation.run(simulation.now + 1e9);
    poll.end();
    return outcomes;
  }
}

describe('the groups of a poll', () => {
  test.each([10, 50, 500])(
    'of %d records are as many as different pairs come up among so many draws',
    (records) => {
      const hand = new Hand(grouping());
      const populations = ['account', 'instrument'].map((key) =>
        hand.assembly.component<KeyPopulation>(`keys.${key}`),
      );
      const random = stream(5, 0, `polls of ${records}`);
      const polls = 300;
      for (let poll = 0; poll < polls; poll += 1) {
        hand.poll(Array.from({ length: records }, () => populations.map((each) => each.pick(random()))));
      }
      const [accounts, instruments] = populations.map((each) =>
        Array.from({ length: each.count }, (_, value) => each.share(value)),
      );
      const exact = expectedGroups(productOf(accounts, instruments), records);
      const groups = readingOf(hand.assembly, 'batches.positions.groups') * hand.assembly.window.seconds;
      // The number of different ones varies less than that of independent hits would: Σ p(1 − p) over the pairs' chances.
      let variance = 0;
      for (const share of productOf(accounts, instruments)) {
        const hit = 1 - (1 - share) ** records;
        variance += hit * (1 - hit);
      }
      expect(Math.abs(groups / polls - exact)).toBeLessThan(3.3 * Math.sqrt(variance / polls));
      expect(readingOf(hand.assembly, 'batches.positions.writesSaved')).toBeCloseTo(
        1 - groups / (polls * records),
        12,
      );
      expect(readingOf(hand.assembly, 'batches.positions.groupSize')).toBeCloseTo(
        (polls * records) / groups,
        9,
      );
    },
  );

  test.each([
    ['', 0.3],
    ['parallel: 2,', 0.2],
    ['parallel: 9,', 0.1],
  ])('run one after the other in the last record’s thread, or side by side: %s', (options, seconds) => {
    const hand = new Hand(grouping(options, 'wait: 100ms'));
    hand.poll([
      [1, 1],
      [2, 1],
      [1, 1],
      [1, 2],
    ]);
    // Three groups; the first three records do not wait for them.
    expect(hand.endedAt.map((instant) => instant / 1e9)).toEqual([0, 0, 0, seconds]);
    expect(hand.assembly.cursorsUnderWay).toBe(0);
  });
});

describe('a record of a poll', () => {
  test('is done when its group is, and each is told once', () => {
    const hand = new Hand(grouping());
    const outcomes = hand.poll([
      [1, 1],
      [2, 1],
      [1, 1],
    ]);
    expect(outcomes.map(({ held }) => held)).toEqual([1, 1, 1]);
    expect(outcomes.map(({ told }) => told)).toEqual([[null], [null], [null]]);
  });

  test('fails with its group; those of groups that have not begun fail too, unless they are to go on', () => {
    const keys = Array.from({ length: 30 }, (_, account) => [account, 1]);
    const told = (options: string) => {
      const hand = new Hand(halfFailing(options));
      hand.assembly.simulation.run(10e6);
      return hand.poll(keys).map((outcome) => outcome.told);
    };
    const [stops, goesOn] = [told(''), told('onFailure: go-on,')];
    const first = goesOn.findIndex(([each]) => each !== null);
    expect(first).toBeGreaterThan(0);
    expect(stops).toEqual(keys.map((_, at) => (at < first ? [null] : ['rejected'])));
    const failed = goesOn.filter(([each]) => each !== null).length;
    expect(failed).toBeGreaterThan(5);
    expect(failed).toBeLessThan(25);
  });

  test('has its group draw the same whoever else is in the poll', () => {
    const keys = Array.from({ length: 30 }, (_, account) => [account, 1]);
    const [together, alone] = [0, 1].map((way) => {
      const hand = new Hand(halfFailing('onFailure: go-on,'));
      hand.assembly.simulation.run(10e6);
      const polls = way === 0 ? [keys] : keys.map((each) => [each]);
      return polls.flatMap((poll) => hand.poll(poll)).map((outcome) => outcome.told);
    });
    expect(alone).toEqual(together);
  });

  test('that was collected fails where the last one of the poll fails on its way to the groups', () => {
    const hand = new Hand(grouping());
    const outcomes = hand.poll([
      [1, 1],
      [2, 1],
      [1, Number.NaN],
    ]);
    expect(outcomes.map(({ told }) => told)).toEqual([['not-grouped'], ['not-grouped'], []]);
  });

  test('without one of the keys fails by itself', () => {
    const hand = new Hand(grouping());
    hand.poll([[1, Number.NaN]]);
    expect(hand.failures).toEqual(['missing-key']);
  });
});

/** Records of a topic, grouped by a consumer, written to a database. */
const endToEnd = (options = '', consumer = '') => `
name: positions
run: { duration: 60s, warmUp: 10s }
keys:
  account: { count: 50, skew: { zipf: 0.9 } }
  instrument: { count: 20, skew: { zipf: 1.1 } }
workloads: { trades: { arrivals: { rate: 400/s }, keys: [account, instrument], call: t.create } }
services:
  t: { operations: { create: [ publish: trades ] } }
  p:
    operations:
      apply: [ groupBy: { name: positions, keys: [account, instrument], ${options} do: [ write: positions ] } ]
clusters: { c: { brokers: 3 } }
topics: { trades: { cluster: c, key: account, partitions: 4 } }
consumers: { position-service: { topic: trades, call: p.apply, ${consumer} } }
databases: { positions: { shards: 2, primary: region, shardBy: { key: account, function: java-hash } } }
`;

describe('a consumer whose operation groups', () => {
  test('writes once a group: each record is in one, and the writes are as many as the groups', () => {
    const assembly = runOf(endToEnd());
    const total = (meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;
    expect(total('batches.positions.records')).toBeGreaterThan(19_000);
    expect(total('batches.positions.groups')).toBeLessThan(total('batches.positions.records'));
    expect(
      Math.abs(total('databases.positions.writeThroughput') - total('batches.positions.groups')),
    ).toBeLessThan(60);
    expect(
      Math.abs(total('consumers.position-service.consumed') - total('batches.positions.records')),
    ).toBeLessThan(60);
    expect(total('consumers.position-service.failed')).toBe(0);
  });

  test('saves the more writes the more records a poll has: a slower store has larger polls', () => {
    const saved = (yaml: string) => readingOf(runOf(yaml), 'batches.positions.writesSaved');
    const slow = endToEnd().replace('primary: region,', 'primary: region, commit: 20ms,');
    expect(saved(slow)).toBeGreaterThan(saved(endToEnd()) + 0.1);
  });
});

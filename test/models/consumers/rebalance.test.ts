import { describe, expect, test } from 'vitest';
import type { ConsumerModel } from '../../../src/models/consumers/model.ts';
import { estimateMean } from '../../../src/sim/statistics/index.ts';
import { Bench, type Processing } from './residents.ts';

const ms = 1e6;
const s = 1e9;

/** Publishes to the four partitions in turn, one record every `every` milliseconds: partition is record % 4. */
function publish(bench: Bench, records: number, every: number): void {
  const agenda = bench.simulation.agenda();
  for (let record = 0; record < records; record += 1) {
    agenda.at(record * every * ms, { fire: () => bench.publish(record % 4) });
  }
}

const at = (bench: Bench, seconds: number, then: () => void) =>
  bench.simulation.agenda().at(seconds * s, { fire: then });

const group = 'consumers.g.in.us';
const tally = (bench: Bench) => bench.component<ConsumerModel>('consumers', 'g').record();

/** The longest time between two records of a partition, in seconds. */
function gapOf(done: readonly Processing[], partition: number): { from: number; to: number; gap: number } {
  const own = done.filter(({ record }) => record % 4 === partition);
  let longest = { from: 0, to: 0, gap: 0 };
  own.forEach(({ from }, place) => {
    const before = own[place - 1]?.from ?? from;
    if (from - before > longest.gap * s)
      longest = { from: before / s, to: from / s, gap: (from - before) / s };
  });
  return longest;
}

const ownersOf = (done: readonly Processing[], partition: number): string[] => [
  ...new Set(done.filter(({ record }) => record % 4 === partition).map(({ host }) => host)),
];

/** A closed form lies in the 99.9% interval of independent runs, which is at most `within` wide on either side. */
function expectMean(values: readonly number[], exact: number, within: number): void {
  const estimate = estimateMean(
    values.map((num) => ({ num, den: 1, n: 1 })),
    { tail: 0.0005, sides: 2 },
  );
  expect(estimate.halfWidth).toBeLessThan(within);
  expect(exact).toBeGreaterThanOrEqual(estimate.low as number);
  expect(exact).toBeLessThanOrEqual(estimate.high as number);
}

const seeds = Array.from({ length: 300 }, (_, seed) => seed + 1);

describe('eager: everybody stops, and waits for the last to join', () => {
  /** Three members, then a fourth; nobody has anything to do. */
  function joined(seed: number) {
    const bench = new Bench({ workTicks: ms, hosts: ['a', 'b', 'c'], seed });
    at(bench, 10, () => bench.join('d'));
    bench.simulation.run(30 * s);
    return bench;
  }

  test('a partition pauses from its owner’s heartbeat to the last one’s: 3 s × (n/(n+1) − 1/2) on the mean', () => {
    // Members hear of it with their next heartbeats, which are uniform in 3 s: E[max of 3] − E[own], partition by
    // partition; the range assignor gives the first of three members two of the four partitions.
    const pauses = seeds.map((seed) => {
      const { num, den } = joined(seed).reading(`${group}.rebalancePause`);
      expect(den).toBe(4);
      return num / den;
    });
    expectMean(pauses, 3 * (3 / 4 - 1 / 2), 0.12);
  });

  test('idle members make the pause a heartbeat interval at most', () => {
    for (const seed of seeds)
      expect(joined(seed).reading(`${group}.rebalancePause`).max).toBeLessThanOrEqual(3);
  });

  test('one generation more begins, and the partitions are those that the assignor gives', () => {
    const bench = joined(1);
    publishLater(bench, 31);
    bench.simulation.run(60 * s);
    expect(bench.reading(`${group}.rebalances`).num).toBe(1);
    const { done } = bench.instances;
    expect([0, 1, 2, 3].map((partition) => ownersOf(done, partition))).toEqual([['a'], ['b'], ['c'], ['d']]);
  });

  test('a member in the middle of a poll keeps all waiting until its records are done', () => {
    // Partition 2 (of b) has two records at 2 s, 4 s each, fetched one by one, and a poll of four from 10 s to 26 s; a has
    // next to nothing to do. c joins at 10.1 s.
    const bench = new Bench({ workTicks: (record) => (record % 4 === 2 ? 4 * s : ms), hosts: ['a', 'b'] });
    for (let record = 0; record < 6; record += 1) at(bench, 2, () => bench.publishAs(2, 4 * record + 2));
    at(bench, 10.1, () => bench.join('c'));
    for (let second = 9; second < 40; second += 0.1) at(bench, second, () => bench.publishAs(0, 0));
    bench.simulation.run(60 * s);
    const pause = gapOf(
      bench.instances.done.filter(({ from }) => from < 39 * s),
      0,
    );
    expect(pause.from).toBeGreaterThan(10);
    expect(pause.from).toBeLessThan(13.1);
    expect(pause.to).toBeCloseTo(26, 5);
  });

  test('the way to the coordinator is paid by each message: join and sync, and the offsets', () => {
    const bench = new Bench({ workTicks: ms, hosts: ['a'], network: 'sameRegion: 20ms' });
    at(bench, 10, () => bench.join('b'));
    bench.simulation.run(30 * s);
    // Alone to wait for: from its own join, six ways of 10 ms.
    expect(bench.reading(`${group}.rebalancePause`).max).toBeCloseTo(0.06, 9);
  });
});

function publishLater(bench: Bench, seconds: number): void {
  for (let record = 0; record < 400; record += 1) {
    at(bench, seconds + record * 0.01, () => bench.publishAs(record % 4, record));
  }
}

describe('cooperative: only what moves stops', () => {
  const bench = new Bench({ workTicks: ms, hosts: ['a'], consumer: 'assignor: cooperative-sticky' });
  publish(bench, 3000, 10);
  at(bench, 10, () => bench.join('b'));
  bench.simulation.run(60 * s);
  const { done } = bench.instances;

  test('two rounds, between which the newcomer’s heartbeats have begun anew: a pause of one interval', () => {
    expect(bench.reading(`${group}.rebalances`).num).toBe(2);
    const { num, den, max } = bench.reading(`${group}.rebalancePause`);
    expect(den).toBe(2);
    // They are given up in the first round, in which both begin to send heartbeats; the newcomer hears of the second by
    // its first one, 3 s later. A record in hand may make that a little less.
    expect(max).toBeLessThanOrEqual(3);
    expect(num / den).toBeGreaterThan(3 - 0.005);
  });

  test('what stays is read on as if nothing were', () => {
    const owners = [0, 1, 2, 3].map((partition) => ownersOf(done, partition));
    expect(owners).toEqual([['a'], ['a'], ['a', 'b'], ['a', 'b']]);
    // A record of each partition every 40 ms.
    expect(gapOf(done, 0).gap).toBeLessThan(0.05);
    expect(gapOf(done, 1).gap).toBeLessThan(0.05);
    expect(gapOf(done, 2).gap).toBeGreaterThan(2.9);
  });

  test('and nothing is lost, doubled or out of order', () => {
    expectInOrder(done, 3000);
    expect(tally(bench)).toMatchObject({ consumed: 3000, lost: 0, duplicates: 0, lagging: 0 });
  });
});

describe('cooperative: who is busy while others rebalance twice', () => {
  test('keeps what it holds, though its sync is refused: nobody else is given that', () => {
    // Records of up to 2 s, one a poll: some members hear that a generation has begun only when the next one is prepared.
    for (let seed = 1; seed <= 40; seed += 1) {
      const bench = new Bench({
        workTicks: (record) => ((record * 7919 + seed) % 20) * 100 * ms,
        hosts: ['a', 'b'],
        consumer: 'assignor: cooperative-sticky, maxPoll: 1',
        seed,
      });
      for (let record = 0; record < 120; record += 1)
        at(bench, 5 + record / 2, () => bench.publishAs(record % 4, record));
      at(bench, 10, () => bench.join('c'));
      at(bench, 13 + seed / 10, () => bench.join('d'));
      bench.simulation.run(200 * s);
      expectInOrder(bench.instances.done, 120);
      expect(tally(bench)).toMatchObject({ consumed: 120, lost: 0, duplicates: 0, lagging: 0 });
    }
  });
});

/** Each record once and to its end, each partition in order, and never two of a partition at a time. */
function expectInOrder(done: readonly Processing[], published: number): void {
  const ended = done.filter(({ to }) => !Number.isNaN(to));
  expect(ended.map(({ record }) => record).sort((a, b) => a - b)).toEqual(
    Array.from({ length: published }, (_, record) => record),
  );
  for (let partition = 0; partition < 4; partition += 1) {
    const own = ended.filter(({ record }) => record % 4 === partition);
    own.forEach(({ record, from }, place) => {
      if (place === 0) return;
      expect(record).toBeGreaterThan(own[place - 1].record);
      expect(from).toBeGreaterThanOrEqual(own[place - 1].to);
    });
  }
}

describe('who leaves cleanly', () => {
  test('finishes its poll, and the others know at once: the pause is that of a join', () => {
    const bench = new Bench({ workTicks: 0.7 * ms, hosts: ['a', 'b'] });
    publish(bench, 3000, 10);
    at(bench, 10, () => bench.leave('a'));
    bench.simulation.run(60 * s);
    expectInOrder(bench.instances.done, 3000);
    expect(tally(bench)).toMatchObject({ duplicates: 0, lost: 0, lagging: 0 });
    expect(bench.reading(`${group}.rebalancePause`).max).toBeLessThanOrEqual(3);
    expect(ownersOf(bench.instances.done, 0)).toEqual(['a', 'b']);
  });

  test('the last one to go leaves records that wait for the first to come, and for others: the initial delay', () => {
    const bench = new Bench({ workTicks: ms, hosts: ['a'] });
    publish(bench, 400, 0.5);
    at(bench, 0.05, () => bench.leave('a'));
    at(bench, 10, () => bench.join('b'));
    bench.simulation.run(12.9 * s);
    expect(tally(bench).lagging).toBeGreaterThan(300);
    bench.simulation.run(30 * s);
    expect(tally(bench)).toMatchObject({ consumed: 400, lagging: 0 });
    const first = bench.instances.done.find(({ host }) => host === 'b');
    expect(first?.from).toBe(13 * s);
  });
});

describe('who dies', () => {
  /** Two members with nothing to do; one dies. */
  function died(seed: number) {
    const bench = new Bench({ workTicks: ms, hosts: ['a', 'b'], seed });
    at(bench, 10, () => bench.die('a'));
    bench.simulation.run(70 * s);
    return bench;
  }

  test('is missed 42 to 45 s later, and the survivor hears of it with a heartbeat: 45 s of pause on the mean', () => {
    // Its last heartbeat was up to 3 s ago, 1.5 s on the mean; the survivor’s next is as far away.
    const pauses = seeds.map((seed) => {
      const { hist, max, num } = died(seed).reading(`${group}.rebalancePause`);
      expect(max).toBeGreaterThanOrEqual(42);
      expect(max).toBeLessThanOrEqual(48);
      // The survivor’s own two partitions do not pause: nobody else is waited for.
      expect(hist?.shareUpTo(0)).toBe(0.5);
      return num / 2;
    });
    expectMean(pauses, 45 - 1.5 + 1.5, 0.3);
  });

  test.each([
    ['range', 32 - 3, 32 + 3],
    ['cooperative-sticky', 0, 0],
  ])(
    'and whoever takes its place before that makes %s members wait for the dead one, 42 to 45 s after its death',
    (assignor, least, most) => {
      const bench = new Bench({ workTicks: ms, hosts: ['a', 'b'], consumer: `assignor: ${assignor}` });
      for (let time = 9; time < 80; time += 0.01) at(bench, time, () => bench.publishAs(3, 3));
      at(bench, 10, () => bench.die('a'));
      at(bench, 20, () => bench.join('c'));
      bench.simulation.run(100 * s);
      // b’s partition 3 stops with its next heartbeat, at 20 to 23 s, and is read again at 52 to 55 s.
      const { gap } = gapOf(bench.instances.done, 3);
      expect(gap).toBeGreaterThanOrEqual(least);
      expect(gap).toBeLessThanOrEqual(most + 0.05);
    },
  );

  test('its partitions’ lag grows meanwhile, and drains at what is left of the survivor’s time', () => {
    // 100 records a second, 50 of them to partitions of a; 5 ms each: b does 200 a second alone.
    const bench = new Bench({ workTicks: 5 * ms, hosts: ['a', 'b'] });
    publish(bench, 20000, 10);
    at(bench, 10, () => bench.die('a'));
    bench.simulation.run(150 * s);
    const pause = bench.reading(`${group}.rebalancePause`).max as number;
    const backlog = 50 * pause;
    const { max, den } = bench.reading(`${group}.drainTime`);
    expect(den).toBe(1);
    expect(Math.abs((bench.reading(`${group}.lagRecords`).max as number) - backlog)).toBeLessThan(5);
    // Backlog over (μ − λ), but for a record or two in hand at either end.
    expect(Math.abs((max as number) - backlog / (200 - 100))).toBeLessThan(5 / 100);
    expect(tally(bench)).toMatchObject({ readable: 15000, lost: 0 });
  });

  test.each([
    ['after', 'done again, and none is lost'],
    ['before', 'lost, and none is done again'],
  ])('commit: %s: what it had polled is %s', (commit) => {
    // Partition 0, 100 ms a record. The fetch that waits brings the first of the twenty that come at 10.05 s, processed
    // from 10.1 s; the other nineteen are the poll that begins at 10.2 s, and a dies in its seventh.
    const bench = new Bench({ workTicks: 100 * ms, hosts: ['a', 'b'], consumer: `commit: ${commit}` });
    at(bench, 10, () => bench.publishAs(0, 0));
    at(bench, 10.05, () => {
      for (let record = 1; record <= 20; record += 1) bench.publishAs(0, 4 * record);
    });
    at(bench, 10.85, () => bench.die('a'));
    at(bench, 20, () => bench.publishAs(0, 84));
    bench.simulation.run(80 * s);
    const counts = tally(bench);
    expect(counts.readable).toBe(22);
    expect(counts.consumed + counts.lost).toBe(22);
    expect(counts.lagging).toBe(0);
    if (commit === 'after') expect(counts).toMatchObject({ duplicates: 6, lost: 0 });
    else expect(counts).toMatchObject({ duplicates: 0, lost: 19 - 6 });
    const misapplied = commit === 'after' ? 6 : 13;
    const topic = bench.component<{ end(): void; closeWindow(): void }>('topics', 't');
    topic.closeWindow();
    topic.end();
    expect(bench.reading('topics.t.misappliedRecords').num).toBe(misapplied);
    expect(bench.reading(`${group}.outOfOrder`).num).toBe(0);
  });
});

describe('who takes too long for a poll', () => {
  test('is thrown out, goes on with it, and joins anew: what it did meanwhile is done again by another', () => {
    // A poll of 10 records, 1 s each; 4 s are allowed.
    const bench = new Bench({
      workTicks: (record) => (record > 0 && record < 44 ? s : ms),
      hosts: ['a', 'b'],
      consumer: 'maxPollInterval: 4s, sessionTimeout: 4s, heartbeatInterval: 1s',
    });
    at(bench, 10, () => bench.publishAs(0, 4));
    at(bench, 10.5, () => {
      for (let record = 2; record <= 10; record += 1) bench.publishAs(0, 4 * record);
    });
    bench.simulation.run(120 * s);
    const { done } = bench.instances;
    const counts = tally(bench);
    expect(counts).toMatchObject({ readable: 10, consumed: 10, lost: 0, lagging: 0 });
    expect(counts.duplicates).toBeGreaterThan(0);
    expect(ownersOf(done, 0)).toEqual(['a', 'b']);
    expect(bench.reading(`${group}.redelivered`).num).toBe(counts.duplicates);
  });
});

test('begin: empty lets all members in together, once nobody has come for 3 s', () => {
  const bench = new Bench({ workTicks: ms, hosts: ['a', 'b'], begin: 'empty' });
  publish(bench, 400, 0.5);
  bench.simulation.run(20 * s);
  const { done } = bench.instances;
  // The second comes right after the first, who began the delay: it is prolonged once.
  expect(done[0].from).toBe(6 * s);
  expect([0, 3].map((partition) => ownersOf(done, partition))).toEqual([['a'], ['b']]);
  expect(bench.reading(`${group}.rebalances`).num).toBe(1);
});

test.each(['range', 'round-robin', 'sticky', 'cooperative-sticky'])(
  '%s: whoever comes, goes and dies, records are lost never, and doubled or delivered out of order only by deaths',
  (assignor) => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const bench = new Bench({
        workTicks: 3 * ms,
        hosts: ['h0', 'h1'],
        consumer: `assignor: ${assignor}`,
        seed,
      });
      publish(bench, 8000, 20);
      // A small generator of its own: comings and goings at random instants.
      let state = seed * 7919;
      const random = () => {
        state = (state * 48271) % 2147483647;
        return state / 2147483647;
      };
      let next = 2;
      let deaths = 0;
      for (let time = 5; time < 150; time += 1 + random() * 20) {
        const lot = random();
        at(bench, time, () => {
          const { hosts } = bench.instances;
          const some = hosts[Math.floor(random() * hosts.length)]?.name;
          if (lot < 0.45 || some === undefined) bench.join(`h${next++}`);
          else if (lot < 0.75) bench.leave(some);
          else {
            deaths += 1;
            bench.die(some);
          }
        });
      }
      bench.simulation.run(160 * s);
      if (bench.instances.hosts.length === 0) bench.join('last');
      bench.simulation.run(600 * s);
      const counts = tally(bench);
      expect(counts).toMatchObject({ readable: 8000, consumed: 8000, lost: 0, lagging: 0 });
      if (deaths === 0) expect(counts.duplicates).toBe(0);
      expect(bench.reading(`${group}.outOfOrder`).num).toBe(0);
    }
  },
);

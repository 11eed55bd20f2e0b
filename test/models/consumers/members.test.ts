import { describe, expect, test } from 'vitest';
import type { ConsumerModel } from '../../../src/models/consumers/model.ts';
import { Bench, type Processing } from './residents.ts';

const ms = 1e6;

/** Publishes to the four partitions in turn, one record every half millisecond, 400 in all: partition is record % 4. */
function busy(bench: Bench): void {
  const { simulation } = bench;
  const agenda = simulation.agenda();
  for (let record = 0; record < 400; record += 1) {
    agenda.at(record * 0.5 * ms, { fire: () => bench.publish(record % 4) });
  }
}

const hostsOf = (done: readonly Processing[], partition: number): string[] => [
  ...new Set(done.filter(({ record }) => record % 4 === partition).map(({ host }) => host)),
];

/** Each record once and to its end, each partition in order, and never two of a partition at a time. */
function expectInOrder(done: readonly Processing[], published: number): void {
  const ended = done.filter(({ to }) => !Number.isNaN(to));
  expect(ended.map(({ record }) => record).sort((a, b) => a - b)).toEqual(
    Array.from({ length: published }, (_, at) => at),
  );
  for (let partition = 0; partition < 4; partition += 1) {
    const own = ended.filter(({ record }) => record % 4 === partition);
    own.forEach(({ record, from }, at) => {
      if (at === 0) return;
      expect(record).toBeGreaterThan(own[at - 1].record);
      expect(from).toBeGreaterThanOrEqual(own[at - 1].to);
    });
  }
}

const tally = (bench: Bench) => bench.component<ConsumerModel>('consumers', 'g').record();

describe('members live on the instances of the called service', () => {
  test('a partition’s records are processed where its owner lives: neighbours together', () => {
    const bench = new Bench({ workTicks: 1 * ms, hosts: ['a', 'b'] });
    busy(bench);
    bench.simulation.run(1e9);
    const { done } = bench.instances;
    expect([0, 1, 2, 3].map((partition) => hostsOf(done, partition))).toEqual([['a'], ['a'], ['b'], ['b']]);
    expectInOrder(done, 400);
  });

  test('or in turn, as the assignor has it', () => {
    const bench = new Bench({
      workTicks: 1 * ms,
      hosts: ['a', 'b'],
      consumer: 'assignor: cooperative-sticky',
    });
    busy(bench);
    bench.simulation.run(1e9);
    const { done } = bench.instances;
    expect([0, 1, 2, 3].map((partition) => hostsOf(done, partition))).toEqual([['a'], ['b'], ['a'], ['b']]);
  });

  test('several members of an instance work side by side', () => {
    const bench = new Bench({ workTicks: 1.9 * ms, hosts: ['a'], consumer: 'members: 4' });
    busy(bench);
    // 0.5 records a millisecond and partition, each 1.9 ms: four members keep up, one would not.
    bench.simulation.run(203 * ms);
    expectInOrder(bench.instances.done, 400);
  });

  test('a record waits for the way of the answer that brings it, and for nothing else', () => {
    const bench = new Bench({ workTicks: 3 * ms, hosts: ['a'], network: 'sameRegion: 2ms' });
    bench.simulation.agenda().at(10 * ms, { fire: () => bench.publish(0) });
    bench.simulation.run(1e9);
    expect(bench.reading('consumers.g.lagSeconds').num).toBeCloseTo(1e-3 + 3e-3, 12);
  });

  test('the next fetch is under way while records are processed', () => {
    const bench = new Bench({ workTicks: 3 * ms, hosts: ['a'], network: 'sameRegion: 2ms' });
    const agenda = bench.simulation.agenda();
    // The second finds the fetch at the broker (2 ms after the first became readable), and is there when the first is done.
    for (const instant of [10, 12.5]) agenda.at(instant * ms, { fire: () => bench.publish(0) });
    bench.simulation.run(1e9);
    const [first, second] = bench.instances.done;
    expect(second.from).toBe(first.to);
  });
});

describe('when members come or go', () => {
  test('partitions are shared out anew at once, and nothing is lost, doubled or out of order', () => {
    const bench = new Bench({ workTicks: 0.7 * ms, hosts: ['a'] });
    busy(bench);
    const agenda = bench.simulation.agenda();
    agenda.at(40.3 * ms, { fire: () => bench.join('b') });
    agenda.at(80.1 * ms, { fire: () => bench.join('c') });
    agenda.at(120.2 * ms, { fire: () => bench.leave('a') });
    bench.simulation.run(1e9);
    const { done } = bench.instances;
    expectInOrder(done, 400);
    expect(hostsOf(done, 3)).toEqual(['a', 'b', 'c']);
    expect(tally(bench)).toEqual({ readable: 400, consumed: 400, failed: 0, lost: 0, lagging: 0 });
  });

  test('who is let go finishes the record in hand; the next one waits for that', () => {
    const bench = new Bench({ workTicks: 5 * ms, hosts: ['a'] });
    for (const _ of [0, 1]) bench.simulation.agenda().at(10 * ms, { fire: () => bench.publish(0) });
    bench.simulation.agenda().at(13 * ms, { fire: () => bench.join('b') });
    bench.simulation.agenda().at(13 * ms, { fire: () => bench.leave('a') });
    bench.simulation.run(1e9);
    const [first, second] = bench.instances.done;
    expect([first.host, second.host]).toEqual(['a', 'b']);
    expect(second.from).toBe(first.to);
  });

  test('a record in the hands of one who dies is processed again by the next owner', () => {
    const bench = new Bench({ workTicks: 5 * ms, hosts: ['a', 'b'] });
    busy(bench);
    bench.simulation.agenda().at(50.2 * ms, { fire: () => bench.die('a') });
    bench.simulation.run(4e9);
    const { done } = bench.instances;
    const cut = done.filter(({ to }) => Number.isNaN(to));
    expect(cut.map(({ host }) => host)).toEqual(['a']);
    const again = done.filter(({ record }) => record === cut[0].record);
    expect(again.map(({ host }) => host)).toEqual(['a', 'b']);
    expectInOrder(done, 400);
    expect(tally(bench)).toEqual({ readable: 400, consumed: 400, failed: 0, lost: 0, lagging: 0 });
  });

  test('without members records wait for the first who comes', () => {
    const bench = new Bench({ workTicks: 1 * ms, hosts: [] });
    busy(bench);
    bench.simulation.agenda().at(300 * ms, { fire: () => bench.join('late') });
    bench.simulation.run(299 * ms);
    expect(tally(bench).lagging).toBe(400);
    bench.simulation.run(2e9);
    expectInOrder(bench.instances.done, 400);
  });
});

import { describe, expect, test } from 'vitest';
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
    expect(bench.reading('consumers.g.in.us.lagSeconds').num).toBeCloseTo(1e-3 + 3e-3, 12);
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

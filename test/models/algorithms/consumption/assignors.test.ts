import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignors } from '../../../../src/models/algorithms/consumption/index.ts';
import { rangeOf } from '../../../../src/models/algorithms/consumption/range.ts';
import type {
  Assignor,
  OwnedPartition,
  Ownership,
} from '../../../../src/models/algorithms/consumption/subscription.ts';

interface Round {
  readonly topics: Record<string, number>;
  readonly subscriptions: Record<string, string[]>;
  readonly owned: Record<string, string[]>;
  readonly assignment: Record<string, string[]>;
}

const file = new URL('../../../vectors/kafka-client-assignors.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  cases: { assignor: string; rounds: Round[] }[];
};

/** Kafka's names for what a scenario calls by a word of its own. */
const named: Record<string, Assignor> = {
  range: assignors.range,
  roundrobin: assignors['round-robin'],
  sticky: assignors.sticky,
  'cooperative-sticky': assignors['cooperative-sticky'],
};

const partitionOf = (name: string): OwnedPartition => {
  const at = name.lastIndexOf('-');
  return { topic: name.slice(0, at), partition: Number(name.slice(at + 1)) };
};

function assign(assignor: Assignor, { topics, subscriptions, owned }: Round): Record<string, string[]> {
  const before = Object.entries(owned).map(
    ([member, partitions]) => [member, partitions.map(partitionOf)] as const,
  );
  const shared = assignor(
    new Map(Object.entries(topics)),
    new Map(Object.entries(subscriptions)),
    new Map(before),
  );
  return Object.fromEntries(
    [...shared].map(([member, owned]) => [member, owned.map((each) => `${each.topic}-${each.partition}`)]),
  );
}

describe('assignors share partitions out as Kafka’s own do', () => {
  const vectors = cases.flatMap(({ assignor, rounds }) =>
    rounds.map(
      (round, generation) =>
        [`${assignor} ${JSON.stringify(round.topics)} generation ${generation}`, assignor, round] as const,
    ),
  );

  test.each(vectors)('%s', (_, assignor, round) => {
    expect(assign(named[assignor], round)).toEqual(round.assignment);
  });

  test('the vectors are all there', () => expect(vectors).toHaveLength(40));
});

test('members are taken in the order of their ids, as Java compares strings, whatever the order of joining', () => {
  const round = {
    topics: { t: 3 },
    subscriptions: { b: ['t'], B: ['t'], a: ['t'] },
    owned: {},
    assignment: {},
  };
  expect(assign(assignors.range, round)).toEqual({ B: ['t-0'], a: ['t-1'], b: ['t-2'] });
});

test('who does not read a topic gets none of it', () => {
  const round = {
    topics: { t: 4, u: 2 },
    subscriptions: { a: ['t'], b: ['t', 'u'] },
    owned: {},
    assignment: {},
  };
  expect(assign(assignors.range, round)).toEqual({ a: ['t-0', 't-1'], b: ['t-2', 't-3', 'u-0', 'u-1'] });
  expect(assign(assignors['round-robin'], round)).toEqual({
    a: ['t-0', 't-2'],
    b: ['t-1', 't-3', 'u-0', 'u-1'],
  });
});

test('the ranges of all members cover every partition once', () => {
  for (const [members, partitions] of [
    [7, 50],
    [3, 2],
    [1, 9],
    [50, 50],
  ]) {
    const ends = Array.from({ length: members }, (_, place) => rangeOf(place, members, partitions));
    expect(ends.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at))).toEqual(
      Array.from({ length: partitions }, (_, partition) => partition),
    );
  }
});

describe('from any ownership that members may come with', () => {
  const names = ['sticky', 'cooperative-sticky'] as const;
  /** Joins and leaves at random: each generation's owners are the next one's. */
  const scenario = fc.tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }),
  );

  test.each(names)('%s gives each partition to one member at most, evenly, and settles', (name) => {
    fc.assert(
      fc.property(scenario, ([partitions, sizes]) => {
        let owned: Ownership = new Map();
        for (const [at, size] of sizes.entries()) {
          const members = Array.from({ length: size }, (_, place) => `m${(place * 7 + at) % 11}`);
          const subscriptions = new Map(members.map((member) => [member, ['t']]));
          // Two rounds settle a cooperative group; a third changes nothing.
          for (let round = 0; round < 3; round += 1) {
            const shared = assignors[name](new Map([['t', partitions]]), subscriptions, owned);
            const given = [...shared.values()].flat().map(({ partition }) => partition);
            expect(new Set(given).size).toBe(given.length);
            for (const [member, own] of shared) {
              if (name === 'sticky') continue;
              // Whoever is given a partition owned it, or nobody who is still there did.
              for (const { partition } of own) {
                const before = [...owned].find(([, had]) =>
                  had.some((each) => each.partition === partition),
                )?.[0];
                expect(before === undefined || before === member || !subscriptions.has(before)).toBe(true);
              }
            }
            if (round === 2) {
              const counts = [...shared.values()].map(({ length }) => length);
              expect(given.length).toBe(partitions);
              expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
              for (const [member, own] of shared) {
                const names = (list: readonly OwnedPartition[] = []) =>
                  list.map(({ partition }) => partition);
                expect(names(own).sort()).toEqual(names(owned.get(member)).sort());
              }
            }
            owned = shared;
          }
        }
      }),
    );
  });
});

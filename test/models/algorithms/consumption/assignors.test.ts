import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assignors } from '../../../../src/models/algorithms/consumption/index.ts';
import { rangeOf } from '../../../../src/models/algorithms/consumption/range.ts';
import type { Assignor } from '../../../../src/models/algorithms/consumption/subscription.ts';

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

function assign(assignor: Assignor, { topics, subscriptions }: Round): Record<string, string[]> {
  const shared = assignor(new Map(Object.entries(topics)), new Map(Object.entries(subscriptions)));
  return Object.fromEntries(
    [...shared].map(([member, owned]) => [member, owned.map((each) => `${each.topic}-${each.partition}`)]),
  );
}

describe('assignors share partitions out as Kafka’s own do', () => {
  // Range and round-robin look at nobody's ownership, so every generation of theirs is a vector; of the sticky ones the
  // first is, in which nobody owns anything.
  const vectors = cases.flatMap(({ assignor, rounds }) =>
    (assignor === 'range' || assignor === 'roundrobin' ? rounds : rounds.slice(0, 1)).map(
      (round, generation) =>
        [`${assignor} ${JSON.stringify(round.topics)} generation ${generation}`, assignor, round] as const,
    ),
  );

  test.each(vectors)('%s', (_, assignor, round) => {
    expect(assign(named[assignor], round)).toEqual(round.assignment);
  });

  test('the vectors are all there', () => expect(vectors).toHaveLength(32));
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

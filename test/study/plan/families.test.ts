import { describe, expect, it } from 'vitest';
import type { PlanVariable } from '../../../src/result/index.ts';
import type { Candidate } from '../../../src/study/plan/candidate.ts';
import { shardOfDesigns } from '../../../src/study/plan/families.ts';
import { isNoBetter } from '../../../src/study/plan/search.ts';
import { combinations } from '../../../src/study/sweep/points.ts';

const monotone: PlanVariable = { path: 'instances', values: ['1', '2', '3', '4', '5'], monotone: true };
const cores: PlanVariable = { path: 'cores', values: ['1', '2', '3'], monotone: true };
const node: PlanVariable = { path: 'node', values: ['a', 'b', 'c', 'd'], monotone: false };

const designsOf = (variables: readonly PlanVariable[]): Candidate[] =>
  combinations(variables, []).points.map((values, at) => ({
    at,
    values,
    sets: [],
    month: null,
    floor: 0,
    cost: (at * 7) % 11,
    predictions: [],
  }));

const shardsOf = (variables: readonly PlanVariable[], of: number): Candidate[][] =>
  Array.from({ length: of }, (_, at) =>
    shardOfDesigns(designsOf(variables), variables, { number: at + 1, of }),
  );

describe('shards of a plan', () => {
  it.each([1, 2, 3, 4, 7, 20])('have each design once, of %d', (of) => {
    const all = shardsOf([monotone, node, cores], of).flat();
    expect(all.map(({ at }) => at).sort((a, b) => a - b)).toEqual(
      designsOf([monotone, node, cores]).map(({ at }) => at),
    );
  });

  it('keep together what rules each other out, as long as there are families for all', () => {
    const variables = [monotone, node, cores];
    const shards = shardsOf(variables, 4);
    const shardOf = (design: Candidate) =>
      shards.findIndex((each) => each.some(({ at }) => at === design.at));
    for (const a of designsOf(variables))
      for (const b of designsOf(variables))
        if (isNoBetter(a, b, variables)) expect(shardOf(a)).toBe(shardOf(b));
  });

  it('divide what is one family by its first variable', () => {
    const shards = shardsOf([monotone, cores], 5);
    for (const each of shards) expect(new Set(each.map(({ values }) => values[0])).size).toBe(1);
    expect(shards.map(({ length }) => length)).toEqual([3, 3, 3, 3, 3]);
  });
});

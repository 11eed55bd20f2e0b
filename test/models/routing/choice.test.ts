import { describe, expect, test } from 'vitest';
import { failover } from '../../../src/models/algorithms/routing/failover.ts';
import { weighted } from '../../../src/models/algorithms/routing/weighted.ts';
import { nowhere, refused } from '../../../src/models/contracts/router.ts';
import { Choice } from '../../../src/models/routing/choice.ts';

const inOrder = failover({ order: [0, 1, 2] });
const choice = (candidates: number[], forbidden: number[] = []) =>
  new Choice(inOrder, candidates, forbidden, 3);

describe('who asks for an address', () => {
  test('is given the first region that is given at all', () => {
    expect(choice([0, 1, 2]).answer(0, [1, 1, 1], 0, 0)).toBe(0);
    expect(choice([0, 1, 2]).answer(0, [0, 1, 1], 0, 0)).toBe(1);
    expect(choice([0, 2]).answer(0, [0, 1, 1], 0, 0)).toBe(2);
  });

  test('is given a region that recovers for its share of the draws', () => {
    const draws = Array.from({ length: 1000 }, (_, at) => (at + 0.5) / 1000);
    const first = draws.filter((share) => choice([0, 1]).answer(0, [0.3, 1, 1], share, 0) === 0);
    expect(first).toHaveLength(300);
  });

  test('is given what recovers, where there is nothing else', () => {
    expect(choice([0, 1]).answer(0, [0, 0.1, 0], 0.9, 0)).toBe(1);
  });

  test('is given any region as if all were well, where none is', () => {
    expect(choice([0, 1]).answer(0, [0, 0, 0], 0, 0)).toBe(0);
    expect(choice([1, 2]).answer(0, [0, 0, 0], 0, 0)).toBe(1);
  });

  test('is refused where only a region that his data may not go to is well', () => {
    expect(choice([0], [1]).answer(0, [0, 1, 1], 0, 0)).toBe(refused);
    expect(choice([0], [1]).answer(0, [0, 0, 0], 0, 0)).toBe(0);
    expect(choice([0], [1]).answer(0, [1, 1, 1], 0, 0)).toBe(0);
  });

  test('is told of nowhere where the policy leads to no region of the service', () => {
    const onlyFirst = new Choice(failover({ order: [0] }), [1], [], 3);
    expect(onlyFirst.answer(0, [1, 1, 1], 0, 0)).toBe(nowhere);
    expect(new Choice(weighted({ weights: [1, 1, 1] }), [], [], 3).answer(0, [1, 1, 1], 0, 0.5)).toBe(
      nowhere,
    );
  });
});

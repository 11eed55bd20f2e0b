import { describe, expect, test } from 'vitest';
import { hear, type Opinion } from '../../../../src/models/algorithms/routing/consecutive.ts';
import {
  fallen,
  noPenalty,
  reuseAt,
  usualDamping,
} from '../../../../src/models/algorithms/routing/flap-damping.ts';

const thresholds = { failures: 3, successes: 2 };
const verdicts = (results: string, start: Opinion = { isHealthy: true, against: 0 }) => {
  let opinion = start;
  return [...results]
    .map((result) => {
      opinion = hear(opinion, result === '+', thresholds);
      return opinion.isHealthy ? '+' : '-';
    })
    .join('');
};

describe('a checker', () => {
  test('changes its mind after so many results in a row, and no sooner', () => {
    expect(verdicts('+--+---++')).toBe('++++++--+');
  });

  test('that sees nothing but every other check fail stays of its opinion', () => {
    expect(verdicts('-+'.repeat(10))).toBe('+'.repeat(20));
    expect(verdicts('-+'.repeat(10), { isHealthy: false, against: 0 })).toBe('-'.repeat(20));
  });
});

describe('flap damping', () => {
  const damping = usualDamping(15);

  test('believes again at once who falls once', () => {
    expect(reuseAt(fallen(noPenalty, 100, damping), damping)).toBe(100);
  });

  test('keeps out who falls three times at once until 3 has decayed to 0.75: two half-lives', () => {
    const thrice = [0, 1, 2].reduce((penalty) => fallen(penalty, 100, damping), noPenalty);
    expect(reuseAt(thrice, damping)).toBeCloseTo(100 + 30, 9);
  });

  test('forgets falls that lie far apart', () => {
    const rarely = [0, 60, 120, 180].reduce((penalty, at) => fallen(penalty, at, damping), noPenalty);
    expect(rarely.isSuppressed).toBe(false);
  });

  test('keeps nobody out for longer than four half-lives', () => {
    const often = Array.from({ length: 100 }).reduce(
      (penalty: typeof noPenalty) => fallen(penalty, 0, damping),
      noPenalty,
    );
    expect(reuseAt(often, damping)).toBeCloseTo(60, 9);
  });
});

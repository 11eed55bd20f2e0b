import { describe, expect, it } from 'vitest';
import type { PlanVariable, PointState } from '../../../src/result/index.ts';
import type { Candidate } from '../../../src/study/plan/candidate.ts';
import { cheaperFirst, search } from '../../../src/study/plan/search.ts';

const variables: PlanVariable[] = [
  { path: 'a', values: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], monotone: true },
  { path: 'b', values: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], monotone: true },
  { path: 'c', values: ['x', 'y', 'z'], monotone: false },
];

/** The same with 21 values of each monotone variable and seven families: 3,087 designs. */
const many: PlanVariable[] = [
  ...['a', 'b'].map((path) => ({
    path,
    values: Array.from({ length: 21 }, (_, at) => `${at / 2}`),
    monotone: true,
  })),
  { path: 'c', values: [...'tuvwxyz'], monotone: false },
];

/** Numbers that look random, from a seed. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; state = (state * 48271) % 2147483647) yield state / 2147483647;
}

/** A space whose designs hold above a line that is another one for each family, with guesses that are often wrong. */
function spaceOf(seed: number, wrong: number, of = variables) {
  const random = numbers(seed * 7919 + 1);
  const draw = () => random.next().value as number;
  const lines = of[2].values.map(() => 4 + 16 * draw());
  const weights = [1 + draw(), 1 + draw()];
  const candidates: Candidate[] = [];
  const holds: boolean[] = [];
  for (const a of of[0].values)
    for (const b of of[1].values)
      of[2].values.forEach((c, family) => {
        const room = weights[0] * Number(a) + weights[1] * Number(b) - lines[family];
        const guess = room + wrong * (draw() - 0.5);
        holds.push(room >= 0);
        candidates.push({
          at: candidates.length,
          values: [a, b, c],
          sets: [],
          month: null,
          floor: 0,
          cost: Math.round(10 * (Number(a) * (1 + draw() / 10) + 2 * Number(b) + 3 * family)),
          predictions: [{ target: 't', metric: 'm', unit: 'count', value: 0, model: 'guess', margin: guess }],
        });
      });
  return { candidates, holds };
}

describe('the search', () => {
  it.each([0, 2, 20])(
    'finds the two cheapest of 300 designs as exhaustive search does, guesses being off by %d',
    async (wrong) => {
      let asked = 0;
      for (let seed = 1; seed <= 40; seed += 1) {
        const { candidates, holds } = spaceOf(seed, wrong);
        const ask = async ({ at }: Candidate): Promise<PointState> => {
          asked += 1;
          return holds[at] ? 'holds' : 'fails';
        };
        const { holding, implied } = await search({ candidates, variables, wanted: 2, ask });
        const best = candidates.filter(({ at }) => holds[at]).sort(cheaperFirst);
        expect(holding.slice(0, 2)).toEqual(best.slice(0, 2));
        for (const at of implied.keys()) expect(holds[at]).toBe(false);
      }
      expect(asked / 40).toBeLessThan(300 / 5);
    },
  );

  it('finds the two cheapest of some thousand designs as exhaustive search does, with one run in twenty', async () => {
    let asked = 0;
    for (let seed = 1; seed <= 10; seed += 1) {
      const { candidates, holds } = spaceOf(seed, 4, many);
      expect(candidates).toHaveLength(3087);
      const ask = async ({ at }: Candidate): Promise<PointState> => {
        asked += 1;
        return holds[at] ? 'holds' : 'fails';
      };
      const { holding } = await search({ candidates, variables: many, wanted: 2, ask });
      const best = candidates.filter(({ at }) => holds[at]).sort(cheaperFirst);
      expect(holding.slice(0, 2)).toEqual(best.slice(0, 2));
    }
    expect(asked / 10).toBeLessThan(3087 / 20);
  });

  it('simulates every cheaper design where nothing is declared monotone', async () => {
    const { candidates, holds } = spaceOf(3, 2);
    const asked = new Set<number>();
    const { holding } = await search({
      candidates,
      variables: variables.map((each) => ({ ...each, monotone: false })),
      wanted: 1,
      ask: async ({ at }) => {
        asked.add(at);
        return holds[at] ? 'holds' : 'fails';
      },
    });
    const [winner] = holding;
    for (const each of candidates) if (cheaperFirst(each, winner) < 0) expect(asked.has(each.at)).toBe(true);
  });

  it('keeps designs apart that nobody can tell, and never calls them the winner', async () => {
    const { candidates, holds } = spaceOf(5, 0);
    const [cheapest] = candidates.filter(({ at }) => holds[at]).sort(cheaperFirst);
    const { holding, undecided } = await search({
      candidates,
      variables,
      wanted: 1,
      ask: async ({ at }) => (at === cheapest.at ? 'undecided' : holds[at] ? 'holds' : 'fails'),
    });
    expect(undecided).toContain(cheapest);
    expect(cheaperFirst(cheapest, holding[0])).toBeLessThan(0);
  });
});

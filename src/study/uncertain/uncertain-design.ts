import type { Scenario } from '../../models/parse.ts';
import { settingText } from '../../scenario/index.ts';
import { KeyedDraws, stream } from '../../sim/random/index.ts';
import type { Parse } from '../sweep/plan-points.ts';
import type { SweepDesign } from '../sweep/run-sweep.ts';
import { type Field, fieldOf } from './fields.ts';
import { type Place, trajectory } from './morris.ts';

/** Inputs above which each is no longer moved alone, but all of them along trajectories. */
export const mostBars = 30;

/** Trajectories: each moves every input once. */
const trajectories = 10;

/** What is asked of uncertain inputs: the same wherever its points are run. */
export interface UncertainAsked {
  readonly draws: number;
  readonly inputs: readonly { path: string; low: string; mid: string; high: string }[];
}

/** Trajectories of a screening; none where a tornado does. */
export const trajectoriesOf = ({ inputs }: UncertainAsked, seed: number): Place[][] =>
  inputs.length <= mostBars
    ? []
    : Array.from({ length: trajectories }, (_, number) => trajectory(inputs.length, seed, number));

/**
 * Fields of a scenario, drawn by their names: one more of them leaves the draws of the others as they are, and more draws
 * leave the first ones.
 */
export function fieldsOf(base: Scenario, parse: Parse): Field[] {
  return base.uncertain.map((input) =>
    fieldOf(input, (path, value) => parse([settingText([path], value)]).scenario !== undefined),
  );
}

/** The values of one draw. */
export const drawOf = (fields: readonly Field[], seed: number, number: number): string[] =>
  fields.map(({ path, at }) => at(new KeyedDraws(seed, 0, `uncertain ${path}`).uniform(0, number, 0)));

/** The seed that a draw's runs have: its own. */
export const seedOf = (seed: number, number: number): number =>
  Math.floor(stream(seed, number, 'uncertain seed')() * 2 ** 31);

/**
 * All scenarios that are run: the draws, each with a seed of its own; every input at its mid; and what tells which input
 * matters, all with the scenario's seed. What is drawn and the seed stand in the text of each.
 */
export function uncertainDesign(
  fields: readonly Field[],
  { draws, seed, parse }: { readonly draws: number; readonly seed: number; readonly parse: Parse },
): SweepDesign & { readonly asked: UncertainAsked } {
  const asked = { draws, inputs: fields.map(({ path, low, mid, high }) => ({ path, low, mid, high })) };
  const mids = fields.map(({ mid }) => mid);
  const moved =
    fields.length <= mostBars
      ? fields.flatMap(({ low, high }, at) => [mids.with(at, low), mids.with(at, high)])
      : trajectoriesOf(asked, seed)
          .flat()
          .map((place) => place.map((share, at) => fields[at].between(share)));
  const drawn = Array.from({ length: draws }, (_, number) => ({
    values: drawOf(fields, seed, number),
    seed: seedOf(seed, number),
  }));
  const points = [...drawn, ...[mids, ...moved].map((values) => ({ values, seed }))];
  return {
    asked,
    variables: fields.map(({ path, low, mid, high }) => ({ path, values: [low, mid, high] })),
    where: [],
    leftOut: 0,
    ownSeeds: true,
    points: points.map(({ values, seed: own }) => ({
      values,
      scenario: () => {
        const { scenario } = parse([
          ...fields.map(({ path }, at) => settingText([path], values[at])),
          settingText(['run', 'seed'], own),
        ]);
        if (scenario === undefined) throw new Error('a draw stood, and does not any more');
        return scenario;
      },
    })),
  };
}

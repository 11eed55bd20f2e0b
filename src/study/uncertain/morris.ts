/**
 * Elementary effects: which of many inputs matter, from few designs.
 *
 * Rule: a trajectory starts at a random point of a grid of four levels and changes one input after the other, in a random order,
 * by two thirds of its range; the change of the outcome over that step is the input's elementary effect, here over the whole
 * range. Over several trajectories the mean of its size (µ*) says how much an input matters, the standard deviation (σ) how
 * much that depends on the others.
 * Source: M. D. Morris, Technometrics 33 (1991); µ*: F. Campolongo, J. Cariboni and A. Saltelli, Environmental Modelling &
 * Software 22 (2007).
 */
import { stream } from '../../sim/random/index.ts';

/** The step, as a share of the range: with four levels half of them can go up by it and half down. */
const step = 2 / 3;

/** One point of a trajectory: a place in [0, 1] an input. */
export type Place = readonly number[];

/** A trajectory of one point more than there are inputs; neighbours differ in one input. */
export function trajectory(inputs: number, seed: number, number: number): Place[] {
  const random = stream(seed, number, 'uncertain trajectory');
  let place = Array.from({ length: inputs }, () => Math.floor(random() * 4) / 3);
  const order = Array.from({ length: inputs }, (_, at) => ({ at, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ at }) => at);
  const places = [place];
  for (const at of order) {
    place = place.with(at, place[at] < 0.5 ? place[at] + step : place[at] - step);
    places.push(place);
  }
  return places;
}

export interface ElementaryEffects {
  readonly muStar: number;
  readonly mu: number;
  readonly sigma: number;
}

/**
 * Effects of each input over its whole range.
 * @param outcomes of every place, as many as the trajectory has
 */
export function elementaryEffects(
  trajectories: readonly { readonly places: readonly Place[]; readonly outcomes: readonly number[] }[],
): ElementaryEffects[] {
  const inputs = trajectories[0].places[0].length;
  const effects: number[][] = Array.from({ length: inputs }, () => []);
  for (const { places, outcomes } of trajectories)
    for (let at = 1; at < places.length; at += 1) {
      const input = places[at].findIndex((value, index) => value !== places[at - 1][index]);
      effects[input].push((outcomes[at] - outcomes[at - 1]) / (places[at][input] - places[at - 1][input]));
    }
  return effects.map((each) => {
    const mu = meanOf(each);
    const squares = each.reduce((sum, effect) => sum + (effect - mu) ** 2, 0);
    return {
      muStar: meanOf(each.map(Math.abs)),
      mu,
      sigma: each.length > 1 ? Math.sqrt(squares / (each.length - 1)) : 0,
    };
  });
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

import { describe, expect, it } from 'vitest';
import { elementaryEffects, type Place, trajectory } from '../../../src/study/uncertain/morris.ts';

const paths = Array.from({ length: 10 }, (_, number) => trajectory(5, 11, number));
const effectsOf = (f: (place: Place) => number) =>
  elementaryEffects(paths.map((places) => ({ places, outcomes: places.map(f) })));

describe('trajectories', () => {
  it('change one input at a time, each once, by two thirds, on a grid of four levels', () => {
    for (const places of paths) {
      expect(places).toHaveLength(6);
      const changed = places.slice(1).map((place, at) => {
        const moved = place.flatMap((value, input) => (value === places[at][input] ? [] : [input]));
        expect(moved).toHaveLength(1);
        expect(Math.abs(place[moved[0]] - places[at][moved[0]])).toBeCloseTo(2 / 3, 12);
        return moved[0];
      });
      expect(changed.toSorted()).toEqual([0, 1, 2, 3, 4]);
      for (const share of places.flat()) {
        expect(share * 3).toBeCloseTo(Math.round(share * 3), 12);
        expect(share >= 0 && share <= 1 + 1e-12).toBe(true);
      }
    }
  });

  it('differ from each other, and are the same again', () => {
    expect(new Set(paths.map((places) => JSON.stringify(places))).size).toBeGreaterThan(8);
    expect(trajectory(5, 11, 3)).toEqual(paths[3]);
  });
});

describe('elementary effects', () => {
  it('of a linear function are its slopes, with no spread', () => {
    const slopes = [3, -2, 0, 10, 0.5];
    const effects = effectsOf((place) => 7 + place.reduce((sum, share, at) => sum + slopes[at] * share, 0));
    effects.forEach(({ mu, muStar, sigma }, at) => {
      expect(mu).toBeCloseTo(slopes[at], 10);
      expect(muStar).toBeCloseTo(Math.abs(slopes[at]), 10);
      expect(sigma).toBeCloseTo(0, 10);
    });
  });

  it('of a product spread, and of what cancels µ* is more than µ', () => {
    const [product] = effectsOf(([a, b]) => a * b);
    expect(product.sigma).toBeGreaterThan(0.1);
    const [cancels] = effectsOf(([a, b]) => a * (b - 0.5));
    expect(cancels.muStar).toBeGreaterThan(Math.abs(cancels.mu));
  });
});

import { describe, expect, it } from 'vitest';
import { cheapestMix, type RiskLimits } from '../../../../src/models/algorithms/purchasing/cheapest-mix.ts';
import type { NodeCounts } from '../../../../src/models/algorithms/purchasing/layers.ts';
import { type HourlyPrices, mixFigures } from '../../../../src/models/algorithms/purchasing/mix-figures.ts';
import { stream } from '../../../../src/sim/random/streams.ts';

const prices: HourlyPrices = { reserved: 0.6, 'on-demand': 1, spot: 0.4 };
const noSpot: RiskLimits = { atOnce: 0 };
/** The k-th of 100 nodes is used in k% less of the hours than the first: needs of 1, 2 … 100. */
const slope = Array.from({ length: 100 }, (_, hour) => hour + 1);

describe('the cheapest mix', () => {
  it('reserves what is used in more hours than the ratio of the prices', () => {
    // The k-th node is used in 101 − k hours of 100: more than 60 up to k = 40, and in just 60 at k = 41.
    expect(cheapestMix(slope, prices, noSpot)).toEqual({ reserved: 40, 'on-demand': 60, spot: 0 });
  });

  it('costs what the integral of the cheaper way says', () => {
    const { cost, allOnDemand } = mixFigures(slope, cheapestMix(slope, prices, noSpot), prices);
    expect(allOnDemand).toBeCloseTo(50.5, 9);
    // 40 nodes at 0.6; the 41st to the 100th are in use in 60, 59, … 1 hours of a hundred.
    expect(cost).toBeCloseTo(40 * 0.6 + (60 * 61) / 2 / 100, 9);
  });

  it('is all spot where any risk is borne, and spot is the cheapest', () => {
    expect(cheapestMix(slope, prices)).toEqual({ reserved: 0, 'on-demand': 0, spot: 100 });
  });

  it('buys no spot that costs more than on demand', () => {
    const mix = cheapestMix(slope, { ...prices, spot: 1.1 });
    expect(mix).toEqual({ reserved: 40, 'on-demand': 60, spot: 0 });
  });

  it('of a steady need has the share at risk on spot and reserves the rest', () => {
    const steady = new Array(24).fill(30);
    expect(cheapestMix(steady, prices, { atOnce: 0.1 })).toEqual({ reserved: 27, 'on-demand': 0, spot: 3 });
    expect(cheapestMix(steady, prices, { meanSpot: 4.9 })).toEqual({ reserved: 26, 'on-demand': 0, spot: 4 });
  });

  it('reserves instead of spot where a long term makes that cheaper', () => {
    const steady = new Array(24).fill(30);
    const mix = cheapestMix(steady, { reserved: 0.3, 'on-demand': 1, spot: 0.4 });
    expect(mix).toEqual({ reserved: 30, 'on-demand': 0, spot: 0 });
  });

  it('buys nothing where nothing is needed', () => {
    expect(cheapestMix([0, 0], prices)).toEqual({ reserved: 0, 'on-demand': 0, spot: 0 });
  });

  it('equals the best of all divisions of small fleets', () => {
    const random = stream(1, 0, 'fleets');
    let bound = 0;
    for (let fleet = 0; fleet < 200; fleet += 1) {
      const hours = Array.from({ length: 6 }, () => Math.floor(random() * 13));
      const drawn = { reserved: 0.2 + random(), 'on-demand': 1, spot: 0.1 + random() };
      const limits = { atOnce: random(), meanSpot: random() * 5 };
      const found = cheapestMix(hours, drawn, limits);
      const figures = mixFigures(hours, found, drawn);
      const best = bestOfAll(hours, drawn, limits);
      expect(keeps(hours, found, drawn, limits)).toBe(true);
      expect(figures.cost).toBeCloseTo(best, 9);
      if (found.spot > 0 && best > bestOfAll(hours, drawn, {}) + 1e-9) bound += 1;
    }
    // The limits are not idle: in many of the fleets they are what keeps the cost up.
    expect(bound).toBeGreaterThan(50);
  });
});

function keeps(
  hours: readonly number[],
  counts: NodeCounts,
  prices: HourlyPrices,
  limits: RiskLimits,
): boolean {
  const { atOnce, used } = mixFigures(hours, counts, prices);
  return (
    atOnce <= (limits.atOnce ?? 1) + 1e-9 && used.spot <= (limits.meanSpot ?? Number.POSITIVE_INFINITY) + 1e-9
  );
}

/** The least cost of every division there is. */
function bestOfAll(hours: readonly number[], prices: HourlyPrices, limits: RiskLimits): number {
  const most = Math.max(...hours);
  let best = Number.POSITIVE_INFINITY;
  for (let reserved = 0; reserved <= most; reserved += 1) {
    for (let onDemand = 0; reserved + onDemand <= most; onDemand += 1) {
      for (let spot = 0; reserved + onDemand + spot <= most; spot += 1) {
        const counts = { reserved, 'on-demand': onDemand, spot };
        if (keeps(hours, counts, prices, limits))
          best = Math.min(best, mixFigures(hours, counts, prices).cost);
      }
    }
  }
  return best;
}

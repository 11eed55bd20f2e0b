import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failover } from '../../../../src/models/algorithms/routing/failover.ts';
import { geo } from '../../../../src/models/algorithms/routing/geo.ts';
import { greatCircleDistance } from '../../../../src/models/algorithms/routing/great-circle.ts';
import { latency } from '../../../../src/models/algorithms/routing/latency.ts';
import type { Router } from '../../../../src/models/algorithms/routing/router.ts';
import { weighted } from '../../../../src/models/algorithms/routing/weighted.ts';
import { randomSource } from '../random-source.ts';

const regions = ['us-east', 'eu-west', 'asia-pacific'];
const [usEast, euWest, asiaPacific] = [0, 1, 2];
const all = [1, 1, 1];
const none = [0, 0, 0];
// us-east-1, eu-west-1, ap-southeast-1; seconds from us-east-2, eu-central-1, ap-northeast-1.
const roundTrips = [
  [0.012, 0.079, 0.2],
  [0.102, 0.026, 0.158],
  [0.146, 0.201, 0.068],
];
const virginia = { latitude: 38.9, longitude: -77.4 };
const dublin = { latitude: 53.3, longitude: -6.3 };
const singapore = { latitude: 1.35, longitude: 103.8 };
const regionPlaces = [virginia, dublin, singapore];
const tokyo = { latitude: 35.7, longitude: 139.7 };
const frankfurt = { latitude: 50.1, longitude: 8.7 };

const routers: Record<string, Router> = {
  latency: latency({ regions, roundTrips }),
  geo: geo({ regions, origins: 3, originPlaces: [virginia, frankfurt, tokyo], regionPlaces }),
  'geo, declared': geo({
    regions,
    origins: 3,
    declared: [[usEast], [euWest], undefined],
    default: [asiaPacific],
  }),
  failover: failover({ order: [asiaPacific, usEast, euWest] }),
  weighted: weighted({ weights: [50, 0, 50] }),
};

describe.each(Object.entries(routers))('%s', (_name, route) => {
  it('answers with a healthy region where there is one, and stays open where there is none', () => {
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1)),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (origin, healthy, uniform) => {
          const region = route(origin, healthy, uniform);
          if (healthy.includes(1)) expect(healthy[region]).toBe(1);
          else expect(region).toBe(route(origin, all, uniform));
        },
      ),
      { seed: 1 },
    );
  });
});

describe('latency', () => {
  it('sends each origin to its least round trip, and to the next when that region fails', () => {
    const route = routers.latency;
    expect([0, 1, 2].map((origin) => route(origin, all, 0))).toEqual([usEast, euWest, asiaPacific]);
    expect([0, 1, 2].map((origin) => route(origin, [0, 1, 1], 0))).toEqual([euWest, euWest, asiaPacific]);
    expect(route(2, [1, 1, 0], 0)).toBe(usEast);
  });

  it('breaks ties by name, wherever the regions stand in the list', () => {
    expect(latency({ regions: ['b', 'a'], roundTrips: [[0.1, 0.1]] })(0, [1, 1], 0)).toBe(1);
    expect(latency({ regions: ['a', 'b'], roundTrips: [[0.1, 0.1]] })(0, [1, 1], 0)).toBe(0);
    // Code units, not a locale's alphabet: Z before a.
    expect(latency({ regions: ['a', 'Z'], roundTrips: [[0.1, 0.1]] })(0, [1, 1], 0)).toBe(1);
  });
});

describe('geo', () => {
  it("knows distances: Land's End to John o'Groats is 968.9 km", () => {
    // movable-type.co.uk/scripts/latlong.html, with a radius of 6,371 km.
    const landsEnd = { latitude: 50 + 3 / 60 + 59 / 3600, longitude: -(5 + 42 / 60 + 53 / 3600) };
    const johnOGroats = { latitude: 58 + 38 / 60 + 38 / 3600, longitude: -(3 + 4 / 60 + 12 / 3600) };
    expect(greatCircleDistance(landsEnd, johnOGroats) / 1e3).toBeCloseTo(968.9, 1);
    const quarter = greatCircleDistance({ latitude: 0, longitude: 0 }, { latitude: 90, longitude: 50 });
    expect(quarter).toBeCloseTo((Math.PI / 2) * 6_371_008.8, 3);
    const around = greatCircleDistance({ latitude: 0, longitude: -90 }, { latitude: 0, longitude: 90 });
    expect(around).toBeCloseTo(Math.PI * 6_371_008.8, 3);
    expect(greatCircleDistance(dublin, dublin)).toBe(0);
  });

  it('sends by distance where nothing is declared', () => {
    expect([0, 1, 2].map((origin) => routers.geo(origin, all, 0))).toEqual([usEast, euWest, asiaPacific]);
    expect(routers.geo(2, [1, 1, 0], 0)).toBe(euWest); // Tokyo: Dublin 9,590 km, Virginia 10,880 km.
  });

  it('puts a declaration before distance, then the default, then the rest', () => {
    const route = geo({
      regions,
      origins: 2,
      declared: [[asiaPacific], undefined],
      default: [euWest],
      originPlaces: [virginia, virginia],
      regionPlaces,
    });
    expect([all, [1, 1, 0], [1, 0, 0], none].map((healthy) => route(0, healthy, 0))).toEqual([
      asiaPacific,
      euWest,
      usEast,
      asiaPacific,
    ]);
    expect(route(1, all, 0)).toBe(euWest);
  });
});

describe('failover', () => {
  it('stays with the primary while it is healthy, then goes down the list', () => {
    const route = routers.failover;
    expect([all, [1, 1, 0], [0, 1, 0], none].map((healthy) => route(0, healthy, 0))).toEqual([
      asiaPacific,
      usEast,
      euWest,
      asiaPacific,
    ]);
  });
});

describe('weighted', () => {
  const counts = (route: Router, healthy: number[]): number[] => {
    const random = randomSource(6);
    const seen = regions.map(() => 0);
    for (let decision = 0; decision < 40_000; decision++) seen[route(0, healthy, random())]++;
    return seen;
  };

  it('keeps the declared shares, and shares out what the unhealthy leave', () => {
    const route = weighted({ weights: [70, 20, 10] });
    // Binomial: 3.3 standard deviations of a share of 40,000.
    const within = (count: number, share: number) =>
      expect(Math.abs(count / 40_000 - share)).toBeLessThan(3.3 * Math.sqrt((share * (1 - share)) / 40_000));
    const [first, second, third] = counts(route, all);
    within(first, 0.7);
    within(second, 0.2);
    within(third, 0.1);
    within(counts(route, [0, 1, 1])[1], 2 / 3);
  });

  it('sends to weight 0 only where everything of weight is unhealthy', () => {
    const route = weighted({ weights: [1, 0, 1] });
    expect(counts(route, all)[1]).toBe(0);
    expect(counts(route, [0, 1, 0])[1]).toBe(40_000);
    expect(counts(route, none)[1]).toBe(0);
    expect(weighted({ weights: [0, 0, 0] })(0, none, 0.5)).toBe(1);
  });

  it('lands inside the list at the very end of the unit interval', () => {
    expect(weighted({ weights: [0.1, 0.2, 0] })(0, all, 1 - 2 ** -53)).toBe(1);
  });
});

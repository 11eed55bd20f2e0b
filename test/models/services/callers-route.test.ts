import { describe, expect, it } from 'vitest';
import type { Network } from '../../../src/models/contracts/network.ts';
import { callersRoute } from '../../../src/models/services/callers-route.ts';

const places = ['here', 'there', 'far', 'outside'];
const network = {
  placeNames: places,
  regionCount: 3,
  placeOf: (name: string) => places.indexOf(name),
  nominalDelay: (from: number, to: number) => Math.abs(from - to),
} as unknown as Network;
/** Sends three quarters of everything to the first region. */
const router = {
  route: (_origin: number, candidates: readonly number[], uniform: number) =>
    candidates.length === 0 ? -1 : candidates[uniform < 0.75 ? 0 : candidates.length - 1],
};
const route = callersRoute(router, network);

describe('the way of calls before a run', () => {
  it('is the router’s for callers outside', () => {
    expect(route('outside', ['here', 'far'])).toEqual({
      here: expect.closeTo(0.75, 9),
      far: expect.closeTo(0.25, 9),
    });
    expect(route(undefined, ['here', 'far'])).toEqual(route('outside', ['here', 'far']));
  });

  it('stays in the region of whoever lives in one, or leads to the nearest, whatever the router does', () => {
    expect(route('far', ['here', 'far'])).toEqual({ far: 1 });
    expect(route('far', ['here', 'there'])).toEqual({ there: 1 });
  });

  it('leads nowhere where the service stands nowhere', () => {
    expect(route('outside', [])).toEqual({});
    expect(route('here', [])).toEqual({});
  });
});

import type { Design } from '../../models/design.ts';
import {
  callRates,
  declaredRoute,
  type ExpectedUse,
  expectedUses,
  Load,
  type Route,
  sharesOfCalls,
} from '../../models/load.ts';
import { stoppedBy } from '../../models/stopped-by.ts';
import type { Traffic } from '../../models/traffic.ts';
import type { LostPlace } from './lost-place.ts';

/** What becomes of the load when a place is lost, by the routing policy alone. */
export interface Reroute {
  readonly lost: LostPlace;
  /** What each surviving region takes over, as a share of all callers' calls; those that take nothing are left out. */
  readonly takers: readonly { readonly region: string; readonly share: number }[];
  /** Share of all callers' calls for which no region is left. */
  readonly stranded: number;
  /** What is done no more, wherever calls are sent: a line each. */
  readonly stops: readonly string[];
  /** The survivor that is then the busiest, with what it was before; absent where nothing has a bound. */
  readonly tightest?: ExpectedUse & { readonly before: number };
}

/**
 * The load once everybody knows of a loss: who takes whose calls, and how busy that keeps the survivors.
 *
 * Rule: each origin's calls go where the policy sends them among the regions left; what a service computes of them, over
 * its cores there. A zone takes its share of its region's cores along, and no calls move. What nobody takes over (the
 * primary of a database without failover) is told beside it. Left out: how busy databases, brokers and caches are then,
 * retries, cold caches. So it ranks losses, and says nothing of whether one is borne.
 * @param instant seconds of Unix time
 */
export function staticReroute(design: Design, instant: number, lost: LostPlace): Reroute {
  const before = declaredRoute(design);
  const after = lost.zone === undefined ? without(before, lost.region) : before;
  const usesBefore = expectedUses(design, callRates(design, instant, before));
  const uses = expectedUses(design, callRates(design, instant, after))
    .filter(({ region }) => lost.zone !== undefined || region !== lost.region)
    .map((use) => ({ ...use, utilization: use.utilization * zoneFactor(use.region, lost, design) }));
  const tightest = uses.reduce<ExpectedUse | undefined>(
    (worst, use) => (worst === undefined || use.utilization > worst.utilization ? use : worst),
    undefined,
  );
  const then = sharesByRegion(design, instant, before);
  const now = sharesByRegion(design, instant, after);
  const takers = design.regions
    .map((region) => ({ region, share: (now.get(region) ?? 0) - (then.get(region) ?? 0) }))
    .filter(({ share }) => share > 1e-9);
  return {
    lost,
    takers,
    stranded: Math.max(0, total(then) - total(now)),
    stops: stoppedBy(design, lost),
    ...(tightest === undefined
      ? {}
      : { tightest: { ...tightest, before: useOf(tightest, usesBefore)?.utilization ?? 0 } }),
  };
}

/**
 * Losses by what they ask of the survivors, the worst first: calls without a region, what nobody takes over, the busiest
 * survivor; the scenario's order among equals.
 */
export const worstFirst = (reroutes: readonly Reroute[]): Reroute[] =>
  [...reroutes].sort(
    (a, b) =>
      b.stranded - a.stranded || b.stops.length - a.stops.length || utilizationOf(b) - utilizationOf(a),
  );

const utilizationOf = ({ tightest }: Reroute): number => tightest?.utilization ?? 0;

const without =
  (route: Route, lost: string): Route =>
  (origin, regions) =>
    route(
      origin,
      regions.filter((region) => region !== lost),
    );

/** What is left of a region has so many times the work, when one of its zones is lost. */
function zoneFactor(region: string, { region: lostIn, zone }: LostPlace, design: Design): number {
  const zones = design.entry<{ zones: number }>('regions', region)?.zones ?? 1;
  return zone === undefined || region !== lostIn
    ? 1
    : zones > 1
      ? zones / (zones - 1)
      : Number.POSITIVE_INFINITY;
}

/** Of all calls that callers bring, the share that enters by each region. */
function sharesByRegion(design: Design, instant: number, route: Route): Map<string, number> {
  const load = new Load(design);
  const callers = load.callers.filter(({ traffic }) => isOutside(traffic, design));
  const all = callers.reduce((sum, { traffic }) => sum + traffic.rateAt(instant), 0);
  const shares = new Map<string, number>();
  for (const { traffic } of callers) {
    for (const [operation, share] of sharesOfCalls(traffic)) {
      for (const [region, part] of Object.entries(load.entries(traffic, operation, route))) {
        const calls = all > 0 ? (traffic.rateAt(instant) * share * part) / all : 0;
        shares.set(region, (shares.get(region) ?? 0) + calls);
      }
    }
  }
  return shares;
}

/** Consumers and the like live in regions, and are nobody's callers. */
const isOutside = ({ from = {} }: Traffic, { regions }: Design): boolean =>
  !Object.keys(from).some((place) => regions.includes(place));

const total = (shares: ReadonlyMap<string, number>): number =>
  [...shares.values()].reduce((sum, share) => sum + share, 0);

const useOf = ({ id, region }: ExpectedUse, uses: readonly ExpectedUse[]): ExpectedUse | undefined =>
  uses.find((use) => use.id === id && use.region === region);

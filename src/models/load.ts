import type { Design } from './design.ts';
import type { Kind } from './kind.ts';
import type { StepConfig } from './step.ts';
import { allVerbs, walkSteps } from './steps.ts';
import type { Callable, Traffic } from './traffic.ts';

/** How the calls from an origin (undefined: beside the first region) divide over the regions of what they call. */
export type Route = (
  origin: string | undefined,
  regions: readonly string[],
) => Readonly<Record<string, number>>;

/** Callers with the entry that brings them. */
export interface Caller {
  readonly section: string;
  readonly name: string;
  readonly traffic: Traffic;
}

/** An operation in a region, on the way of a caller's calls. */
export interface Pass {
  readonly operation: string;
  readonly region: string;
  /** How often it is run for one call of the caller, on the mean. */
  readonly times: number;
}

let kinds: readonly Kind[] = [];

/** Called once, by the list of kinds: kinds ask for the load, and the load asks all kinds. */
export function registerKinds(list: readonly Kind[]): void {
  kinds = list;
}

/**
 * Who calls what in a design and how often, worked out from the scenario alone, without a run: open load, nobody fails,
 * nobody retries. Steps that run only on a cache's miss count as if each lookup missed: an upper bound.
 */
export class Load {
  readonly callers: readonly Caller[];
  private readonly callables = new Map<string, Callable>();
  readonly delay: (from: string, to: string) => number;

  constructor(private readonly design: Design) {
    this.callers = eachEntry(design).flatMap(({ kind, name, config }) => {
      const traffic = kind.traffic?.(name, config, design);
      return traffic === undefined ? [] : [{ section: kind.section, name, traffic }];
    });
    for (const { kind, name, config } of eachEntry(design)) {
      const operations = kind.operations?.(name, config, design) ?? {};
      for (const [operation, callable] of Object.entries(operations)) {
        this.callables.set(operationId(name, operation), callable);
      }
    }
    const delays = eachEntry(design).flatMap(
      ({ kind, name, config }) => kind.delays?.(name, config, design) ?? [],
    );
    this.delay = delays[0] ?? (() => 0);
  }

  /** An operation by `service.operation`; undefined where no kind has it. */
  callable(operation: string): Callable | undefined {
    return this.callables.get(operation);
  }

  /** The region itself where it is one of them, else the one with the least delay; the first among equals. */
  nearest(place: string, regions: readonly string[]): string | undefined {
    if (regions.includes(place)) return place;
    return least(regions, (region) => this.delay(place, region));
  }

  /** The least delay from the origin to a region, whatever the scenario's routing: for who knows no better. */
  readonly nearestRoute: Route = (origin, regions) => {
    const from = origin ?? this.design.regions[0];
    const region = least(regions, (each) => this.delay(from, each));
    return region === undefined ? {} : { [region]: 1 };
  };

  /** Where a caller's calls of an operation go first: shares by region, over all origins. */
  entries(traffic: Traffic, operation: string, route: Route = this.nearestRoute): Record<string, number> {
    const all = this.callables.get(operation)?.regions ?? [];
    const regions = all.filter((region) => traffic.mayGoTo?.(region) ?? true);
    const origins: [string | undefined, number][] = traffic.from
      ? Object.entries(traffic.from)
      : [[undefined, 1]];
    const shares: Record<string, number> = {};
    for (const [origin, share] of origins) {
      for (const [region, part] of Object.entries(route(origin, regions))) {
        shares[region] = (shares[region] ?? 0) + share * part;
      }
    }
    return shares;
  }

  /**
   * All operations that a caller's calls run, region by region.
   * @param isLeast how often at least: see `walkSteps`
   */
  *passes(traffic: Traffic, route: Route = this.nearestRoute, isLeast = false): Generator<Pass> {
    for (const [operation, share] of sharesOfCalls(traffic)) {
      for (const [region, part] of Object.entries(this.entries(traffic, operation, route))) {
        yield* this.follow(operation, region, share * part, [], isLeast);
      }
    }
  }

  private *follow(
    operation: string,
    region: string,
    times: number,
    inside: readonly string[],
    isLeast: boolean,
  ): Generator<Pass> {
    const callable = this.callables.get(operation);
    if (callable === undefined || inside.includes(operation)) return;
    yield { operation, region, times };
    for (const { step, times: perPass } of walkSteps(callable.steps, 1, isLeast)) {
      for (const called of operationsOf(step)) {
        const there = this.nearest(region, this.callables.get(called)?.regions ?? []);
        if (there !== undefined)
          yield* this.follow(called, there, times * perPass, [...inside, operation], isLeast);
      }
    }
  }
}

/** What a caller's calls are, with their shares of all its calls. */
export function sharesOfCalls({
  call,
  opens,
  callsPerCaller,
}: Traffic): [operation: string, share: number][] {
  if (opens === undefined) return [[call, 1]];
  return [
    [opens, 1 / callsPerCaller],
    [call, 1 - 1 / callsPerCaller],
  ];
}

/** Operations that one pass through a step calls, each once. */
export const operationsOf = ({ verb, options }: StepConfig): readonly string[] =>
  allVerbs().get(verb)?.calls?.(options) ?? [];

/** Calls a second by operation and region. */
export type CallRates = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Calls a second of each operation in each region at an instant (seconds of Unix time). See `Load` for what is left out. */
export function callRates(design: Design, instant: number, route?: Route): CallRates {
  const load = new Load(design);
  const rates = new Map<string, Map<string, number>>();
  for (const { traffic } of load.callers) {
    const rate = traffic.rateAt(instant);
    for (const { operation, region, times } of load.passes(traffic, route ?? load.nearestRoute)) {
      const byRegion = rates.get(operation) ?? new Map<string, number>();
      byRegion.set(region, (byRegion.get(region) ?? 0) + rate * times);
      rates.set(operation, byRegion);
    }
  }
  return rates;
}

/** Looks into a week of a profile: none changes more often than every five minutes. */
const weekOfLooks = (7 * 24 * 3600) / 300;

/** Calls a second that an entry brings, on the mean over a week from an instant on (seconds of Unix time). */
export function meanRate(design: Design, section: string, name: string, from: number): number {
  const caller = new Load(design).callers.find((each) => each.section === section && each.name === name);
  let sum = 0;
  for (let look = 0; look < weekOfLooks; look += 1)
    sum += caller?.traffic.rateAt(from + (look + 0.5) * 300) ?? 0;
  return sum / weekOfLooks;
}

/** Where callers are sent by what the scenario says of routing, while all regions that they are offered are well. */
export function declaredRoute(design: Design): Route {
  const { delay, nearestRoute } = new Load(design);
  const [route] = eachEntry(design).flatMap(
    ({ kind, name, config }) => kind.routes?.(name, config, design, delay) ?? [],
  );
  return route ?? nearestRoute;
}

/** How busy an entry is kept in a region, as far as its kind can tell from calls alone. */
export interface ExpectedUse {
  /** `services.desk`. */
  readonly id: string;
  readonly region: string;
  readonly utilization: number;
}

/** How busy these calls keep everything that can tell it, region by region. */
export const expectedUses = (design: Design, rates: CallRates): ExpectedUse[] =>
  eachEntry(design).flatMap(({ kind, name, config }) =>
    Object.entries(kind.busyAt?.(name, config, design, rates) ?? {}).map(([region, utilization]) => ({
      id: `${kind.section}.${name}`,
      region,
      utilization,
    })),
  );

const operationId = (entry: string, operation: string): string => `${entry}.${operation}`;

const eachEntry = (design: Design) =>
  kinds.flatMap((kind) => design.entries(kind.section).map(([name, config]) => ({ kind, name, config })));

function least(regions: readonly string[], by: (region: string) => number): string | undefined {
  let best: string | undefined;
  for (const region of regions) if (best === undefined || by(region) < by(best)) best = region;
  return best;
}

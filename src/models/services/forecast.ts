import type { Tenancy } from '../contracts/placer.ts';
import type { AutoscaleConfig } from './autoscale-config.ts';
import { settledSize } from './autoscaler.ts';
import type { ExpectedLoad, FleetLoad } from './expected-load.ts';

/** What a forecast needs to know of a service. */
export interface Forecaster {
  /** Cores that an instance requests, and that it may use. */
  readonly coreRequest: number;
  readonly coreLimit: number;
  readonly autoscale: AutoscaleConfig | undefined;
  readonly expected: ExpectedLoad;
  /** Name of the region at a place, and its instances where nothing scales them. */
  readonly regions: ReadonlyMap<number, { readonly region: string; readonly instances: number }>;
  /** First and last instant of the measured window, seconds of Unix time. */
  readonly window: { readonly from: number; readonly to: number };
  /** What the window saw. */
  measured(region: number): FleetLoad;
}

/** How often the expected load is looked at over the window. */
const looks = 60;

/**
 * How many instances a service has at any hour of a month: those of its autoscaler's fixed point under the load that the
 * scenario brings then. The scenario's own figures are scaled to what the window saw, since it cannot know how many
 * calls a cache spares.
 */
export class Forecast implements Tenancy {
  private readonly sizes = new Map<string, number>();
  private readonly windows = new Map<number, { seen: FleetLoad; expected: FleetLoad; total: number }>();

  constructor(private readonly service: Forecaster) {}

  get cores(): number {
    return this.service.coreRequest;
  }

  instancesAt(place: number, instant: number): number {
    const { autoscale, regions } = this.service;
    const there = regions.get(place);
    if (there === undefined) return 0;
    return autoscale === undefined ? there.instances : this.settled(autoscale, this.loadAt(place, instant));
  }

  private settled(autoscale: AutoscaleConfig, load: FleetLoad): number {
    const { coreRequest: request, coreLimit: limit } = this.service;
    const key = `${load.calls} ${load.cores}`;
    const size = this.sizes.get(key) ?? settledSize(autoscale, load, { request, limit });
    this.sizes.set(key, size);
    return size;
  }

  private loadAt(place: number, instant: number): FleetLoad {
    const { expected, regions } = this.service;
    const then = expected.at(regions.get(place)?.region ?? '', instant);
    const window = this.windowOf(place);
    // Calls that the scenario does not tell of go with the load as a whole.
    const growth = window.total > 0 ? expected.total(instant) / window.total : 1;
    const scaled = (of: (load: FleetLoad) => number) =>
      of(window.expected) > 0 ? (of(then) * of(window.seen)) / of(window.expected) : of(window.seen) * growth;
    return { calls: scaled(({ calls }) => calls), cores: scaled(({ cores }) => cores) };
  }

  private windowOf(place: number) {
    const known = this.windows.get(place);
    if (known !== undefined) return known;
    const { expected, regions, window } = this.service;
    const region = regions.get(place)?.region ?? '';
    const instants = Array.from(
      { length: looks },
      (_, look) => window.from + ((look + 0.5) / looks) * (window.to - window.from),
    );
    const mean = (read: (instant: number) => number) =>
      instants.reduce((sum, instant) => sum + read(instant), 0) / looks;
    const found = {
      seen: this.service.measured(place),
      expected: {
        calls: mean((instant) => expected.at(region, instant).calls),
        cores: mean((instant) => expected.at(region, instant).cores),
      },
      total: mean((instant) => expected.total(instant)),
    };
    this.windows.set(place, found);
    return found;
  }
}

import { type Network, networkSection } from '../contracts/network.ts';
import { type Placer, poolsSection } from '../contracts/placer.ts';
import { type Router, routingSection } from '../contracts/router.ts';
import { Autoscaler, type Look, settledSize } from './autoscaler.ts';
import { callersRoute } from './callers-route.ts';
import { placements } from './config.ts';
import { ExpectedLoad, type FleetLoad } from './expected-load.ts';
import type { Fleet } from './fleet.ts';
import { Forecast, type Forecaster } from './forecast.ts';
import { scalingMeters } from './metrics.ts';
import type { ServiceModel } from './model.ts';

/** How many instances a service has: at the start, then by an autoscaler in each region, and at any hour of a month. */
export class Scaling implements Forecaster {
  /** Called at each look of the autoscalers, for whoever wants to check them. */
  watch: ((region: string, look: Look) => void) | undefined;
  readonly regions: Forecaster['regions'];
  private readonly autoscalers: Autoscaler[] = [];
  private expectation: ExpectedLoad | undefined;

  constructor(
    private readonly model: ServiceModel,
    fleets: readonly Fleet[],
    private readonly callsIn: (place: number) => number,
  ) {
    const { config, wiring, name } = model;
    const instances = new Map(
      placements(config, wiring.design.regions).map((each) => [each.region, each.instances]),
    );
    this.regions = new Map(
      fleets.map(({ place, region }) => [place, { region, instances: instances.get(region) ?? 0 }]),
    );
    if (config.pool !== undefined) {
      wiring.find<Placer>(poolsSection, config.pool.name).announce(new Forecast(this));
    }
    if (config.autoscale === undefined) return;
    const whole = wiring.meters(['services', name], scalingMeters);
    for (const fleet of fleets) {
      const { region } = fleet;
      const meters = [whole, wiring.meters(['services', name, 'in', region], scalingMeters)];
      const phases = wiring.stream(`services.${name}.in.${region}.autoscaler`);
      const watch = (look: Look) => this.watch?.(region, look);
      this.autoscalers.push(new Autoscaler(fleet, config.autoscale, meters, phases, watch));
    }
  }

  get autoscale() {
    return this.model.config.autoscale;
  }

  get coreRequest(): number {
    return this.model.coreRequest;
  }

  get coreLimit(): number {
    return this.model.config.cpu?.cores ?? Number.POSITIVE_INFINITY;
  }

  get expected(): ExpectedLoad {
    const { wiring, name, config } = this.model;
    this.expectation ??= new ExpectedLoad(
      wiring.design,
      name,
      config,
      callersRoute(wiring.find<Router>(routingSection), wiring.find<Network>(networkSection)),
    );
    return this.expectation;
  }

  get window() {
    const { window, startAt } = this.model.wiring;
    return { from: startAt + window.from / 1e9, to: startAt + window.to / 1e9 };
  }

  measured(place: number): FleetLoad {
    const { seconds } = this.model.wiring.window;
    return {
      calls: this.callsIn(place) / seconds,
      cores: this.model.coreTicksUsed(place) / 1e9 / seconds,
    };
  }

  /** Begins with as many instances as there are when the run starts, all of them ready once they have room. */
  start(fleets: readonly Fleet[]): void {
    for (const fleet of fleets) fleet.scale(this.initialSize(fleet), true);
    for (const autoscaler of this.autoscalers) autoscaler.start();
  }

  /** Instances with which a region begins again that was lost: an autoscaler has seen nothing yet, and asks for the least. */
  sizeAnew({ place }: Fleet): number {
    const { autoscale } = this;
    return (
      autoscale?.manifest.spec.minReplicas ?? (autoscale ? 1 : (this.regions.get(place)?.instances ?? 0))
    );
  }

  /** `begin: steady`: what the autoscaler settles at under the load of that instant; else what it may begin with. */
  private initialSize({ place, region }: Fleet): number {
    const { autoscale, coreRequest: request, coreLimit: limit } = this;
    const { wiring } = this.model;
    const instances = this.regions.get(place)?.instances ?? 0;
    if (autoscale === undefined) return instances;
    const { minReplicas = 1, maxReplicas } = autoscale.manifest.spec;
    if (wiring.design.run.begin === 'empty') return Math.min(Math.max(instances, minReplicas), maxReplicas);
    return settledSize(autoscale, this.expected.at(region, wiring.startAt), { request, limit });
  }
}

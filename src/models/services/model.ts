import { type Distribution, lognormal } from '../../sim/distributions/index.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import { type Placer, poolsSection } from '../contracts/placer.ts';
import type { Callee, CallSite } from '../contracts/service.ts';
import { unattended } from '../control/async.ts';
import type { Failure, Root } from '../cursor.ts';
import type { Component, Occupancy } from '../kind.ts';
import type { Loss } from '../loss.ts';
import type { MetersOf, RatioMeter } from '../meters.ts';
import type { Whose } from '../milestones.ts';
import type { Step } from '../step.ts';
import type { Topology } from '../topology.ts';
import type { Vital } from '../vital.ts';
import type { Wiring } from '../wiring.ts';
import { balancerOf } from './balancing.ts';
import { CallAccount } from './call-account.ts';
import { answer, ServiceCallSite } from './call-site.ts';
import { callsOf } from './calls.ts';
import { operationOf, placements, type ServiceConfig } from './config.ts';
import { ExecutorPool } from './executor-pool.ts';
import { Fleet } from './fleet.ts';
import { guardedCalls } from './guarded-calls.ts';
import { Instance } from './instance.ts';
import { boundMeters, regionMeters, serviceMeters } from './metrics.ts';
import { ServiceResidence } from './residence.ts';
import { Scaling } from './scaling.ts';

interface Operation {
  first: Step;
  readonly request: number;
  readonly response: number;
}

/** A service in all its regions. */
export class ServiceModel implements Component, Callee {
  readonly residence = new ServiceResidence(this);
  readonly places: number[] = [];
  readonly agenda: Agenda;
  /** For what is told of it as a whole. */
  readonly whole: Whose;
  readonly startup: Distribution;
  readonly orphans: Root = unattended;
  readonly segments: { waitsForThread: number; waitsForCore: number; works: number };
  readonly executors = new Map<string, ExecutorPool>();
  /** How calls with policies of their own fare, by the service that they call. */
  readonly calls = new Map<string, CallAccount>();
  /** Tasks that wait for executors' threads: nobody outside counts them. */
  readonly backlog: (() => number) | undefined;
  private callSites = 0;
  private readonly fleets = new Map<number, Fleet>();
  private readonly operations = new Map<string, Operation>();
  private readonly meters: MetersOf<typeof serviceMeters>;
  private readonly regions = new Map<number, MetersOf<typeof regionMeters>>();
  private readonly bound: { whole: Bound; regions: Map<number, Bound> };
  scaling!: Scaling;
  private readonly readySeries = new Map<number, (now: number, value: number) => void>();

  constructor(
    readonly name: string,
    readonly config: ServiceConfig,
    readonly wiring: Wiring,
  ) {
    this.agenda = wiring.agenda();
    this.whole = { component: `services.${name}` };
    this.startup = config.startup ?? lognormal(20, 0.3);
    const station = `services.${name}`;
    this.segments = {
      waitsForThread: wiring.segments.number(station, 'waits for a thread', true),
      waitsForCore: wiring.segments.number(station, 'waits for a core', true),
      works: wiring.segments.number(station, 'works'),
    };
    this.meters = wiring.meters(['services', name], serviceMeters);
    this.bound = {
      whole: wiring.meters(['services', name], boundMeters(config)) as Bound,
      regions: new Map(),
    };
    for (const [executor, each] of Object.entries(config.executors ?? {}))
      this.executors.set(executor, new ExecutorPool(this, executor, each));
    for (const { callee, hasBreaker } of guardedCalls(config))
      this.calls.set(callee, new CallAccount(this, callee, hasBreaker));
    if (this.executors.size > 0) this.backlog = () => this.queuedTasks;
    for (const [operation, steps] of Object.entries(config.operations)) {
      const { request, response } = operationOf(steps);
      this.operations.set(operation, { first: answer, request, response });
    }
  }

  /** Cores that a pool must have free for an instance. */
  get coreRequest(): number {
    return this.config.cpu?.request ?? this.config.cpu?.cores ?? 1;
  }

  connect(): void {
    const { config, name, wiring } = this;
    const network = wiring.find<Network>(networkSection);
    const placer =
      config.pool === undefined ? undefined : wiring.find<Placer>(poolsSection, config.pool.name);
    const zonesOf = (region: string) =>
      wiring.design.entry<{ zones?: number }>('regions', region)?.zones ?? 1;
    for (const { region } of placements(config, wiring.design.regions)) {
      const place = network.placeOf(region);
      this.places.push(place);
      const path = ['services', name, 'in', region];
      this.regions.set(place, wiring.meters(path, regionMeters));
      this.bound.regions.set(place, wiring.meters(path, boundMeters(config)) as Bound);
      const startup = wiring.stream(`services.${name}.in.${region}.startup`);
      const fleet = new Fleet(
        this,
        place,
        region,
        placer,
        startup,
        balancerOf(config.balancing),
        network,
        zonesOf(region),
      );
      this.fleets.set(place, fleet);
      this.readySeries.set(place, wiring.timeline.level(`services.${name}.in.${region}.instances`, 'count'));
    }
    const callsIn = (place: number) => this.regions.get(place)?.arrivals.read().num ?? 0;
    this.scaling = new Scaling(this, [...this.fleets.values()], callsIn);
    for (const [operation, config] of Object.entries(this.config.operations)) {
      const compiled = this.operations.get(operation) as Operation;
      compiled.first = wiring.steps(
        operationOf(config).steps,
        `services.${name}`,
        `services.${name}.${operation}`,
        answer,
      );
    }
  }

  start(): void {
    this.scaling.start([...this.fleets.values()]);
  }

  /** Instances die with their machines; those on a pool's nodes hear it from the pool. */
  lose(loss: Loss): void {
    this.fleets.get(loss.place)?.darkness.lose(loss);
  }

  restore(loss: Loss): void {
    const fleet = this.fleets.get(loss.place);
    fleet?.darkness.restore(loss, this.scaling.sizeAnew(fleet));
  }

  callSite(operation: string, path: string): CallSite {
    return new ServiceCallSite(
      this,
      this.wiring.find<Network>(networkSection),
      this.compiled(operation),
      path,
      operation,
    );
  }

  compiled(operation: string): Operation {
    const compiled = this.operations.get(operation);
    if (compiled === undefined) throw new Error(`${this.name} has no operation ${operation}`);
    return compiled;
  }

  /** A number for a call site with policies, by which instances find what they remember of it. */
  numberCallSite(): number {
    this.callSites += 1;
    return this.callSites - 1;
  }

  /** Instances of a region that are ready, the longest there first. */
  readyIn(place: number): readonly Instance[] {
    return this.fleets.get(place)?.serving ?? [];
  }

  choose(place: number, draw: (index: number) => number): Instance | undefined {
    return this.fleets.get(place)?.choose(draw);
  }

  makeInstance(place: number, number: number): Instance {
    return new Instance(this, place, number);
  }

  /** Of a region, or of all. */
  fleetsIn(region: string | undefined): Fleet[] {
    return [...this.fleets.values()].filter((fleet) => region === undefined || fleet.region === region);
  }

  fleetIn(region: string): Fleet {
    const fleet = [...this.fleets.values()].find((each) => each.region === region);
    if (fleet === undefined) throw new Error(`${this.name} does not stand in ${region}`);
    return fleet;
  }

  /** Core-nanoseconds that the instances of a region used in the measured window. */
  coreTicksUsed(place: number): number {
    const cores = this.config.cpu?.cores ?? 0;
    // Cores that are not whole are whole ones that run slower.
    return ((this.fleets.get(place)?.usage.coreBusy ?? 0) * cores) / Math.max(1, Math.ceil(cores));
  }

  arrived(place: number): void {
    this.meters.arrivals.count();
    this.regions.get(place)?.arrivals.count();
  }

  waited(_place: number, ticks: number): void {
    this.meters.wait.observe(ticks / 1e9);
  }

  rejected(place: number): void {
    this.meters.rejected.count();
    this.regions.get(place)?.rejected.count();
  }

  expired(): void {
    this.meters.expired.count();
  }

  answered(_instance: Instance, arrivedAt: number, failure: Failure | null): void {
    if (failure !== null) return;
    this.meters.throughput.count();
    this.meters.latency.observe((this.wiring.simulation.now - arrivedAt) / 1e9);
  }

  vitals(): Vital[] {
    const { name, wiring } = this;
    const waiting = [...this.fleets.values()].map(
      (fleet): Vital => ({
        sign: 'waiting',
        of: `services.${name}.in.${fleet.region}`,
        level: () => fleet.waiting(wiring.simulation.now),
      }),
    );
    return [...waiting, ...[...this.calls.values()].flatMap((account) => account.vitals())];
  }

  fleetChanged(fleet: Fleet): void {
    const { now } = this.wiring.simulation;
    const { length } = fleet.serving;
    this.regions.get(fleet.place)?.instances.set(now, length);
    this.readySeries.get(fleet.place)?.(now, length);
    this.residence.changed(fleet.place);
  }

  private get queuedTasks(): number {
    let sum = 0;
    for (const { waiting } of this.executors.values()) sum += waiting;
    return sum;
  }

  openWindow(now: number): void {
    for (const executor of this.executors.values()) executor.clear();
    for (const fleet of this.fleets.values()) fleet.openWindow(now);
  }

  closeWindow(now: number): void {
    const hasCores = this.config.cpu !== undefined;
    for (const [place, fleet] of this.fleets) {
      fleet.closeWindow(now);
      const { coreBusy, coreTotal, threadBusy, threadTotal } = fleet.usage;
      for (const bound of [this.bound.whole, this.bound.regions.get(place)]) {
        bound?.threadUtilization?.give(threadBusy, threadTotal);
        if (hasCores) bound?.utilization?.give(coreBusy, coreTotal);
        else bound?.utilization?.give(threadBusy, threadTotal);
      }
    }
    for (const executor of this.executors.values()) executor.tell();
  }

  occupancy(now: number): Occupancy[] {
    return [...this.fleets.values()].map((fleet) => fleet.occupancy(now));
  }

  topology(): Topology {
    const regions: Topology['regions'] = {};
    for (const fleet of this.fleets.values()) {
      const { busy, there } = fleet.usage.binding;
      regions[fleet.region] = {
        count: fleet.serving.length,
        ...(there > 0 ? { utilization: busy / there } : {}),
      };
    }
    return {
      id: `services.${this.name}`,
      kind: 'service',
      title: this.name,
      regions,
      calls: callsOf(this.config),
    };
  }
}

interface Bound {
  readonly utilization?: RatioMeter;
  readonly threadUtilization?: RatioMeter;
}

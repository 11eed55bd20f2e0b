import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import type { Router as Policy } from '../algorithms/routing/router.ts';
import { type Monitor, monitoringSection } from '../contracts/monitor.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { Callers, Destination, Entrance, Return, Router } from '../contracts/router.ts';
import type { Component } from '../kind.ts';
import type { Loss } from '../loss.ts';
import type { MetersOf } from '../meters.ts';
import type { Wiring } from '../wiring.ts';
import { Admissions } from './admissions.ts';
import { Choice } from './choice.ts';
import { dnsOf, type HealthConfig, healthOf, mayChange, type RoutingConfig } from './config.ts';
import { Dispatch } from './dispatch.ts';
import { AnycastEntrance, DirectEntrance, NamedEntrance } from './entrances.ts';
import { Evacuation, type StaleAnswers } from './evacuation.ts';
import { FailBack } from './fail-back.ts';
import { routingMeters } from './metrics.ts';
import { policyOf } from './policy.ts';
import { Recovery } from './recovery.ts';
import { type HealthListener, RegionHealth } from './region-health.ts';
import { Resolvers } from './resolvers.ts';
import { Whereabouts } from './whereabouts.ts';

/**
 * The global load balancer: sends callers to regions where the called service stands, by its policy and by what health
 * checks say. Where nothing can fail it decides request by request; else callers learn addresses as they really do.
 */
export class GlobalLoadBalancer implements Router, Component, HealthListener {
  private policy!: Policy;
  private network!: Network;
  private readonly dispatch: Dispatch;
  private readonly changes: boolean;
  private readonly meters: MetersOf<typeof routingMeters> | undefined;
  private readonly agenda: Agenda;
  private readonly destinations: Destination[] = [];
  private names = 0;
  private admissions!: Admissions;
  private regions: RegionHealth[] = [];
  private recoveries: Recovery[] = [];
  private evacuations: Evacuation[] = [];
  private failBacks: FailBack[] = [];
  private readonly named: NamedEntrance[] = [];
  /** Of the callers of each name. */
  private readonly whereabouts: Whereabouts[] = [];
  /** Admissions while nothing has failed. */
  private readonly everywhere: Float64Array;
  /** What `route` was asked about last. */
  private asked: { readonly candidates: readonly number[]; readonly choice: Choice } | undefined;

  constructor(
    private readonly config: RoutingConfig,
    private readonly wiring: Wiring,
  ) {
    const { regions } = wiring.design;
    this.dispatch = new Dispatch(wiring);
    this.changes = mayChange(config, wiring.design);
    this.agenda = wiring.agenda();
    this.everywhere = new Float64Array(regions.length).fill(1);
    if (this.changes) this.meters = wiring.meters(['routing'], routingMeters, 'counted');
  }

  connect(): void {
    const { config, wiring } = this;
    const { regions } = wiring.design;
    this.network = wiring.find<Network>(networkSection);
    this.policy = policyOf(config, this.network, regions);
    const lateness = config.policy === 'anycast' ? config.convergence : dnsOf(config).propagation;
    const memory = typeof lateness === 'number' ? lateness : (lateness?.quantile(1 - 1e-9) ?? 0);
    this.admissions = new Admissions(regions.length, toTicks(memory));
    if (!this.changes) return;
    const monitor = wiring.find<Monitor>(monitoringSection);
    this.dispatch.follow(this.admissions, monitor);
    const health = healthOf(config);
    const vantages = this.vantagesOf(health.from);
    this.regions = regions.map(
      (_region, place) =>
        new RegionHealth(place, health, vantages, this.destinations, wiring, this.network, this),
    );
    this.failBacks = regions.map(
      (_region, place) => new FailBack(place, this.whereabouts, wiring, this.agenda),
    );
    this.recoveries = regions.map(
      (_region, place) =>
        new Recovery(place, config.recovery, wiring, monitor, (share) => {
          this.admissions.set(wiring.simulation.now, place, share);
          this.failBacks[place].isGiven(share);
        }),
    );
    this.evacuations = regions.map((_region, place) => this.evacuationOf(place, health));
  }

  private evacuationOf(place: number, { decision }: HealthConfig): Evacuation {
    const { config, named, wiring } = this;
    const rule = {
      decision,
      ...(config.policy === 'anycast' && { convergence: config.convergence }),
      hasOverstayers: (dnsOf(config).overstay?.share ?? 0) > 0,
    };
    const answers: StaleAnswers = {
      keptUntil: (region) => Math.max(0, ...named.map((entrance) => entrance.keptUntil(region))),
      get newsTime() {
        return Math.max(0, ...named.map((entrance) => entrance.newsTime));
      },
    };
    const isNowhereElse = () => this.admissions.current.every((share) => share === 0);
    return new Evacuation(place, rule, wiring, answers, () => this.fell(place), isNowhereElse);
  }

  private vantagesOf(from: readonly string[] | undefined): number[] {
    const { origins, regions } = this.wiring.design;
    const names = from ?? (origins.length > 0 ? origins : regions);
    return names.map((name) => this.network.placeOf(name));
  }

  start(): void {
    for (const region of this.regions) region.start();
  }

  route(origin: number, candidates: readonly number[], uniform: number): number {
    if (this.asked?.candidates !== candidates) {
      const { regions } = this.wiring.design;
      this.asked = { candidates, choice: new Choice(this.policy, candidates, [], regions.length) };
    }
    return this.asked.choice.answer(origin, this.everywhere, 0, uniform);
  }

  entrance(destination: Destination, allowed: readonly number[], callers: Callers): Entrance {
    const { admissions, config, dispatch, network, wiring } = this;
    this.destinations.push(destination);
    const forbidden = destination.regions.filter((region) => !allowed.includes(region));
    const choice = new Choice(this.policy, allowed, forbidden, wiring.design.regions.length);
    if (!this.changes) return new DirectEntrance(dispatch, choice, this.everywhere);
    const places = network.placeNames.length;
    const whereabouts = new Whereabouts(callers, places, wiring.design.regions.length, (origin, uniform) =>
      choice.answer(origin, this.everywhere, 0, uniform),
    );
    this.whereabouts.push(whereabouts);
    if (config.policy === 'anycast') {
      const convergence = toTicks(config.convergence);
      return new AnycastEntrance(dispatch, whereabouts, choice, admissions, convergence, wiring.simulation);
    }
    const draws = wiring.draws('routing.dns');
    const dns = dnsOf(config);
    this.names += 1;
    const entrance = new NamedEntrance(
      dispatch,
      whereabouts,
      wiring.simulation,
      this.names,
      (origin, site) => new Resolvers(dns, choice, admissions, draws, origin, site),
    );
    this.named.push(entrance);
    return entrance;
  }

  isHealthy(region: number): boolean {
    return this.regions[region]?.isHealthy ?? true;
  }

  becameUnhealthy(region: number, why: string): void {
    this.note(`${this.nameOf(region)} is unhealthy: ${why}`);
    this.meters?.healthFlips.count();
    const seconds = this.evacuations[region].becameUnhealthy();
    if (seconds !== undefined) this.meters?.detectTime.observe(seconds);
  }

  becameHealthy(region: number, why: string): void {
    this.note(`${this.nameOf(region)} is healthy again: ${why}`);
    this.meters?.healthFlips.count();
    this.evacuations[region].becameHealthy();
    this.failBacks[region].rise();
    this.recoveries[region].rise();
  }

  lose({ place, zone }: Loss): void {
    if (zone === undefined) this.evacuations[place]?.regionLost();
  }

  restore({ place, zone }: Loss): void {
    if (zone === undefined) this.evacuations[place]?.regionRestored();
  }

  private fell(place: number): void {
    this.failBacks[place].fall();
    this.recoveries[place].fall();
  }

  returnsAfter(fault: string): readonly Return[] {
    return this.failBacks.flatMap((failBack) => failBack.returnsAfter(fault));
  }

  private nameOf(region: number): string {
    return this.wiring.design.regions[region];
  }

  private note(what: string): void {
    const { simulation, timeline } = this.wiring;
    timeline.note(simulation.now, 'routing', what, { sort: 'health' });
  }

  closeWindow(): void {
    this.dispatch.closeWindow(this.meters);
  }

  end(): void {
    for (const failBack of this.failBacks) failBack.close();
  }
}

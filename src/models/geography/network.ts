import { z } from 'zod';
import { nearestWord } from '../../scenario/index.ts';
import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { quantity } from '../../units/index.ts';
import { roundTripSource } from '../aws-round-trips.ts';
import type { HeldUp, HeldUpWay, Network } from '../contracts/network.ts';
import type { CostRow } from '../cost.ts';
import type { Design } from '../design.ts';
import { type Component, defineKind, type Finding } from '../kind.ts';
import { roundTrip } from '../locations.ts';
import type { Loss } from '../loss.ts';
import { definitionsOf, familyOf, type MetersOf, meterSet } from '../meters.ts';
import type { Turn } from '../milestones.ts';
import type { Wiring } from '../wiring.ts';
import { DeadHost } from './dead-host.ts';
import { Hangs } from './hangs.ts';
import { Link, type Trouble } from './link.ts';
import { linkFaults } from './link-faults.ts';
import type { RegionConfig } from './regions.ts';

const schema = z.strictObject({
  preset: z
    .enum(['aws', 'none'])
    .optional()
    .describe(
      'aws: measured round trips between AWS regions. none: no delay. Default: aws where a region has a known location.',
    ),
  jitter: quantity('ratio', {
    default: '5%',
    about: 'Mean of the exponential jitter added to each one-way delay, as a share of it.',
  }),
  sameRegion: quantity('duration', {
    default: '0.6ms',
    about: 'Round trip between two instances of one region (other zone).',
  }),
  links: z
    .array(
      z.strictObject({
        between: z.tuple([z.string(), z.string()]).describe('Two regions or origins.'),
        roundTrip: quantity('duration', { about: 'Round trip between them.' }),
      }),
    )
    .default([])
    .describe('Links whose round trip is not the preset’s.'),
});

type NetworkConfig = z.output<typeof schema>;

const linkMeters = meterSet({
  sentBytes: {
    kind: 'counter',
    unit: 'size',
    better: 'lower',
    about: 'Bytes sent from this region to other regions.',
  },
});

/** The network of places: regions first, then origins. */
export class NetworkModel implements Network, Component {
  readonly placeNames: readonly string[];
  readonly regionCount: number;
  /** Nanoseconds one way, without jitter. */
  private readonly base: Float64Array;
  private readonly places: number;
  private readonly jitter: number;
  private readonly sent: Float64Array;
  private readonly segments: [number, number, number];
  private readonly meters: MetersOf<typeof linkMeters>[];
  /** Links that were ever in trouble, by `from` × places + `to`. */
  private readonly links: (Link | undefined)[] = [];
  private troubles = 0;
  private readonly agenda: Agenda;
  private readonly losses = new Map<Loss, () => void>();
  private readonly hangs: Hangs;

  constructor(
    config: NetworkConfig,
    private readonly wiring: Wiring,
  ) {
    const { design } = wiring;
    const places = placesOf(design);
    this.placeNames = places.map(({ name }) => name);
    this.regionCount = design.regions.length;
    this.jitter = config.jitter;
    const count = places.length;
    this.places = count;
    this.base = new Float64Array(count * count);
    this.sent = new Float64Array(count * count);
    for (let from = 0; from < count; from += 1) {
      for (let to = 0; to < count; to += 1) {
        this.base[from * count + to] = toTicks(roundTripOf(config, design, places[from], places[to]) / 2);
      }
    }
    this.segments = [
      wiring.segments.number('network', 'within a region'),
      wiring.segments.number('network', 'between regions'),
      wiring.segments.number('network', 'between caller and region'),
    ];
    this.meters = design.regions.map((region) => wiring.meters(['network', 'in', region], linkMeters));
    this.agenda = wiring.agenda();
    this.hangs = new Hangs(wiring);
    wiring.cursors.network = this;
  }

  placeOf(name: string): number {
    const place = this.placeNames.indexOf(name);
    if (place < 0) throw new Error(`no place is called ${name}`);
    return place;
  }

  delay(from: number, to: number, uniform: number): number {
    if (this.isDisturbed) {
      const link = this.links[from * this.places + to];
      if (link?.isTroubled === true) return link.delay(uniform);
    }
    const base = this.base[from * this.places + to];
    if (base === 0 || this.jitter === 0) return base;
    return Math.round(base * (1 - this.jitter * Math.log(uniform)));
  }

  nominalDelay(from: number, to: number): number {
    return this.base[from * this.places + to];
  }

  get isDisturbed(): boolean {
    return this.troubles > 0;
  }

  passes(from: number, to: number): boolean {
    return this.links[from * this.places + to]?.isCut !== true;
  }

  cutBy(from: number, to: number): Turn | undefined {
    return this.links[from * this.places + to]?.cutBy;
  }

  hold(message: HeldUp, wait: number, way: HeldUpWay): void {
    this.link(way.from, way.to).hold(message, wait, way);
  }

  silence(place: number): DeadHost {
    const { agenda, hangs, wiring } = this;
    return new DeadHost(wiring.simulation, agenda, this, place, hangs, wiring.milestones.cause);
  }

  /** Something befalls links, each in the direction given. @returns what ends it */
  trouble(ways: readonly (readonly [from: number, to: number])[], trouble: Trouble): () => void {
    const links = ways.map(([from, to]) => this.link(from, to));
    this.troubles += 1;
    const { cause } = this.wiring.milestones;
    for (const link of links) link.begin(trouble, cause);
    return () => {
      this.troubles -= 1;
      for (const link of links) link.end(trouble);
    };
  }

  private link(from: number, to: number): Link {
    const at = from * this.places + to;
    const link = this.links[at];
    if (link !== undefined) return link;
    const { agenda, base, jitter, wiring } = this;
    const roundTrip = base[at] + base[to * this.places + from];
    const made = new Link(wiring.simulation, agenda, base[at], roundTrip, jitter, this.hangs);
    this.links[at] = made;
    return made;
  }

  /** Nothing gets into a lost region, out of it or about in it. */
  lose(loss: Loss): void {
    if (loss.zone !== undefined) return;
    const others = this.placeNames.map((_name, place) => place);
    const ways = others.flatMap((other): [number, number][] =>
      other === loss.place
        ? [[other, other]]
        : [
            [other, loss.place],
            [loss.place, other],
          ],
    );
    this.losses.set(loss, this.trouble(ways, { isCut: true }));
  }

  restore(loss: Loss): void {
    this.losses.get(loss)?.();
    this.losses.delete(loss);
  }

  carry(from: number, to: number, bytes: number): void {
    if (this.isDisturbed) this.links[from * this.places + to]?.carry(bytes);
    if (from === to || !this.wiring.window.open) return;
    this.sent[from * this.places + to] += bytes;
    if (from < this.regionCount && to < this.regionCount) this.meters[from].sentBytes.count(bytes);
  }

  segment(from: number, to: number): number {
    if (from === to) return this.segments[0];
    return this.segments[from < this.regionCount && to < this.regionCount ? 1 : 2];
  }

  /** The run is over: who hangs still, and who has given up. Before faults end, which tell of their phases. */
  end(): void {
    this.hangs.end();
  }

  /** What regions sent in the window: to other regions link by link, to callers by region. What callers send is free. */
  costs(): CostRow[] {
    const { design, window } = this.wiring;
    const hours = window.seconds / 3600;
    const rows: CostRow[] = [];
    design.regions.forEach((region, from) => {
      const gigabytes = (to: number) => this.sent[from * this.places + to] / 1e9 / hours;
      const row = (item: string, quantity: number): void => {
        if (quantity > 0)
          rows.push({ component: 'network', item, region, quantity, unit: 'GB', basis: 'measured' });
      };
      let toCallers = 0;
      this.placeNames.forEach((place, to) => {
        if (to >= this.regionCount) toCallers += gigabytes(to);
        else row(`cross-region transfer ${region} → ${place}`, gigabytes(to));
      });
      row('internet transfer', toCallers);
    });
    return rows;
  }
}

interface Place {
  readonly name: string;
  readonly location?: string;
  readonly isRegion: boolean;
}

const placesOf = (design: Design): Place[] => [
  ...design
    .entries<RegionConfig>('regions')
    .map(([name, { location }]) => ({ name, location, isRegion: true })),
  ...design
    .entries<{ location: string }>('origins')
    .map(([name, { location }]) => ({ name, location, isRegion: false })),
];

/** Whether delays apply at all: by the preset, or because a place says where it is. */
const hasDelays = (config: NetworkConfig, design: Design): boolean =>
  (config.preset ?? (placesOf(design).some(({ location }) => location !== undefined) ? 'aws' : 'none')) ===
  'aws';

function roundTripOf(config: NetworkConfig, design: Design, from: Place, to: Place): number {
  const link = config.links.find(
    ({ between: [a, b] }) => (a === from.name && b === to.name) || (a === to.name && b === from.name),
  );
  if (link !== undefined) return link.roundTrip;
  if (!hasDelays(config, design)) return 0;
  if (from === to || from.location === to.location) return config.sameRegion;
  return (
    (from.location !== undefined && to.location !== undefined && roundTrip(from.location, to.location)) || 0
  );
}

function check(config: NetworkConfig, design: Design): Finding[] {
  const findings: Finding[] = [];
  const names = placesOf(design).map(({ name }) => name);
  config.links.forEach(({ between }, link) => {
    between.forEach((name, end) => {
      if (names.includes(name)) return;
      const near = nearestWord(name, names);
      findings.push({
        path: ['links', link, 'between', end],
        message: `no region or origin is called "${name}"`,
        expected: names.join(', '),
        ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
      });
    });
  });
  return findings;
}

export const network = defineKind<NetworkConfig>({
  section: 'network',
  noun: 'network',
  about: 'Delays between places: half the round trip plus jitter, one way.',
  shape: 'single',
  schema,
  faults: linkFaults,
  families: [familyOf('network.in.<region>', linkMeters)],
  scopes: (_name, _config, design) =>
    design.regions.map((region) => ({ path: ['network', 'in', region], meters: definitionsOf(linkMeters) })),
  check: (_name, config, design) => check(config, design),
  assumptions: (_name, config, design) =>
    hasDelays(config, design)
      ? [
          {
            about: 'round trips between regions',
            value: 'measured matrix of 21 AWS regions',
            source: roundTripSource,
          },
          {
            about: 'round trip within a region',
            value: `${config.sameRegion * 1000} ms`,
            source: 'usual between zones of AWS: 0.5-1.0 ms (unverified, about 2024)',
          },
          {
            about: 'jitter',
            value: `exponential, mean ${config.jitter * 100}% of the one-way delay`,
            source: 'assumed',
          },
        ]
      : [],
  delays: (_name, config, design) => {
    const places = new Map(placesOf(design).map((place) => [place.name, place]));
    return (from, to) => roundTripOf(config, design, places.get(from) as Place, places.get(to) as Place) / 2;
  },
  build: (_name, config, wiring) => new NetworkModel(config, wiring),
});

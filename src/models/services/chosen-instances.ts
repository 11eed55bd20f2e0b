import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import { servicesSection } from '../contracts/service.ts';
import type { Design } from '../design.ts';
import type { FaultContext } from '../fault.ts';
import type { Finding } from '../kind.ts';
import { placements, type ServiceConfig } from './config.ts';
import type { Fleet } from './fleet.ts';
import type { Member } from './member.ts';
import type { ServiceModel } from './model.ts';

/** Options of faults that befall instances. */
export const choiceShape = {
  service: reference(servicesSection, 'Whose instances.'),
  region: reference('regions', 'Where. Default: in all its regions.').optional(),
  instance: z
    .union([z.literal('any'), quantity('count', { integer: true })])
    .default('any')
    .describe(
      'any: drawn among those that are ready. A number: that one of them, the longest there being 0.',
    ),
  count: quantity('count', { integer: true, min: 1, about: 'How many. Default: 1.' }).optional(),
  share: quantity('ratio', {
    positive: true,
    about: 'How many, as a share of those that are ready.',
  }).optional(),
};

export interface Choice {
  readonly service: Reference;
  readonly region?: Reference;
  readonly instance: 'any' | number;
  readonly count?: number;
  readonly share?: number;
}

/** What the schema cannot see of such a choice. */
export function checkChoice({ service, region, instance, count, share }: Choice, design: Design): Finding[] {
  const config = design.entry<ServiceConfig>(servicesSection, service.name);
  if (config === undefined) return [];
  const places = placements(config, design.regions);
  if (region !== undefined && !places.some((place) => place.region === region.name)) {
    return [
      {
        path: ['region'],
        message: `${service.name} does not stand in ${region.name}`,
        expected: `one of ${places.map((place) => place.region).join(', ')}`,
      },
    ];
  }
  if (count !== undefined && share !== undefined)
    return [{ path: ['share'], message: 'how many is said twice', expected: 'a count or a share' }];
  const most = places
    .filter((place) => region === undefined || place.region === region.name)
    .reduce((sum, { instances }) => sum + instances, 0);
  const mayBeMore = config.autoscale !== undefined;
  if (instance === 'any') {
    if (count === undefined || count <= most || mayBeMore) return [];
    const where = region === undefined ? '' : ` in ${region.name}`;
    return [
      {
        path: ['count'],
        message: `${service.name} has ${most} ${most === 1 ? 'instance' : 'instances'}${where}`,
        expected: `at most ${most}, or share: 100%`,
      },
    ];
  }
  const said = count !== undefined ? 'count' : share !== undefined ? 'share' : undefined;
  if (said !== undefined)
    return [{ path: [said], message: 'a numbered instance is one', expected: 'instance: any beside it' }];
  if (mayBeMore || instance < most) return [];
  return [
    {
      path: ['instance'],
      message: `there is no instance ${instance} of ${service.name}`,
      expected: `a number from 0 to ${most - 1}`,
    },
  ];
}

/** Whether a region may be left without an instance, by how many there are at the start. */
export function mayTakeAll({ service, region, count = 1, share }: Choice, design: Design): boolean {
  const config = design.entry<ServiceConfig>(servicesSection, service.name) as ServiceConfig;
  const fleets = placements(config, design.regions)
    .filter((place) => region === undefined || place.region === region.name)
    .map(({ instances }) => instances);
  const all = fleets.reduce((sum, instances) => sum + instances, 0);
  const taken = share === undefined ? count : Math.max(1, Math.round(share * all));
  return fleets.some((instances) => instances <= taken);
}

/** How many times so many instances are ready as are chosen. */
export function readyPopulation(choice: Choice, { wiring }: FaultContext): number {
  const { service, region, instance, count = 1, share } = choice;
  if (instance !== 'any') return 1;
  if (share !== undefined) return 1 / share;
  const model = wiring.find<ServiceModel>(servicesSection, service.name);
  return model.fleetsIn(region?.name).reduce((sum, fleet) => sum + fleet.readyMembers.length, 0) / count;
}

export interface Chosen {
  readonly fleet: Fleet;
  readonly member: Member;
}

/** The instances that a fault befalls now, each once: none where none is ready. */
export function chosenInstances(choice: Choice, { wiring, name }: FaultContext): Chosen[] {
  const model = wiring.find<ServiceModel>(servicesSection, choice.service.name);
  const ready = model
    .fleetsIn(choice.region?.name)
    .flatMap((fleet) => fleet.readyMembers.map((member) => ({ fleet, member })));
  const { instance, count, share } = choice;
  if (instance !== 'any') return ready.slice(instance, instance + 1);
  const wanted = share === undefined ? (count ?? 1) : Math.max(1, Math.round(share * ready.length));
  const random = wiring.stream(`faults.${name}`);
  const chosen: Chosen[] = [];
  while (chosen.length < wanted && ready.length > 0)
    chosen.push(...ready.splice(Math.floor(random() * ready.length), 1));
  return chosen;
}

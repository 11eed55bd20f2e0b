import { z } from 'zod';
import { nearestWord } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import { defineKind, type Finding } from '../kind.ts';
import { knownLocations } from '../locations.ts';
import { regionFaults } from './region-faults.ts';

/** A region of the design: where its data centres are, and how many zones it spreads over. */
export interface RegionConfig {
  readonly location?: string;
  readonly zones: number;
}

const long = z.strictObject({
  location: z
    .string()
    .optional()
    .describe('Where it is: an AWS region such as us-east-1, or any name with links of its own.'),
  zones: quantity('count', { integer: true, min: 1, default: 3, about: 'Availability zones.' }),
});

export const regions = defineKind<RegionConfig>({
  section: 'regions',
  noun: 'region',
  about:
    'Where services, stores and brokers stand. `us-east: us-east-1` is short for `us-east: { location: us-east-1 }`.',
  shape: 'named',
  schema: z.union([
    z.string().transform((location): RegionConfig => ({ location, zones: 3 })),
    long,
  ]) as z.ZodType<RegionConfig>,
  faults: regionFaults,
  families: [],
  scopes: () => [],
  check: (name, { location }, design) => checkLocation(name, location, design),
  build: () => ({}),
});

export const origins = defineKind<{ location: string }>({
  section: 'origins',
  noun: 'origin',
  about: 'Where callers are: a name and a location.',
  shape: 'named',
  waitsToBeNamed: true,
  schema: z.union([
    z.string().transform((location) => ({ location })),
    z.strictObject({ location: z.string().describe('An AWS region near the callers.') }),
  ]) as z.ZodType<{ location: string }>,
  families: [],
  scopes: () => [],
  check: (name, { location }, design) => checkLocation(name, location, design),
  build: () => ({}),
});

/** A location without measured round trips needs a link to every other place: it would be no distance away. */
function checkLocation(name: string, location: string | undefined, design: Design): Finding[] {
  const network = design.entry<{ preset?: string; links: { between: string[] }[] }>('network');
  if (location === undefined || network?.preset === 'none' || knownLocations.includes(location)) return [];
  const others = [...design.regions, ...design.origins].filter((other) => other !== name);
  const linked = (other: string) =>
    network?.links.some(({ between }) => between.includes(name) && between.includes(other));
  const missing = others.filter((other) => !linked(other));
  if (missing.length === 0) return [];
  const near = nearestWord(location, knownLocations);
  return [
    {
      path: [],
      message: `no round trips are known from "${location}"`,
      expected: 'an AWS region, or network.links from here to every other place',
      hint: near === undefined ? `not linked: ${missing.join(', ')}` : `did you mean "${near}"?`,
    },
  ];
}

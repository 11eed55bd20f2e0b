import { z } from 'zod';
import { nearestWord } from '../../scenario/index.ts';
import { toTicks } from '../../sim/clock.ts';
import { quantity } from '../../units/index.ts';
import { networkSection } from '../contracts/network.ts';
import type { Design } from '../design.ts';
import { defineFault, type FaultContext, type FaultDefinition } from '../fault.ts';
import type { Finding } from '../kind.ts';
import type { Trouble } from './link.ts';
import type { NetworkModel } from './network.ts';

interface LinkOptions {
  readonly from: string;
  readonly to: string;
  readonly direction: 'both' | 'one-way';
}

const ends = {
  from: z.string().describe('A region or origin.'),
  to: z.string().describe('A region or origin.'),
  direction: z
    .enum(['both', 'one-way'])
    .default('both')
    .describe('one-way: only what is sent from `from` to `to` is concerned.'),
};

/** A fault of one link: what it does there follows from its options. */
function linkFault<O>(
  definition: Pick<FaultDefinition, 'fault' | 'about' | 'silences' | 'failsChecks' | 'shape'> & {
    trouble(options: O): Trouble;
    sense?(options: O): Finding[];
  },
): FaultDefinition<O & LinkOptions> {
  const { fault, about, silences, failsChecks, shape, trouble, sense } = definition;
  return defineFault<O & LinkOptions>({
    fault,
    about,
    lasts: 'may',
    ...(silences === undefined ? {} : { silences }),
    ...(failsChecks === undefined ? {} : { failsChecks }),
    shape: { ...ends, ...shape },
    targets: (options) => waysOf(options).map(([from, to]) => `the link ${from} → ${to}`),
    check: (options, design) => [...checkEnds(options, design), ...(sense?.(options) ?? [])],
    begin: (options, context) => befall(waysOf(options), trouble(options), context),
  });
}

const waysOf = ({ from, to, direction }: LinkOptions): [string, string][] =>
  direction === 'both'
    ? [
        [from, to],
        [to, from],
      ]
    : [[from, to]];

function befall(ways: readonly [string, string][], trouble: Trouble, { wiring }: FaultContext): () => void {
  const network = wiring.find<NetworkModel>(networkSection);
  const places = ways.map(([from, to]) => [network.placeOf(from), network.placeOf(to)] as const);
  return network.trouble(places, trouble);
}

function checkEnds({ from, to }: LinkOptions, design: Design): Finding[] {
  const unknown = [...checkPlace(from, ['from'], design), ...checkPlace(to, ['to'], design)];
  if (unknown.length > 0 || from !== to) return unknown;
  return [{ path: ['to'], message: `${from} is no link's both ends`, expected: 'two places' }];
}

function checkPlace(name: string, path: Finding['path'], design: Design): Finding[] {
  const names = [...design.regions, ...design.origins];
  if (names.includes(name)) return [];
  const near = nearestWord(name, names);
  return [
    {
      path,
      message: `no region or origin is called "${name}"`,
      expected: names.join(', '),
      ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
    },
  ];
}

const linkDown = linkFault({
  fault: 'link-down',
  about:
    'Nothing passes a link: what is sent is repeated, as TCP does, until the link is whole again or the sender gives up.',
  silences: true,
  shape: {},
  trouble: () => ({ isCut: true }),
});

const linkSlow = linkFault<{ factor?: number; added?: number }>({
  fault: 'link-slow',
  about: 'A link takes longer: its delay is multiplied, lengthened, or both.',
  failsChecks: () => true,
  shape: {
    factor: quantity('factor', { positive: true, about: 'By what the delay is multiplied.' }).optional(),
    added: quantity('duration', { about: 'What is added to the delay of one way.' }).optional(),
  },
  trouble: ({ factor = 1, added = 0 }) => ({ factor, added: toTicks(added) }),
  sense: ({ factor, added }) =>
    factor === undefined && added === undefined
      ? [{ path: [], message: 'the link is as fast as ever', expected: 'factor, added, or both' }]
      : [],
});

const linkLoss = linkFault<{ share: number }>({
  fault: 'link-loss',
  about:
    'A link loses packets. A message is late then, not lost: TCP sends it again after the round trip and 200 ms, and waits twice as long each time.',
  silences: true,
  shape: { share: quantity('ratio', { positive: true, about: 'Share of the packets that are lost.' }) },
  trouble: ({ share }) => ({ loss: share }),
  sense: ({ share }) =>
    share >= 1
      ? [{ path: ['share'], message: 'nothing passes', expected: 'less than 100%, or fault: link-down' }]
      : [],
});

const linkClogged = linkFault<{ bandwidth: number }>({
  fault: 'link-clogged',
  about: 'A link carries no more than this in each direction concerned: what is sent waits in line.',
  silences: true,
  shape: { bandwidth: quantity('bandwidth', { positive: true, about: 'What passes.' }) },
  trouble: ({ bandwidth }) => ({ bandwidth }),
});

interface PartitionOptions {
  readonly groups: readonly (readonly string[])[];
  readonly symmetry: 'symmetric' | 'asymmetric';
}

/** Ways between places of different groups; of an asymmetric one those that leave the first group. */
const partitionedWays = ({ groups, symmetry }: PartitionOptions): [string, string][] =>
  groups.flatMap((group, at) =>
    symmetry === 'asymmetric' && at > 0
      ? []
      : groups
          .filter((other) => other !== group)
          .flatMap((other) => group.flatMap((from) => other.map((to): [string, string] => [from, to]))),
  );

const networkPartition = defineFault<PartitionOptions>({
  fault: 'network-partition',
  about:
    'Places fall apart into groups between which nothing passes. Those named in no group still reach everybody.',
  silences: true,
  shape: {
    groups: z
      .array(z.array(z.string()).min(1))
      .min(2, 'a network partition has two groups at least')
      .describe('Regions or origins: [[us-east], [eu-west, asia-pacific]].'),
    symmetry: z
      .enum(['symmetric', 'asymmetric'])
      .default('symmetric')
      .describe('asymmetric: what the first group sends is lost, what it is sent arrives.'),
  },
  lasts: 'may',
  targets: (options) => partitionedWays(options).map(([from, to]) => `the link ${from} → ${to}`),
  check: ({ groups }, design) => {
    const seen = new Set<string>();
    return groups.flatMap((group, at) =>
      group.flatMap((name, index): Finding[] => {
        const path = ['groups', at, index];
        if (seen.has(name)) return [{ path, message: `${name} is in two groups`, expected: 'one' }];
        seen.add(name);
        return checkPlace(name, path, design);
      }),
    );
  },
  begin: (options, context) => befall(partitionedWays(options), { isCut: true }, context),
});

export const linkFaults: readonly FaultDefinition[] = [
  linkDown,
  linkSlow,
  linkLoss,
  linkClogged,
  networkPartition,
];

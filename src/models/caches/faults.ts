import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import { defineFault } from '../fault.ts';
import type { Finding } from '../kind.ts';
import type { Wiring } from '../wiring.ts';
import { type CacheConfig, placements } from './config.ts';
import type { CacheModel } from './model.ts';

interface CrashOptions {
  readonly cache: Reference;
  readonly region?: Reference;
  readonly node?: number;
}

const whichNodes = {
  cache: reference('caches', 'Whose nodes.'),
  region: reference('regions', 'Where. Default: in all its regions.').optional(),
  node: quantity('count', {
    integer: true,
    about: 'Which node of a region, counted from 0. Default: all of them.',
  }).optional(),
};

/** Nodes that are meant, by region. */
const nodesOf = ({ region, node }: CrashOptions, { regions }: CacheModel) =>
  regions
    .filter(({ name }) => region === undefined || region.name === name)
    .map((each) => ({
      region: each,
      nodes: each.nodes.filter((_, number) => node === undefined || number === node),
    }));

const modelOf = ({ cache }: CrashOptions, wiring: Wiring): CacheModel => wiring.find('caches', cache.name);

export const cacheCrash = defineFault<CrashOptions>({
  fault: 'cache-crash',
  about:
    'Nodes of a cache die with what they hold, and start again empty: at once, or after `for`. Until then their machines refuse connections: a lookup there is a miss, and a write is lost.',
  shape: whichNodes,
  lasts: 'may',
  targets: ({ cache, region, node }, design) =>
    struck({ cache, region, node }, design).map((name) => `${cache.name} in ${name}`),
  check: checkCrash,
  begin: (options, { wiring, length }) => {
    const model = modelOf(options, wiring);
    const dead = nodesOf(options, model);
    const restart = () => {
      for (const each of dead) {
        for (const one of each.nodes) each.region.restart(one);
        model.tell(each.region, each.nodes.length, 'back, and empty');
      }
    };
    for (const each of dead) {
      for (const one of each.nodes) each.region.crash(one, wiring.simulation.now);
      model.tell(each.region, each.nodes.length, 'lost, with what they held');
    }
    if (length !== undefined) return restart;
    restart();
    return undefined;
  },
});

interface SlowOptions extends CrashOptions {
  readonly factor: number;
}

export const cacheSlow = defineFault<SlowOptions>({
  fault: 'cache-slow',
  about:
    'Nodes of a cache work slower, though they live: each lookup and write that begins meanwhile takes a factor more time of a thread. Who waits longer than his client does goes on as after a miss.',
  shape: {
    ...whichNodes,
    factor: quantity('factor', { min: 1, about: 'How many times longer it takes.' }),
  },
  lasts: 'may',
  check: checkCrash,
  begin: (options, { wiring }) => {
    const nodes = nodesOf(options, modelOf(options, wiring)).flatMap(({ nodes }) => nodes);
    for (const node of nodes) node.slowness *= options.factor;
    return () => {
      for (const node of nodes) node.slowness /= options.factor;
    };
  },
});

const struck = ({ cache, region }: CrashOptions, design: Design): string[] =>
  placementsOf(cache, design)
    .map((placement) => placement.region)
    .filter((name) => region === undefined || name === region.name);

const placementsOf = ({ name }: Reference, design: Design) => {
  const config = design.entry<CacheConfig>('caches', name);
  return config === undefined ? [] : placements(config, design.regions);
};

function checkCrash({ cache, region, node }: CrashOptions, design: Design): Finding[] {
  const there = placementsOf(cache, design);
  const here = there.filter((each) => region === undefined || each.region === region.name);
  if (region !== undefined && here.length === 0) {
    return [
      {
        path: ['region'],
        message: `${cache.name} does not stand in ${region.name}`,
        expected: `one of ${there.map((each) => each.region).join(', ')}`,
      },
    ];
  }
  const most = Math.max(...here.map(({ nodes }) => nodes));
  if (node === undefined || node < most) return [];
  return [
    {
      path: ['node'],
      message: `there is no node ${node} of ${cache.name}`,
      expected: `a number from 0 to ${most - 1}`,
    },
  ];
}

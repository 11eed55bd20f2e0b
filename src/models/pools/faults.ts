import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import { poolsSection } from '../contracts/placer.ts';
import type { Design } from '../design.ts';
import { defineFault, type FaultContext } from '../fault.ts';
import type { Finding } from '../kind.ts';
import { type PoolConfig, poolRegions, poolsByRegion } from './config.ts';
import type { PoolModel } from './model.ts';
import type { Node } from './node.ts';

interface NodesOptions {
  readonly pool: Reference;
  readonly region?: Reference;
}

const where = {
  pool: reference(poolsSection, 'Whose nodes.'),
  region: reference('regions', 'Where. Default: in all regions of the pool, each for itself.').optional(),
};

interface WaveOptions extends NodesOptions {
  readonly share: number;
}

export const spotWave = defineFault<WaveOptions>({
  fault: 'spot-wave',
  about:
    'The cloud wants spot nodes back, many at once: each of them gets its notice of two minutes at the same instant, as when capacity runs short.',
  shape: {
    ...where,
    share: quantity('ratio', { positive: true, about: 'How many, as a share of the spot nodes there.' }),
  },
  lasts: 'never',
  check: (options, design) => [...checkRegion(options, design), ...checkSpot(options, design)],
  begin: (options, context) => {
    for (const { nodes } of partsOf(options, context)) {
      const spot = nodes.interruptible;
      for (const node of drawn(spot, Math.round(options.share * spot.length), context)) nodes.interrupt(node);
    }
    return undefined;
  },
});

interface NodeCrashOptions extends NodesOptions {
  readonly count: number;
}

export const nodeCrash = defineFault<NodeCrashOptions>({
  fault: 'node-crash',
  about:
    'Nodes die without a word, with all that runs on them. Balancers send there until that is noticed after 40 s; 300 s later the instances are given up, and others asked for.',
  shape: {
    ...where,
    count: quantity('count', { integer: true, min: 1, default: 1, about: 'How many, in each region.' }),
  },
  lasts: 'never',
  // Of each region's nodes it strikes so many; a node dies as often wherever it stands.
  population: (options, context) => {
    const parts = partsOf(options, context);
    const living = parts.reduce((sum, { nodes }) => sum + nodes.living.length, 0);
    return living / (options.count * Math.max(1, parts.length));
  },
  silences: true,
  check: checkRegion,
  begin: (options, context) => {
    for (const { name, nodes } of partsOf(options, context)) {
      for (const node of drawn(nodes.living, options.count, context)) {
        nodes.crash(node);
        const { simulation, timeline } = context.wiring;
        timeline.note(simulation.now, `pools.${options.pool.name}`, `node ${node.number} in ${name} dies`);
      }
    }
    return undefined;
  },
});

function partsOf({ pool, region }: NodesOptions, { wiring }: FaultContext) {
  const model = wiring.find<PoolModel>(poolsSection, pool.name);
  return model.regions.filter(({ name }) => region === undefined || region.name === name);
}

/** Some of the nodes, each once. */
function drawn(nodes: readonly Node[], count: number, { wiring, name }: FaultContext): Node[] {
  const random = wiring.stream(`faults.${name}`);
  const left = [...nodes];
  const chosen: Node[] = [];
  while (chosen.length < count && left.length > 0)
    chosen.push(...left.splice(Math.floor(random() * left.length), 1));
  return chosen;
}

function checkRegion({ pool, region }: NodesOptions, design: Design): Finding[] {
  const config = design.entry<PoolConfig>(poolsSection, pool.name);
  if (config === undefined || region === undefined) return [];
  const there = poolRegions(config, design.regions);
  if (there.includes(region.name)) return [];
  return [
    {
      path: ['region'],
      message: `${pool.name} has no nodes in ${region.name}`,
      expected: `one of ${there.join(', ')}`,
    },
  ];
}

function checkSpot({ pool }: NodesOptions, design: Design): Finding[] {
  const config = design.entry<PoolConfig>(poolsSection, pool.name);
  if (config === undefined || poolsByRegion(config, design.regions).some(({ mix }) => (mix.spot ?? 0) > 0))
    return [];
  return [
    { path: ['pool'], message: `${pool.name} has no spot nodes`, expected: 'a pool with spot in its mix' },
  ];
}

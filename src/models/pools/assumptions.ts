import { formatQuantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import type { Assumption } from '../kind.ts';
import { type PoolConfig, poolIn, poolRegions } from './config.ts';
import { interruptionSource } from './interruption-rates.ts';
import { settingsOf, spotRate, startupSource } from './settings.ts';

export function poolAssumptions(name: string, config: PoolConfig, design: Design): Assumption[] {
  const { cores, room } = settingsOf(config);
  const there = poolRegions(config, design.regions).map((region) => ({ region, ...poolIn(config, region) }));
  const about = (what: string) => `pools.${name}: ${what}`;
  const assumptions: Assumption[] = [];
  if (config.startup === undefined) {
    assumptions.push({
      about: about('start of a node'),
      value: 'lognormal, mean 55 s, cv 0.1',
      source: startupSource,
    });
  }
  if (config.system === undefined) {
    assumptions.push({
      about: about('cores of a node for instances'),
      value: `${formatQuantity(room / 1000, 'cores', { digits: 4 })} of ${cores}`,
      source: 'what Amazon EKS keeps for the system (amazon-eks-ami, bootstrap.sh)',
    });
  }
  if (there.some(({ size, mix }) => size === undefined && ((mix.reserved ?? 0) > 0 || hasSpot({ mix })))) {
    assumptions.push({
      about: about('what the mix divides'),
      value: 'the nodes that the instances at the start need',
      source: 'assumed; set pools.*.size',
    });
  }
  if (config.interruptions === 'aws' && there.some(hasSpot)) {
    const rates = there.filter(hasSpot).map(({ region }) => {
      const { location } = design.entry<{ location?: string }>('regions', region) ?? {};
      return `${region} ${formatQuantity(spotRate(config, location), 'rate', { digits: 2 })}`;
    });
    assumptions.push({
      about: about('interruptions of a spot node'),
      value: rates.join(', '),
      source: interruptionSource,
    });
  }
  return assumptions;
}

const hasSpot = ({ mix }: Pick<PoolConfig, 'mix'>): boolean => (mix.spot ?? 0) > 0;

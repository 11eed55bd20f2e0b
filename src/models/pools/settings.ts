import { type Distribution, lognormal } from '../../sim/distributions/index.ts';
import { coresOfSystem } from './allocatable.ts';
import type { PoolConfig } from './config.ts';
import { interruptionRate } from './interruption-rates.ts';
import type { Mix } from './mix.ts';
import { nodeType } from './node-types.ts';

/** A notice of two minutes: spot-instance-termination-notices.md of the EC2 user guide. */
export const noticeSeconds = 120;

export const startupSource =
  'EC2 to SSH 22-26 s (brevdev/ec2-coldboot-research, January 2026); node ready under Karpenter below 60 s, 55 s quoted (secondary)';

/** All that a pool's nodes need to know, with nothing left open. */
export interface PoolSettings {
  readonly node: string;
  readonly cores: number;
  /** Thousandths of a core that instances may request of a node. */
  readonly room: number;
  readonly mix: Mix;
  readonly min: number;
  readonly max: number;
  readonly startup: Distribution;
}

/** Of a pool whose node type is known (`check` says so). */
export function settingsOf(config: PoolConfig): PoolSettings {
  const { node, mix, nodes } = config;
  const cores = coresOf(config) ?? 0;
  const system = config.system ?? coresOfSystem(cores);
  return {
    node: typeof node === 'string' ? node : node.name,
    cores,
    room: Math.floor((cores - system) * 1000 + 1e-6),
    mix: { reserved: mix.reserved ?? 0, 'on-demand': mix['on-demand'] ?? 0, spot: mix.spot ?? 0 },
    min: nodes.min,
    max: nodes.max ?? Number.POSITIVE_INFINITY,
    startup: config.startup ?? lognormal(55, 0.1),
  };
}

/** Cores of a node; undefined for a type that the catalogue does not have. */
export const coresOf = ({ node }: PoolConfig): number | undefined =>
  typeof node === 'string' ? nodeType(node)?.cores : node.cores;

/** Interruptions a second of one spot node in a location. */
export function spotRate({ interruptions }: PoolConfig, location: string | undefined): number {
  if (interruptions === 'none') return 0;
  return interruptions === 'aws' ? interruptionRate(location) : interruptions.rate;
}

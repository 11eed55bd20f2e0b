import { Reference } from '../scenario/index.ts';
import type { Design } from './design.ts';
import { kinds } from './kinds.ts';

/** The population of keys by which something is placed, and the share of all draws that its most used value has. */
export interface HottestKey {
  readonly key: string;
  readonly share: number;
}

/** Of what places by one population of keys, by its id (`databases.main`); undefined of anything else. */
export function hottestKeyOf(design: Design, id: string): HottestKey | undefined {
  const [section, name] = id.split('.');
  const names = new Set(keysIn(design.entry(section, name)));
  if (names.size !== 1) return undefined;
  const [key] = names;
  const config = design.entry('keys', key);
  const share = kinds.find((kind) => kind.section === 'keys')?.hottestShare?.(key, config, design);
  return share === undefined ? undefined : { key, share };
}

/** Names of the keys that a configuration refers to, at any depth. */
function keysIn(config: unknown): string[] {
  if (config instanceof Reference) return config.section === 'keys' ? [config.name] : [];
  if (typeof config !== 'object' || config === null) return [];
  return Object.values(config).flatMap(keysIn);
}

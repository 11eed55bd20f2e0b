import { collectReferences } from '../scenario/index.ts';
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
  const found = new Map<string, HottestKey>();
  for (const reference of collectReferences(design.entry(section, name))) {
    const share = kinds
      .find((kind) => kind.section === reference.section)
      ?.hottestShare?.(reference.name, design.entry(reference.section, reference.name), design);
    if (share !== undefined) found.set(reference.name, { key: reference.name, share });
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

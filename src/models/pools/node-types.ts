import { type InstanceType, instanceType } from '../instance-type.ts';

/** What a node has. */
export interface NodeType {
  readonly name: string;
  readonly cores: number;
  /** GiB. */
  readonly memory: number;
}

/** GiB of the size `large`, which has 2 vCPUs, by family. */
const memoryOfLarge: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['m5', 'm6i', 'm6a', 'm6g', 'm7i', 'm7a', 'm7g', 'm8g'].map((family) => [family, 8])),
  ...Object.fromEntries(['c6i', 'c7g'].map((family) => [family, 4])),
  ...Object.fromEntries(['r6g', 'r6i', 'r7g', 'r7i', 'r8g', 'i3en', 'i4i'].map((family) => [family, 16])),
  t3: 8,
  t4g: 8,
};

/** Families whose small sizes have two vCPUs all the same, of which they may use a part for long. */
const burstable = new Set(['t3', 't4g']);

/** The largest size that any family has. */
const largest = 96;

/** Families of EC2 that the catalogue has. */
export const nodeFamilies: readonly string[] = Object.keys(memoryOfLarge);

/** A node of EC2 by its name (`m6i.xlarge`); undefined where the catalogue has no such family or size. */
export function nodeType(name: string): NodeType | undefined {
  const type = instanceType(name);
  if (type === undefined || !Object.hasOwn(memoryOfLarge, type.family) || !isSold(type)) return undefined;
  const cores = burstable.has(type.family) ? Math.max(2, 2 * type.larges) : 2 * type.larges;
  return { name, cores, memory: memoryOfLarge[type.family] * type.larges };
}

const isSold = ({ family, larges }: InstanceType): boolean =>
  larges <= largest && (burstable.has(family) ? larges <= 4 : larges >= 1 / 2);

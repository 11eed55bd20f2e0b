import { type MeterDefinition, type MeterFamily, viewsOf } from '../metrics/index.ts';
import { code } from './value-text.ts';

/** The views of a meter, as they stand at the end of an id; '' where there are none. */
export const viewsText = ({ kind }: MeterDefinition): string =>
  viewsOf(kind)
    .filter(({ suffix }) => suffix !== '')
    .map(({ suffix }) => code(suffix))
    .join(' ');

/** `lower is better`; of what only informs, nothing. */
export const betterText = ({ better }: MeterDefinition): string => (better === 'neither' ? '' : better);

/** Families by what they are of, in their order: one heading, then those that only some things have. */
export function byPlace(families: readonly MeterFamily[]): [of: string, families: MeterFamily[]][] {
  const places = new Map<string, MeterFamily[]>();
  for (const family of families) places.set(family.of, [...(places.get(family.of) ?? []), family]);
  return [...places];
}

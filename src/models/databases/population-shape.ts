import type { KeyPopulation } from '../contracts/keys.ts';
import type { Design } from '../design.ts';

/** A version 4 UUID, for what looks only at the shape of a text. */
const someUuid = '00000000-0000-4000-8000-000000000000';

type KeyEntry = { readonly count: number; readonly format: string } | { readonly each: string };

/** How many values a key has and what their texts look like, before a run has made its UUIDs. */
export function populationShape(key: string, design: Design): Pick<KeyPopulation, 'count' | 'text'> {
  const entry = design.entry<KeyEntry>('keys', key);
  const count = entry !== undefined && 'count' in entry ? entry.count : Number.POSITIVE_INFINITY;
  const format = entry !== undefined && 'format' in entry ? entry.format : '{uuid}';
  return {
    count,
    text: (value) => format.replaceAll('{n}', `${value}`).replaceAll('{uuid}', uuidLike(value)),
  };
}

/** Texts at both ends of a population: whether a function takes keys of this shape at all. */
export function sampleTexts(key: string, design: Design): string[] {
  const { count, text } = populationShape(key, design);
  return [text(0), text(Math.min(count, 2 ** 53) - 1)];
}

/** As many different UUIDs as there are values; not the ones of a run. */
const uuidLike = (value: number): string => {
  const digits = value.toString(16);
  return someUuid.slice(0, -12) + digits.slice(-12).padStart(12, '0');
};

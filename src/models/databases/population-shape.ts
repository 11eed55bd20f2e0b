import type { KeyPopulation } from '../contracts/keys.ts';
import type { Design } from '../design.ts';

type KeyEntry = { readonly count: number; readonly format: string } | { readonly each: string };

/** What of a population follows from the scenario alone: a run's UUIDs are not known yet. */
export interface PopulationShape extends Pick<KeyPopulation, 'count' | 'text'> {
  /** Whether the texts are the ones that a run will have. */
  readonly isExact: boolean;
}

/** How many values a key has and what their texts look like; UUIDs are spread as evenly as random ones are on the mean. */
export function populationShape(key: string, design: Design): PopulationShape {
  const entry = design.entry<KeyEntry>('keys', key);
  const count = entry !== undefined && 'count' in entry ? entry.count : Number.POSITIVE_INFINITY;
  const format = entry !== undefined && 'format' in entry ? entry.format : '{uuid}';
  const all = Math.min(count, 2 ** 53);
  return {
    count,
    isExact: !format.includes('{uuid}'),
    text: (value) => format.replaceAll('{n}', `${value}`).replaceAll('{uuid}', uuidAt(value, all)),
  };
}

/** The version 4 UUID that stands where the value number `value` of `count` evenly spread ones would. */
function uuidAt(value: number, count: number): string {
  const digits = (number: number, width: number) => number.toString(16).slice(-width).padStart(width, '0');
  const place = Math.floor((value / count) * 2 ** 32);
  return `${digits(place, 8)}-0000-4000-8000-${digits(value, 12)}`;
}

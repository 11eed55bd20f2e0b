import type { Design } from '../../models/design.ts';
import { listed, nearestWord } from '../../scenario/index.ts';

/** What is lost: a region, or one of its availability zones (from 1). */
export interface LostPlace {
  readonly region: string;
  readonly zone?: number;
}

/** `us-east`, `us-east.2`. */
export const placeName = ({ region, zone }: LostPlace): string =>
  zone === undefined ? region : `${region}.${zone}`;

/** The name of the fault that loses it, as in its metrics: `lose-us-east`, `lose-us-east-2`. */
export const faultName = (place: LostPlace): string => `lose-${placeName(place).replace('.', '-')}`;

/** How many zones a region has. */
const zonesOf = (region: string, design: Design): number =>
  design.entry<{ zones: number }>('regions', region)?.zones ?? 1;

const eachRegion = 'each-region';
const eachZone = 'each-zone';

/**
 * The places that words name, each once: `us-east`, `us-east.2` or `us-east.b`, `each-region`, `each-zone`.
 * @returns the places, or a line that says what is wrong with a word
 */
export function lostPlaces(
  words: readonly string[],
  design: Design,
): { places: LostPlace[] } | { problem: string } {
  const places = new Map<string, LostPlace>();
  for (const word of words) {
    const found = placesOf(word, design);
    if ('problem' in found) return found;
    for (const place of found.places) places.set(placeName(place), place);
  }
  return { places: [...places.values()] };
}

function placesOf(word: string, design: Design): { places: LostPlace[] } | { problem: string } {
  const { regions } = design;
  if (word === eachRegion) return { places: regions.map((region) => ({ region })) };
  if (word === eachZone) {
    return {
      places: regions.flatMap((region) =>
        Array.from({ length: zonesOf(region, design) }, (_, zone) => ({ region, zone: zone + 1 })),
      ),
    };
  }
  const [region, zone, ...rest] = word.split('.');
  if (!regions.includes(region) || rest.length > 0) return { problem: unknown(word, regions) };
  if (zone === undefined) return { places: [{ region }] };
  const number = zoneNumber(zone);
  const zones = zonesOf(region, design);
  return number >= 1 && number <= zones
    ? { places: [{ region, zone: number }] }
    : { problem: `${region} has no zone ${zone}; expected ${region}.1 to ${region}.${zones}` };
}

function unknown(word: string, regions: readonly string[]): string {
  const words = [...regions, eachRegion, eachZone];
  const near = nearestWord(word, words);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  return `no region is called ${word || 'nothing'}; expected ${listed(words)}${hint}`;
}

/** `b` is the second zone, as clouds call theirs, and so is `2`; NaN for what is neither. */
const zoneNumber = (zone: string): number =>
  /^[a-z]$/.test(zone)
    ? zone.charCodeAt(0) - 'a'.charCodeAt(0) + 1
    : /^\d+$/.test(zone)
      ? Number(zone)
      : Number.NaN;

import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { Cell } from '../sample.ts';
import { emptyFile, Mistakes, noTimes, notANumber, noUnit, unknownColumn, whichColumn } from './problems.ts';
import type { Format } from './reading.ts';
import { unitOf } from './unit.ts';

/** An interval log of HdrHistogram (V2): a line an interval, the histogram compressed in its last field. */
export const hdr: Format = {
  name: 'hdr',
  about: 'a log of HdrHistogram (text, V2)',
  recognises: (text) =>
    /^#\[Histogram log format|^"StartTimestamp"|,HIST[A-Za-z0-9+/]{8}/m.test(text.slice(0, 100_000)),
  read(file, text, options) {
    const mistakes = new Mistakes(file);
    if (options.arrivals) mistakes.add(1, 1, 1, noTimes('a log of histograms'));
    const intervals = intervalsOf(text, mistakes);
    const tags = [...new Set(intervals.map(({ tag }) => tag))];
    if (mistakes.isEmpty && intervals.length === 0) mistakes.add(1, 1, 1, emptyFile());
    const tag = options.tag ?? (tags.length === 1 ? tags[0] : undefined);
    const shown = tags.map((each) => each || 'none');
    if (mistakes.isEmpty && tag === undefined) mistakes.add(1, 1, 1, whichColumn(shown, '--tag', 'tags'));
    const chosen = intervals.filter((interval) => interval.tag === (tag === 'none' ? '' : tag));
    if (mistakes.isEmpty && chosen.length === 0)
      mistakes.add(1, 1, 1, unknownColumn(tag ?? '', shown, 'tag'));
    const unit = options.unit === undefined ? undefined : unitOf(options.unit);
    if (mistakes.isEmpty && unit === undefined)
      mistakes.add(1, 1, 1, noUnit('values of an HdrHistogram log'));
    if (!mistakes.isEmpty || unit === undefined) return mistakes.all();
    const cells = new Map<number, Cell>();
    for (const { histogram } of chosen) addTo(cells, histogram, unit.scale);
    const observations = [...cells.values()].reduce((sum, { count }) => sum + count, 0);
    if (observations === 0) {
      mistakes.add(1, 1, 1, emptyFile());
      return mistakes.all();
    }
    return {
      source: {
        file,
        format: 'hdr',
        of: tag ? `tag ${tag}` : `${chosen.length} intervals`,
        observations,
        leftOut: [],
      },
      dimension: unit.dimension,
      cells: [...cells.values()],
      warnings: [],
    };
  },
};

interface Interval {
  readonly tag: string;
  readonly histogram: Histogram;
}

function intervalsOf(text: string, mistakes: Mistakes): Interval[] {
  return text.split(/\r?\n/).flatMap((row, at): Interval[] => {
    if (row.trim() === '' || row.startsWith('#') || row.startsWith('"')) return [];
    const [, tag = '', encoded] = /^(?:Tag=([^,]*),)?[\d.]+,[\d.]+,[\d.]+,(\S+)\s*$/.exec(row) ?? [];
    const histogram = encoded === undefined ? undefined : decoded(encoded);
    if (histogram !== undefined) return [{ tag, histogram }];
    mistakes.add(
      at + 1,
      1,
      row.length,
      notANumber(row.slice(0, 40), 'start,length,max,histogram of a whole V2 log'),
    );
    return [];
  });
}

function decoded(encoded: string): Histogram | undefined {
  try {
    return decodeFromCompressedBase64(encoded, 64);
  } catch {
    return undefined;
  }
}

/** What a histogram counts as equal lies in one cell. Whole units: a value v is what was in [v, v + 1). */
function addTo(cells: Map<number, Cell>, histogram: Histogram, scale: number): void {
  const all = histogram as Histogram & Ranges;
  all.recordedValuesIterator.reset();
  while (all.recordedValuesIterator.hasNext()) {
    const { countAtValueIteratedTo, valueIteratedTo } = all.recordedValuesIterator.next();
    const low = all.lowestEquivalentValue(valueIteratedTo) * scale;
    const high = all.nextNonEquivalentValue(valueIteratedTo) * scale;
    const known = cells.get(low);
    // Histograms of one log may differ in precision: the wider cell holds both.
    cells.set(low, {
      low,
      high: Math.max(high, known?.high ?? 0),
      count: (known?.count ?? 0) + countAtValueIteratedTo,
    });
  }
}

/** What the library's own histograms have and its interface leaves out. */
interface Ranges {
  readonly recordedValuesIterator: {
    reset(): void;
    hasNext(): boolean;
    next(): { readonly countAtValueIteratedTo: number; readonly valueIteratedTo: number };
  };
  lowestEquivalentValue(value: number): number;
  nextNonEquivalentValue(value: number): number;
}

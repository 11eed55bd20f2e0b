import type { Arrivals } from './dispersion-of-counts.ts';
import type { Reading } from './read/reading.ts';
import { type Cell, type Sample, sampleOfCells, sampleOfValues } from './sample.ts';

/**
 * The observations of several files as one sample.
 * @returns what keeps them apart, as a text, where they do not go together
 */
export function pooledSample(readings: readonly Reading[]): Sample | string {
  const [first] = readings;
  const other = readings.find(({ dimension }) => dimension !== first.dimension);
  if (other !== undefined)
    return `${first.source.file} holds a ${first.dimension} and ${other.source.file} a ${other.dimension}`;
  const valued = readings.flatMap(({ values }) => values ?? []);
  if (valued.length === readings.length) {
    const all = new Float64Array(valued.reduce((sum, { values }) => sum + values.length, 0));
    let at = 0;
    for (const { values } of valued) {
      all.set(values, at);
      at += values.length;
    }
    return sampleOfValues(all, Math.max(...valued.map(({ step }) => step)));
  }
  if (valued.length > 0) return 'values and histograms do not go together: calibrate one of them';
  return pooledCells(readings.map(({ cells = [] }) => cells));
}

function pooledCells(parts: readonly (readonly Cell[])[]): Sample | string {
  const cells = new Map<string, Cell>();
  for (const { low, high, count } of parts.flat()) {
    const id = `${low} ${high}`;
    cells.set(id, { low, high, count: count + (cells.get(id)?.count ?? 0) });
  }
  const sample = sampleOfCells([...cells.values()]);
  const overlaps = sample.cells.some(({ low }, at) => at > 0 && low < sample.cells[at - 1].high * (1 - 1e-9));
  return overlaps ? 'the files have histograms of different bounds: calibrate one of them' : sample;
}

/** The arrivals of several files in order of time. */
export function pooledArrivals(readings: readonly Reading[]): Arrivals {
  const all = readings.flatMap(({ times }) =>
    (times?.instants ?? []).map((instant, at) => ({ instant, weight: times?.weights?.[at] ?? 1 })),
  );
  const came = all.filter(({ weight }) => weight > 0).sort((a, b) => a.instant - b.instant);
  return { instants: came.map(({ instant }) => instant), weights: came.map(({ weight }) => weight) };
}
